/* The values that cut a column of numbers into buckets with about as many rows in each. */
#ifndef SMI_DATA_TABLE_QUANTILES_H
#define SMI_DATA_TABLE_QUANTILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The numbers seen so far. While they are at most `limit`, all of them are kept; beyond that every
 * second one, fourth, … from the first on, in the order in which they were added. */
typedef struct smi_quantiles {
    size_t limit; /* 2 or more, even */
    float *values;
    size_t count;
    size_t capacity;
    uint64_t seen;
    uint64_t stride; /* one out of so many is kept */
} smi_quantiles;

/* None yet, and a limit of 64 Mi: 256 MiB. */
static inline smi_quantiles smi_quantiles_none(void)
{
    return (smi_quantiles){.limit = (size_t)1 << 26, .stride = 1};
}

/* values: finite. False when there is not the memory. */
bool smi_quantiles_add(smi_quantiles *quantiles, const float *values, size_t count);

/* Adds those of a later piece, all of which are kept, and empties it. False when there is not the
 * memory. */
bool smi_quantiles_merge(smi_quantiles *quantiles, smi_quantiles *piece);

/* Writes the values that cut those added into `buckets` ≥ 2 parts of the same size, as NumPy's
 * quantile() interpolates them, without those that come twice or cut nothing off; returns how many
 * there are, at most buckets − 1. boundaries: buckets − 1, ascending. Sorts what has been kept. */
size_t smi_quantiles_boundaries(smi_quantiles *quantiles, size_t buckets, float *boundaries);

/* The bucket of a value: the number of boundaries that are not above it. */
size_t smi_bucket(const float *boundaries, size_t count, float value);

void smi_quantiles_free(smi_quantiles *quantiles);

#endif
