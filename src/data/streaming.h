/* Data that is read from its file anew in each pass: what is mapped and takes SMI_STREAMED_BYTES or
 * more. Whether it is depends on the data alone, not on the machine, for the order of shuffled rows
 * does. */
#ifndef SMI_DATA_STREAMING_H
#define SMI_DATA_STREAMING_H

#include "data/dataset.h"

static const uint64_t SMI_STREAMED_BYTES = (uint64_t)1 << 30;

/* Rows that lie together in about 1 MiB, which is read in one go; 0: the data is not streamed. */
size_t smi_streaming_block_rows(const sm_dataset *dataset);

/* Rows begin … end − 1, one or more. */
typedef struct smi_row_range {
    size_t begin;
    size_t end;
} smi_row_range;

/* A pass over a part of the rows in order, all that one thread goes over in one go, has come to
 * rows first … first + count − 1: fetches those and some that follow in the part, and lets those
 * before go. For data that is not streamed, or is in another order, it does nothing. */
void smi_streaming_pass_on(const sm_dataset *dataset, smi_row_range part, size_t first,
                           size_t count);

static inline void smi_streaming_pass_part(const sm_dataset *const dataset,
                                           const smi_row_range part, const size_t first,
                                           const size_t count)
{
    if (dataset->streamed) {
        smi_streaming_pass_on(dataset, part, first, count);
    }
}

/* The same where the part is all rows. */
static inline void smi_streaming_pass(const sm_dataset *const dataset, const size_t first,
                                      const size_t count)
{
    smi_streaming_pass_part(dataset, (smi_row_range){0, dataset->rows}, first, count);
}

/* Rows first … first + count − 1 are needed soon, or not soon. */
void smi_streaming_will_need(const sm_dataset *dataset, size_t first, size_t count);
void smi_streaming_let_go(const sm_dataset *dataset, size_t first, size_t count);

/* The pass over a part is over. */
static inline void smi_streaming_end_part(const sm_dataset *const dataset, const smi_row_range part)
{
    if (dataset->streamed) {
        smi_streaming_let_go(dataset, part.begin, part.end - part.begin);
    }
}

/* Fails when a file that rows lie in has been changed since it was opened: what was made of them is
 * then of no use. */
sm_status smi_streaming_check_unchanged(const sm_dataset *dataset);

#endif
