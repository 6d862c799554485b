/* exp for arguments ≤ 0, a vector at a time. */
#ifndef SMI_KERNEL_VECTOR_EXP_H
#define SMI_KERNEL_VECTOR_EXP_H

#include "simd.h"

/* exp(x) = 2^n · exp(r) with n = nearest(x / ln 2), |r| ≤ ln 2 / 2, and the Taylor series of
 * degree 7 for exp(r), whose remainder is below 0.3466^8 / 8! < 6e-9. ln 2 is subtracted in two
 * parts, the first of so few bits that n times it is exact (Cody and Waite). Below −87.33, where
 * exp would leave the normal numbers, the result is that of −87.33, about 1.2e-38. NaN gives NaN.
 * Error bound: docs/numerics.md. */
static inline smi_vector smi_exp(const smi_vector x)
{
    const smi_vector bounded = smi_larger(smi_splat(-87.33F), x);
    const smi_vector n = smi_nearest(smi_multiply(bounded, smi_splat(0x1.715476p+0F)));
    smi_vector r = smi_multiply_add(n, smi_splat(-0x1.62e4p-1F), bounded);
    r = smi_multiply_add(n, smi_splat(-0x1.7f7d1cp-20F), r);
    smi_vector p = smi_splat(0x1.a01a02p-13F); /* 1 / 7! */
    p = smi_multiply_add(p, r, smi_splat(0x1.6c16c2p-10F));
    p = smi_multiply_add(p, r, smi_splat(0x1.111112p-7F));
    p = smi_multiply_add(p, r, smi_splat(0x1.555556p-5F));
    p = smi_multiply_add(p, r, smi_splat(0x1.555556p-3F));
    p = smi_multiply_add(p, r, smi_splat(0.5F));
    p = smi_multiply_add(p, r, smi_splat(1.0F));
    p = smi_multiply_add(p, r, smi_splat(1.0F));
    return smi_times_power_of_two(p, n);
}

#endif
