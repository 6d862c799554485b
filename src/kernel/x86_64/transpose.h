/* The transposition that all sets of x86 instructions share: four floats are four floats. */
#ifndef SMI_KERNEL_X86_64_TRANSPOSE_H
#define SMI_KERNEL_X86_64_TRANSPOSE_H

#include <stddef.h>
#include <xmmintrin.h>

/* Transposes 4 × 4 floats: rows of `from` are `stride` floats apart, those of `to` `to_stride`. */
static inline void smi_transpose_four(const float *const from, const size_t stride, float *const to,
                                      const size_t to_stride)
{
    const __m128 a = _mm_loadu_ps(from);
    const __m128 b = _mm_loadu_ps(from + stride);
    const __m128 c = _mm_loadu_ps(from + 2 * stride);
    const __m128 d = _mm_loadu_ps(from + 3 * stride);
    const __m128 ab_low = _mm_unpacklo_ps(a, b);
    const __m128 cd_low = _mm_unpacklo_ps(c, d);
    const __m128 ab_high = _mm_unpackhi_ps(a, b);
    const __m128 cd_high = _mm_unpackhi_ps(c, d);
    _mm_storeu_ps(to, _mm_movelh_ps(ab_low, cd_low));
    _mm_storeu_ps(to + to_stride, _mm_movehl_ps(cd_low, ab_low));
    _mm_storeu_ps(to + 2 * to_stride, _mm_movelh_ps(ab_high, cd_high));
    _mm_storeu_ps(to + 3 * to_stride, _mm_movehl_ps(cd_high, ab_high));
}

#endif
