#include "data/table/quantiles.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 4096 };

/* Drops every second value of those kept. */
static void thin_out(smi_quantiles *const quantiles)
{
    for (size_t i = 0; 2 * i < quantiles->count; i++) {
        quantiles->values[i] = quantiles->values[2 * i];
    }
    quantiles->count = (quantiles->count + 1) / 2;
    quantiles->stride *= 2;
}

static bool make_room(smi_quantiles *const quantiles)
{
    if (quantiles->count < quantiles->capacity) {
        return true;
    }
    if (quantiles->count == quantiles->limit) {
        thin_out(quantiles);
        return true;
    }
    const size_t capacity =
        smi_min_size(quantiles->limit, smi_max_size(FIRST_CAPACITY, 2 * quantiles->capacity));
    float *const values = smi_bytes(capacity * sizeof *values);
    if (values == NULL) {
        return false;
    }
    if (quantiles->count > 0) {
        memcpy(values, quantiles->values, quantiles->count * sizeof *values);
    }
    smi_free(quantiles->values);
    quantiles->values = values;
    quantiles->capacity = capacity;
    return true;
}

bool smi_quantiles_add(smi_quantiles *const quantiles, const float *const values,
                       const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (quantiles->seen % quantiles->stride == 0) {
            if (!make_room(quantiles)) {
                return false;
            }
            /* Thinning out may have made this one of those that are passed over. */
            if (quantiles->seen % quantiles->stride == 0) {
                quantiles->values[quantiles->count++] = values[i];
            }
        }
        quantiles->seen++;
    }
    return true;
}

bool smi_quantiles_merge(smi_quantiles *const quantiles, smi_quantiles *const piece)
{
    if (!smi_quantiles_add(quantiles, piece->values, piece->count)) {
        return false;
    }
    piece->count = 0;
    piece->seen = 0;
    return true;
}

static int compare_values(const void *const a, const void *const b)
{
    const float left = *(const float *)a;
    const float right = *(const float *)b;
    return (left > right) - (left < right);
}

size_t smi_quantiles_boundaries(smi_quantiles *const quantiles, const size_t buckets,
                                float *const boundaries)
{
    if (quantiles->count == 0) {
        return 0;
    }
    float *const values = quantiles->values;
    qsort(values, quantiles->count, sizeof *values, compare_values);
    const size_t last = quantiles->count - 1;
    size_t kept = 0;
    for (size_t k = 1; k < buckets; k++) {
        const double place = (double)k / (double)buckets * (double)last;
        const size_t below = smi_min_size((size_t)place, last);
        const double low = (double)values[below];
        const double high = (double)values[smi_min_size(below + 1, last)];
        const float boundary = (float)(low + (high - low) * (place - (double)below));
        if (boundary > (kept == 0 ? values[0] : boundaries[kept - 1])) {
            boundaries[kept++] = boundary;
        }
    }
    return kept;
}

size_t smi_bucket(const float *const boundaries, const size_t count, const float value)
{
    size_t low = 0; /* boundaries before it are not above the value */
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (boundaries[middle] <= value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void smi_quantiles_free(smi_quantiles *const quantiles)
{
    smi_free(quantiles->values);
    quantiles->values = NULL;
    quantiles->count = 0;
    quantiles->capacity = 0;
}
