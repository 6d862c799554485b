#include "train/chunk_sums.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/large_pages.h"

enum {
    PIECE = 256, /* entries added up at a time, on the stack */
    SLICE = 2048 /* entries that one task adds up */
};

typedef struct chunk_sum {
    float *recent;   /* since the last flush */
    double *flushed; /* before; NULL: there are no flushes */
} chunk_sum;

struct smi_chunk_sums {
    size_t length;
    size_t most_chunks;
    chunk_sum *chunks;
    double *total;
    size_t chunk_count; /* that are being added up */
};

sm_status smi_chunk_sums_create(const size_t length, const size_t most_chunks, const bool flushes,
                                smi_chunk_sums **const sums)
{
    smi_chunk_sums *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    created->length = length;
    created->most_chunks = most_chunks;
    created->chunks = smi_array(most_chunks, sizeof *created->chunks);
    created->total = smi_large_array(length, sizeof *created->total);
    bool complete = created->chunks != NULL && created->total != NULL;
    for (size_t c = 0; complete && c < most_chunks; c++) {
        chunk_sum *const chunk = &created->chunks[c];
        chunk->recent = smi_large_array(length, sizeof *chunk->recent);
        chunk->flushed = flushes ? smi_large_array(length, sizeof *chunk->flushed) : NULL;
        complete = chunk->recent != NULL && (chunk->flushed != NULL || !flushes);
    }
    if (!complete) {
        smi_chunk_sums_free(created);
        return smi_fail_memory("training");
    }
    *sums = created;
    return SM_OK;
}

void smi_chunk_sums_free(smi_chunk_sums *const sums)
{
    if (sums == NULL) {
        return;
    }
    for (size_t c = 0; sums->chunks != NULL && c < sums->most_chunks; c++) {
        smi_free(sums->chunks[c].recent);
        smi_free(sums->chunks[c].flushed);
    }
    smi_free(sums->chunks);
    smi_free(sums->total);
    smi_free(sums);
}

float *smi_chunk_sums_start(smi_chunk_sums *const sums, const size_t chunk)
{
    const chunk_sum *const sum = &sums->chunks[chunk];
    memset(sum->recent, 0, sums->length * sizeof *sum->recent);
    if (sum->flushed != NULL) {
        memset(sum->flushed, 0, sums->length * sizeof *sum->flushed);
    }
    return sum->recent;
}

float *smi_chunk_sums_floats(const smi_chunk_sums *const sums, const size_t chunk)
{
    return sums->chunks[chunk].recent;
}

void smi_chunk_sums_flush(smi_chunk_sums *const sums, const size_t chunk)
{
    const chunk_sum *const sum = &sums->chunks[chunk];
    for (size_t i = 0; i < sums->length; i++) {
        sum->flushed[i] += (double)sum->recent[i];
        sum->recent[i] = 0.0F;
    }
}

/* One chunk's entries from `begin` on. */
static void read_chunk(const chunk_sum *const chunk, const size_t begin, const size_t count,
                       double *const result)
{
    for (size_t i = 0; i < count; i++) {
        result[i] = (double)chunk->recent[begin + i];
    }
    for (size_t i = 0; chunk->flushed != NULL && i < count; i++) {
        result[i] += chunk->flushed[begin + i];
    }
}

/* The tree: the sum of one half of the chunks and that of the other. */
static void add_tree(const chunk_sum *const chunks, const size_t chunk_count, const size_t begin,
                     const size_t count, double *const result)
{
    if (chunk_count == 1) {
        read_chunk(chunks, begin, count, result);
        return;
    }
    double right[PIECE];
    add_tree(chunks, chunk_count / 2, begin, count, result);
    add_tree(chunks + chunk_count / 2, chunk_count / 2, begin, count, right);
    for (size_t i = 0; i < count; i++) {
        result[i] += right[i];
    }
}

static void add_slice(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const smi_chunk_sums *const sums = context;
    const size_t end = smi_min_size((task + 1) * SLICE, sums->length);
    for (size_t i = task * SLICE; i < end; i += PIECE) {
        add_tree(sums->chunks, sums->chunk_count, i, smi_min_size(PIECE, end - i), sums->total + i);
    }
}

void smi_chunk_sums_add_up(smi_chunk_sums *const sums, const size_t chunk_count,
                           smi_pool *const pool)
{
    sums->chunk_count = chunk_count;
    smi_pool_run(pool, (sums->length + SLICE - 1) / SLICE, add_slice, sums);
}

const double *smi_chunk_sums_total(const smi_chunk_sums *const sums)
{
    return sums->total;
}
