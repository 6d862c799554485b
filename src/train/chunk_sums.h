/* Sums over rows that do not depend on who adds them up: each chunk of rows sums into memory of its
 * own, in float for a while, then in double, and the chunks are added in a fixed tree. */
#ifndef SMI_TRAIN_CHUNK_SUMS_H
#define SMI_TRAIN_CHUNK_SUMS_H

#include <softmax.h>

#include "sys/pool.h"

typedef struct smi_chunk_sums smi_chunk_sums;

/* Sums of `length` floats in up to most_chunks chunks. flushes: whether chunks will be flushed
 * before they end. */
sm_status smi_chunk_sums_create(size_t length, size_t most_chunks, bool flushes,
                                smi_chunk_sums **sums);
void smi_chunk_sums_free(smi_chunk_sums *sums); /* NULL is accepted */

/* Sets the chunk's sum to 0, and gives the floats to add to, `length` of them. */
float *smi_chunk_sums_start(smi_chunk_sums *sums, size_t chunk);

/* The floats that the chunk's sum is in, unless it was flushed. */
float *smi_chunk_sums_floats(const smi_chunk_sums *sums, size_t chunk);

/* Moves what the floats have come to into the chunk's sum in double, and sets them to 0. */
void smi_chunk_sums_flush(smi_chunk_sums *sums, size_t chunk);

/* Adds up the first chunk_count chunks, a power of two, on the pool. */
void smi_chunk_sums_add_up(smi_chunk_sums *sums, size_t chunk_count, smi_pool *pool);

/* What they came to: `length` entries. */
const double *smi_chunk_sums_total(const smi_chunk_sums *sums);

#endif
