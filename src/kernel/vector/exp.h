/* exp for arguments ≤ 0, a vector at a time. */
#ifndef SMI_KERNEL_VECTOR_EXP_H
#define SMI_KERNEL_VECTOR_EXP_H

#include "simd.h"

/* e^x = 2^n · (1 + r · series) with n = nearest(x / ln 2), r = x − n · ln 2. */
typedef struct smi_exp_parts {
    smi_vector n;
    smi_vector r;
    smi_vector series;
} smi_exp_parts;

/* |r| ≤ ln 2 / 2, and the Taylor series of degree 7 for exp(r), whose remainder is below
 * 0.3466^8 / 8! < 6e-9. ln 2 is subtracted in two parts, the first of so few bits that n times it
 * is exact (Cody and Waite). Below −87.33, where exp would leave the normal numbers, the parts are
 * those of −87.33. NaN gives NaN. */
static inline smi_exp_parts smi_exp_parts_of(const smi_vector x)
{
    const smi_vector bounded = smi_larger(smi_splat(-87.33F), x);
    const smi_vector n = smi_nearest(smi_multiply(bounded, smi_splat(0x1.715476p+0F)));
    smi_vector r = smi_multiply_add(n, smi_splat(-0x1.62e4p-1F), bounded);
    r = smi_multiply_add(n, smi_splat(-0x1.7f7d1cp-20F), r);
    smi_vector series = smi_splat(0x1.a01a02p-13F); /* 1 / 7! */
    series = smi_multiply_add(series, r, smi_splat(0x1.6c16c2p-10F));
    series = smi_multiply_add(series, r, smi_splat(0x1.111112p-7F));
    series = smi_multiply_add(series, r, smi_splat(0x1.555556p-5F));
    series = smi_multiply_add(series, r, smi_splat(0x1.555556p-3F));
    series = smi_multiply_add(series, r, smi_splat(0.5F));
    series = smi_multiply_add(series, r, smi_splat(1.0F));
    return (smi_exp_parts){n, r, series};
}

static inline smi_vector smi_exp_from_parts(const smi_exp_parts of)
{
    return smi_times_power_of_two(smi_multiply_add(of.series, of.r, smi_splat(1.0F)), of.n);
}

/* Below −87.33 the result is that of −87.33, about 1.2e-38. Error bound: docs/numerics.md. */
static inline smi_vector smi_exp(const smi_vector x)
{
    return smi_exp_from_parts(smi_exp_parts_of(x));
}

/* The same, but 0 below −87.33. */
static inline smi_vector smi_exp_or_zero(const smi_vector x)
{
    return smi_where_above(smi_splat(-87.33F), x, smi_splat(0.0F), smi_exp(x));
}

#endif
