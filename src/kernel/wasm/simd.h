/* WebAssembly's 128-bit vectors: four floats. What each function does is said in x86_64/simd.h. */
#ifndef SMI_KERNEL_SIMD_H
#define SMI_KERNEL_SIMD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wasm_simd128.h>

/* As for x86_64, whose lanes are as many: what a page runs on has 16 registers or more. */
enum { SMI_LANES = 4, SMI_TILE_ROWS = 2, SMI_TILE_CLASSES = 5, SMI_TILE_VECTORS = 2 };
enum { SMI_PRODUCT_VECTORS = 2 };
#define SMI_MARKED_CLASSES 5
#define SMI_MARK_DENSITY 0.8
#define SMI_LIST_DENSITY 0.03

typedef v128_t smi_vector;

static inline smi_vector smi_splat(const float value)
{
    return wasm_f32x4_splat(value);
}

static inline smi_vector smi_load_f32(const float *const from)
{
    return wasm_v128_load(from);
}

static inline smi_vector smi_load_some_f32(const float *const from, const size_t count,
                                           const float fill)
{
    float values[SMI_LANES] = {fill, fill, fill, fill};
    memcpy(values, from, count * sizeof *values);
    return wasm_v128_load(values);
}

static inline smi_vector smi_load_u8(const uint8_t *const from)
{
    const v128_t words = wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(from));
    return wasm_f32x4_convert_u32x4(wasm_u32x4_extend_low_u16x8(words));
}

static inline smi_vector smi_load_some_u8(const uint8_t *const from, const size_t count)
{
    uint8_t bytes[SMI_LANES] = {0};
    memcpy(bytes, from, count);
    return smi_load_u8(bytes);
}

static inline void smi_store(float *const to, const smi_vector value)
{
    wasm_v128_store(to, value);
}

static inline void smi_store_some(float *const to, const size_t count, const smi_vector value)
{
    float values[SMI_LANES];
    wasm_v128_store(values, value);
    memcpy(to, values, count * sizeof *values);
}

static inline void smi_transpose_four(const float *const from, const size_t stride, float *const to,
                                      const size_t to_stride)
{
    const v128_t a = wasm_v128_load(from);
    const v128_t b = wasm_v128_load(from + stride);
    const v128_t c = wasm_v128_load(from + 2 * stride);
    const v128_t d = wasm_v128_load(from + 3 * stride);
    const v128_t ab_low = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5);
    const v128_t cd_low = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5);
    const v128_t ab_high = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7);
    const v128_t cd_high = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
    wasm_v128_store(to, wasm_i32x4_shuffle(ab_low, cd_low, 0, 1, 4, 5));
    wasm_v128_store(to + to_stride, wasm_i32x4_shuffle(ab_low, cd_low, 2, 3, 6, 7));
    wasm_v128_store(to + 2 * to_stride, wasm_i32x4_shuffle(ab_high, cd_high, 0, 1, 4, 5));
    wasm_v128_store(to + 3 * to_stride, wasm_i32x4_shuffle(ab_high, cd_high, 2, 3, 6, 7));
}

static inline smi_vector smi_keep_some(const smi_vector value, const size_t count)
{
    const v128_t mask =
        wasm_i32x4_lt(wasm_i32x4_const(0, 1, 2, 3), wasm_i32x4_splat((int32_t)count));
    return wasm_v128_and(value, mask);
}

static inline smi_vector smi_one_at(const int lane)
{
    const v128_t here = wasm_i32x4_eq(wasm_i32x4_const(0, 1, 2, 3), wasm_i32x4_splat(lane));
    return wasm_v128_and(here, wasm_f32x4_splat(1.0F));
}

static inline smi_vector smi_add(const smi_vector a, const smi_vector b)
{
    return wasm_f32x4_add(a, b);
}

static inline smi_vector smi_subtract(const smi_vector a, const smi_vector b)
{
    return wasm_f32x4_sub(a, b);
}

static inline smi_vector smi_multiply(const smi_vector a, const smi_vector b)
{
    return wasm_f32x4_mul(a, b);
}

static inline smi_vector smi_divide(const smi_vector a, const smi_vector b)
{
    return wasm_f32x4_div(a, b);
}

static inline smi_vector smi_multiply_add(const smi_vector a, const smi_vector b,
                                          const smi_vector c)
{
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
}

/* wasm_f32x4_pmax(b, a) is a where b < a, b elsewhere; wasm_f32x4_max() would be NaN where only a
 * is. */
static inline smi_vector smi_larger(const smi_vector a, const smi_vector b)
{
    return wasm_f32x4_pmax(b, a);
}

static inline smi_vector smi_where_above(const smi_vector a, const smi_vector b,
                                         const smi_vector then, const smi_vector otherwise)
{
    return wasm_v128_bitselect(then, otherwise, wasm_f32x4_gt(a, b));
}

static inline smi_vector smi_minus_magnitude(const smi_vector value)
{
    return wasm_v128_or(value, wasm_f32x4_splat(-0.0F));
}

static inline smi_vector smi_with_sign(const smi_vector magnitude, const smi_vector sign)
{
    return wasm_v128_bitselect(sign, magnitude, wasm_f32x4_splat(-0.0F));
}

static inline float smi_sum(const smi_vector value)
{
    const v128_t two = wasm_f32x4_add(value, wasm_i32x4_shuffle(value, value, 2, 3, 2, 3));
    return wasm_f32x4_extract_lane(two, 0) + wasm_f32x4_extract_lane(two, 1);
}

static inline void smi_sum_four(const smi_vector a, const smi_vector b, const smi_vector c,
                                const smi_vector d, float sums[4])
{
    const v128_t ab =
        wasm_f32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
    const v128_t cd =
        wasm_f32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
    wasm_v128_store(sums, wasm_f32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5),
                                         wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7)));
}

static inline float smi_largest(const smi_vector value)
{
    const v128_t two = smi_larger(value, wasm_i32x4_shuffle(value, value, 2, 3, 2, 3));
    return wasm_f32x4_extract_lane(smi_larger(two, wasm_i32x4_shuffle(two, two, 1, 1, 1, 1)), 0);
}

static inline unsigned smi_equal(const smi_vector a, const smi_vector b)
{
    return (unsigned)wasm_i32x4_bitmask(wasm_f32x4_eq(a, b));
}

static inline smi_vector smi_nearest(const smi_vector value)
{
    return wasm_f32x4_nearest(value);
}

static inline smi_vector smi_times_power_of_two(const smi_vector value, const smi_vector exponent)
{
    const v128_t bits = wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(exponent), wasm_i32x4_splat(127));
    return wasm_f32x4_mul(value, wasm_i32x4_shl(bits, 23));
}

#include "kernel/vector/press.h"

#endif
