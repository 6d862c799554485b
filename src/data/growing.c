#include "data/growing.h"

#include <string.h>

#include "base/memory.h"
#include "sys/large_pages.h"

struct smi_growing_block {
    smi_growing_block *next;
    char *elements;
    size_t capacity; /* bytes */
    size_t filled;   /* likewise */
};

/* Each block is twice as large as the one before, up to a size from which on the C library gives
 * freed blocks back to the system at once. What of a block is not filled is never touched. */
static const size_t least_block = (size_t)64 << 10;
static const size_t most_block = (size_t)32 << 20;

static smi_growing_block *add_block(smi_growing *const growing, const size_t capacity)
{
    smi_growing_block *const block = smi_array(1, sizeof *block);
    char *const elements = smi_large_bytes(capacity);
    if (block == NULL || elements == NULL) {
        smi_free(block);
        smi_free(elements);
        return NULL;
    }
    *block = (smi_growing_block){.elements = elements, .capacity = capacity};
    if (growing->last == NULL) {
        growing->first = block;
    } else {
        growing->last->next = block;
    }
    growing->last = block;
    return block;
}

/* That of a block for so many bytes and some that may follow. */
static size_t next_capacity(const smi_growing *const growing, const size_t bytes)
{
    const size_t last = growing->last == NULL ? least_block / 2 : growing->last->capacity;
    return smi_max_size(bytes, smi_min_size(last, most_block / 2) * 2);
}

bool smi_growing_expect(smi_growing *const growing, const size_t count)
{
    size_t bytes = 0;
    return growing->first == NULL && smi_multiply_size(count, growing->element_size, &bytes) &&
           add_block(growing, next_capacity(growing, bytes)) != NULL;
}

void *smi_growing_room(smi_growing *const growing, const size_t count)
{
    size_t bytes = 0;
    if (!smi_multiply_size(count, growing->element_size, &bytes)) {
        return NULL;
    }
    smi_growing_block *block = growing->last;
    if (block == NULL || block->capacity - block->filled < bytes) {
        block = add_block(growing, next_capacity(growing, bytes));
    }
    return block == NULL ? NULL : block->elements + block->filled;
}

void smi_growing_add(smi_growing *const growing, const size_t count)
{
    if (count > 0) {
        growing->last->filled += count * growing->element_size;
        growing->count += count;
    }
}

void smi_growing_prepare(const smi_growing *const growing, const size_t count)
{
    enum { LEAST_PAGE = 4096 };
    const smi_growing_block *const block = growing->last;
    size_t bytes = 0;
    if (block == NULL || !smi_multiply_size(count, growing->element_size, &bytes)) {
        return;
    }
    const size_t end = block->filled + smi_min_size(bytes, block->capacity - block->filled);
    for (size_t at = block->filled; at < end; at += LEAST_PAGE) {
        block->elements[at] = 0;
    }
}

bool smi_growing_append(smi_growing *const growing, const void *const elements, const size_t count)
{
    void *const room = smi_growing_room(growing, count);
    if (room == NULL) {
        return false;
    }
    memcpy(room, elements, count * growing->element_size);
    smi_growing_add(growing, count);
    return true;
}

const void *smi_growing_first(const smi_growing *const growing, size_t *const count)
{
    const smi_growing_block *const block = growing->first;
    *count = block == NULL ? 0 : block->filled / growing->element_size;
    return block == NULL ? NULL : block->elements;
}

void smi_growing_drop_first(smi_growing *const growing)
{
    smi_growing_block *const block = growing->first;
    growing->count -= block->filled / growing->element_size;
    growing->first = block->next;
    growing->last = block->next == NULL ? NULL : growing->last;
    smi_free(block->elements);
    smi_free(block);
}

/* Whether all there is lies in one block. Small ones are copied, to give back what is left of them.
 */
static bool is_one_block(const smi_growing *const growing)
{
    const smi_growing_block *const block = growing->first;
    return block != NULL && block->next == NULL && block->capacity > least_block;
}

/* The elements of the first block, which is no more. */
static void *take_first(smi_growing *const growing)
{
    void *const elements = growing->first->elements;
    growing->first->elements = NULL;
    smi_growing_free(growing);
    return elements;
}

/* Copies what is in the block; returns where the copy ends. A large block takes less memory with
 * each part that is copied. */
static char *move_block(const smi_growing_block *const block, char *to)
{
    for (size_t done = 0; done < block->filled;) {
        const size_t some = smi_min_size(block->filled - done, most_block);
        memcpy(to, block->elements + done, some);
        smi_give_back(block->elements + done, some);
        done += some;
        to += some;
    }
    return to;
}

void *smi_growing_join(smi_growing *const growing)
{
    if (is_one_block(growing)) {
        return take_first(growing);
    }
    char *const joined = smi_large_bytes(growing->count * growing->element_size);
    if (joined == NULL) {
        return NULL;
    }
    char *to = joined;
    while (growing->first != NULL) {
        to = move_block(growing->first, to);
        smi_growing_drop_first(growing);
    }
    *growing = (smi_growing){.element_size = growing->element_size};
    return joined;
}

void smi_growing_free(smi_growing *const growing)
{
    while (growing->first != NULL) {
        smi_growing_drop_first(growing);
    }
    *growing = (smi_growing){.element_size = growing->element_size};
}
