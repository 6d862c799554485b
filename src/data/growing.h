/* An array that grows, without ever being copied while it does: it lies in blocks until its length
 * is known. Joining them frees each block as soon as it is copied, so that hardly more memory is in
 * use at once than the array's own. Where the length is foreseen, there is one block, and joining
 * copies nothing. */
#ifndef SMI_DATA_GROWING_H
#define SMI_DATA_GROWING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct smi_growing_block smi_growing_block;

/* Begins as {.element_size = …}. */
typedef struct smi_growing {
    size_t element_size;
    size_t count; /* elements in all */
    smi_growing_block *first;
    smi_growing_block *last;
} smi_growing;

/* As an array without elements is to get about so many, it gets one block for them. What of it is
 * never filled takes no memory. False, and the array as it was, where the system does not give so
 * much, which is no reason to stop. */
bool smi_growing_expect(smi_growing *growing, size_t count);

/* Room for `count` more elements in one piece, valid until the next call; NULL when there is not
 * the memory. */
void *smi_growing_room(smi_growing *growing, size_t count);

/* The first `count` elements of that room now belong to the array. */
void smi_growing_add(smi_growing *growing, size_t count);

/* Has the system hand out the memory of the next `count` elements, as far as they have room, which
 * else it does when they are added. Nothing may be added meanwhile. */
void smi_growing_prepare(const smi_growing *growing, size_t count);

/* Adds a copy of so many elements; false when there is not the memory. */
bool smi_growing_append(smi_growing *growing, const void *elements, size_t count);

/* The whole array, to be freed by smi_free(), and nothing left in `growing`; NULL, and `growing` as
 * it was, when there is not the memory. */
void *smi_growing_join(smi_growing *growing);

/* The first of the blocks, and how many elements it has; NULL: there is none left. For who joins
 * them in another way. What was added at once lies in one block. */
const void *smi_growing_first(const smi_growing *growing, size_t *count);
void smi_growing_drop_first(smi_growing *growing); /* frees it */

void smi_growing_free(smi_growing *growing);

#endif
