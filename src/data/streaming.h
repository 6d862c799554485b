/* Data that is read from its file anew in each pass: what is mapped and takes SMI_STREAMED_BYTES or
 * more. Whether it is depends on the data alone, not on the machine, for the order of shuffled rows
 * does. */
#ifndef SMI_DATA_STREAMING_H
#define SMI_DATA_STREAMING_H

#include "data/dataset.h"

static const uint64_t SMI_STREAMED_BYTES = (uint64_t)1 << 30;

/* Rows that lie together in about 1 MiB, which is read in one go; 0: the data is not streamed. */
size_t smi_streaming_block_rows(const sm_dataset *dataset);

/* A pass over rows in order has come to rows first … first + count − 1: asks for those that follow,
 * and lets those before go. For data that is not streamed, or a part of it in another order, it
 * does nothing. */
void smi_streaming_pass_on(const sm_dataset *dataset, size_t first, size_t count);

static inline void smi_streaming_pass(const sm_dataset *const dataset, const size_t first,
                                      const size_t count)
{
    if (dataset->streamed) {
        smi_streaming_pass_on(dataset, first, count);
    }
}

/* Rows first … first + count − 1 are needed soon, or not soon. */
void smi_streaming_will_need(const sm_dataset *dataset, size_t first, size_t count);
void smi_streaming_let_go(const sm_dataset *dataset, size_t first, size_t count);

#endif
