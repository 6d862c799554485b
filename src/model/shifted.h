/* Rows of logits, shifted by their largest so that no exponential overflows. In double precision;
 * best: the index of the first largest. One +∞ counts as its limit, so that it is the largest by
 * infinity; what has no limit is a NaN. */
#ifndef SMI_MODEL_SHIFTED_H
#define SMI_MODEL_SHIFTED_H

#include <math.h>
#include <stddef.h>

static inline double smi_shifted(const float *const z, const size_t class, const size_t best)
{
    return class == best ? 0.0 : (double)z[class] - (double)z[best];
}

/* Σ exp(shifted) but for the term of `best`, which is 1: small sums stay exact. NaN if there is one
 * in the row. */
static inline double smi_other_terms(const float *const z, const size_t classes, const size_t best)
{
    double sum = isnan(z[best]) ? (double)z[best] : 0.0;
    for (size_t c = 0; c < classes; c++) {
        sum += c == best ? 0.0 : exp(smi_shifted(z, c, best));
    }
    return sum;
}

#endif
