/* support/guarded.h where no page of memory can be made unreadable: patterns on both sides show
 * what is written there, and of what is read there nothing. Built natively the same kernels meet
 * pages that show both. */
#include "support/guarded.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

enum { PATTERN = 0xa5, PATTERN_BYTES = 512, ALIGNMENT = 4096 };

guarded guarded_make(const size_t capacity)
{
    const size_t whole = (capacity / ALIGNMENT + 1) * ALIGNMENT;
    uint8_t *const memory = aligned_alloc(ALIGNMENT, whole + ALIGNMENT);
    assert_non_null(memory);
    memset(memory, PATTERN, whole + ALIGNMENT);
    return (guarded){.memory = memory, .capacity = whole};
}

void guarded_free(guarded *const block)
{
    free(block->memory);
    *block = (guarded){0};
}

static size_t pattern_begin(const guarded *const block, const size_t size)
{
    const size_t before = block->capacity - size;
    return before > PATTERN_BYTES ? before - PATTERN_BYTES : 0;
}

void *guarded_last(const guarded *const block, const size_t size)
{
    assert_true(size <= block->capacity);
    const size_t begin = pattern_begin(block, size);
    memset(block->memory + begin, PATTERN, block->capacity - size - begin);
    return block->memory + block->capacity - size;
}

bool guarded_intact(const guarded *const block, const size_t size)
{
    bool intact = true;
    for (size_t i = pattern_begin(block, size); i < block->capacity - size; i++) {
        intact = intact && block->memory[i] == PATTERN;
    }
    for (size_t i = block->capacity; i < block->capacity + PATTERN_BYTES; i++) {
        intact = intact && block->memory[i] == PATTERN;
    }
    return intact;
}
