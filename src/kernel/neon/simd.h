/* NEON, which every AArch64 processor has: four floats, and a fused multiply-add. What each
 * function does is said in x86_64/simd.h. */
#ifndef SMI_KERNEL_SIMD_H
#define SMI_KERNEL_SIMD_H

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Of the 32 registers, 20 hold sums and 4 values. */
enum { SMI_LANES = 4, SMI_TILE_ROWS = 4, SMI_TILE_CLASSES = 5, SMI_TILE_VECTORS = 4 };

/* Vectors of columns in a tile of a product. */
enum { SMI_PRODUCT_VECTORS = 4 };

/* Classes whose sums over rows with marks are in registers, and the share of marked groups up to
 * which marks win; measured, see docs/kernels.md. */
#define SMI_MARKED_CLASSES 10
#define SMI_MARK_DENSITY 0.8

/* The share of entries up to which lists win: as for x86_64, whose lanes are as many. */
#define SMI_LIST_DENSITY 0.03

typedef float32x4_t smi_vector;

/* The index of each lane. */
static inline uint32x4_t smi_indices(void)
{
    static const uint32_t indices[SMI_LANES] = {0, 1, 2, 3};
    return vld1q_u32(indices);
}

/* The value in the lanes whose bits are all set, 0 in those whose bits are not. */
static inline smi_vector smi_masked(const uint32x4_t mask, const smi_vector value)
{
    return vreinterpretq_f32_u32(vandq_u32(mask, vreinterpretq_u32_f32(value)));
}

static inline smi_vector smi_splat(const float value)
{
    return vdupq_n_f32(value);
}

static inline smi_vector smi_load_f32(const float *const from)
{
    return vld1q_f32(from);
}

static inline smi_vector smi_load_some_f32(const float *const from, const size_t count,
                                           const float fill)
{
    smi_vector value = vdupq_n_f32(fill);
    if (count > 0) {
        value = vld1q_lane_f32(from, value, 0);
    }
    if (count > 1) {
        value = vld1q_lane_f32(from + 1, value, 1);
    }
    if (count > 2) {
        value = vld1q_lane_f32(from + 2, value, 2);
    }
    return value;
}

static inline smi_vector smi_load_u8(const uint8_t *const from)
{
    uint32_t four;
    memcpy(&four, from, sizeof four);
    const uint16x8_t words = vmovl_u8(vcreate_u8(four));
    return vcvtq_f32_u32(vmovl_u16(vget_low_u16(words)));
}

static inline smi_vector smi_load_some_u8(const uint8_t *const from, const size_t count)
{
    uint8_t bytes[SMI_LANES] = {0};
    memcpy(bytes, from, count);
    return smi_load_u8(bytes);
}

static inline void smi_store(float *const to, const smi_vector value)
{
    vst1q_f32(to, value);
}

static inline void smi_store_some(float *const to, const size_t count, const smi_vector value)
{
    if (count > 0) {
        vst1q_lane_f32(to, value, 0);
    }
    if (count > 1) {
        vst1q_lane_f32(to + 1, value, 1);
    }
    if (count > 2) {
        vst1q_lane_f32(to + 2, value, 2);
    }
}

static inline void smi_transpose_four(const float *const from, const size_t stride, float *const to,
                                      const size_t to_stride)
{
    const float32x4x2_t ac = vzipq_f32(vld1q_f32(from), vld1q_f32(from + 2 * stride));
    const float32x4x2_t bd = vzipq_f32(vld1q_f32(from + stride), vld1q_f32(from + 3 * stride));
    const float32x4x2_t low = vzipq_f32(ac.val[0], bd.val[0]);
    const float32x4x2_t high = vzipq_f32(ac.val[1], bd.val[1]);
    vst1q_f32(to, low.val[0]);
    vst1q_f32(to + to_stride, low.val[1]);
    vst1q_f32(to + 2 * to_stride, high.val[0]);
    vst1q_f32(to + 3 * to_stride, high.val[1]);
}

static inline smi_vector smi_keep_some(const smi_vector value, const size_t count)
{
    return smi_masked(vcltq_u32(smi_indices(), vdupq_n_u32((uint32_t)count)), value);
}

static inline smi_vector smi_one_at(const int lane)
{
    return smi_masked(vceqq_u32(smi_indices(), vdupq_n_u32((uint32_t)lane)), vdupq_n_f32(1.0F));
}

static inline smi_vector smi_add(const smi_vector a, const smi_vector b)
{
    return vaddq_f32(a, b);
}

static inline smi_vector smi_subtract(const smi_vector a, const smi_vector b)
{
    return vsubq_f32(a, b);
}

static inline smi_vector smi_multiply(const smi_vector a, const smi_vector b)
{
    return vmulq_f32(a, b);
}

static inline smi_vector smi_divide(const smi_vector a, const smi_vector b)
{
    return vdivq_f32(a, b);
}

static inline smi_vector smi_multiply_add(const smi_vector a, const smi_vector b,
                                          const smi_vector c)
{
    return vfmaq_f32(c, a, b);
}

/* By comparison, as NEON's maximum would be NaN where only a is. */
static inline smi_vector smi_larger(const smi_vector a, const smi_vector b)
{
    return vbslq_f32(vcgtq_f32(a, b), a, b);
}

static inline smi_vector smi_where_above(const smi_vector a, const smi_vector b,
                                         const smi_vector then, const smi_vector otherwise)
{
    return vbslq_f32(vcgtq_f32(a, b), then, otherwise);
}

static inline smi_vector smi_minus_magnitude(const smi_vector value)
{
    return vnegq_f32(vabsq_f32(value));
}

static inline smi_vector smi_with_sign(const smi_vector magnitude, const smi_vector sign)
{
    return vbslq_f32(vdupq_n_u32(UINT32_C(1) << 31), sign, magnitude);
}

static inline float smi_sum(const smi_vector value)
{
    return vaddvq_f32(value);
}

static inline void smi_sum_four(const smi_vector a, const smi_vector b, const smi_vector c,
                                const smi_vector d, float sums[4])
{
    vst1q_f32(sums, vpaddq_f32(vpaddq_f32(a, b), vpaddq_f32(c, d)));
}

static inline float smi_largest(const smi_vector value)
{
    return vmaxvq_f32(value);
}

static inline unsigned smi_equal(const smi_vector a, const smi_vector b)
{
    static const uint32_t bits[SMI_LANES] = {1, 2, 4, 8};
    return vaddvq_u32(vandq_u32(vceqq_f32(a, b), vld1q_u32(bits)));
}

static inline smi_vector smi_nearest(const smi_vector value)
{
    return vrndnq_f32(value);
}

static inline smi_vector smi_times_power_of_two(const smi_vector value, const smi_vector exponent)
{
    const int32x4_t bits = vaddq_s32(vcvtq_s32_f32(exponent), vdupq_n_s32(127));
    return vmulq_f32(value, vreinterpretq_f32_s32(vshlq_n_s32(bits, 23)));
}

#include "kernel/vector/press.h"

#endif
