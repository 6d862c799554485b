/* SSE2, which every x86-64 processor has: four floats.
 *
 * Each instruction set's simd.h offers the same names, so that the loops in ../vector are written
 * once. What a set lacks is built from what it has; there is no other difference between them. */
#ifndef SMI_KERNEL_SIMD_H
#define SMI_KERNEL_SIMD_H

#include <emmintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The tiles that fill the registers: logits keep rows × classes sums at once, gradients
 * classes × vectors of features. */
enum { SMI_LANES = 4, SMI_TILE_ROWS = 2, SMI_TILE_CLASSES = 5, SMI_TILE_VECTORS = 2 };

/* Vectors of columns in a tile of a product, beside six rows: its sums fill the registers. */
enum { SMI_PRODUCT_VECTORS = 2 };

/* Classes whose sums over rows with marks are in registers, and the share of marked groups up to
 * which marks win; measured, see docs/kernels.md. */
#define SMI_MARKED_CLASSES 5
#define SMI_MARK_DENSITY 0.8

/* The share of entries up to which lists win; measured, see docs/kernels.md. */
#define SMI_LIST_DENSITY 0.03

typedef __m128 smi_vector;

static inline smi_vector smi_splat(const float value)
{
    return _mm_set1_ps(value);
}

static inline smi_vector smi_load_f32(const float *const from)
{
    return _mm_loadu_ps(from);
}

/* The first `count` < SMI_LANES from memory, of which nothing beyond is touched; the others are
 * `fill`. */
static inline smi_vector smi_load_some_f32(const float *const from, const size_t count,
                                           const float fill)
{
    float values[SMI_LANES] = {fill, fill, fill, fill};
    memcpy(values, from, count * sizeof *values);
    return _mm_loadu_ps(values);
}

/* Bytes become floats. */
static inline smi_vector smi_load_u8(const uint8_t *const from)
{
    int32_t four;
    memcpy(&four, from, sizeof four);
    const __m128i zero = _mm_setzero_si128();
    const __m128i words = _mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero);
    return _mm_cvtepi32_ps(_mm_unpacklo_epi16(words, zero));
}

/* As above; the others are 0. */
static inline smi_vector smi_load_some_u8(const uint8_t *const from, const size_t count)
{
    uint8_t bytes[SMI_LANES] = {0};
    memcpy(bytes, from, count);
    return smi_load_u8(bytes);
}

static inline void smi_store(float *const to, const smi_vector value)
{
    _mm_storeu_ps(to, value);
}

/* Stores the first `count` < SMI_LANES; nothing beyond is touched. */
static inline void smi_store_some(float *const to, const size_t count, const smi_vector value)
{
    float values[SMI_LANES];
    _mm_storeu_ps(values, value);
    memcpy(to, values, count * sizeof *values);
}

/* The first `count` lanes; the others are 0. */
static inline smi_vector smi_keep_some(const smi_vector value, const size_t count)
{
    const __m128i mask = _mm_cmplt_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)count));
    return _mm_and_ps(value, _mm_castsi128_ps(mask));
}

/* 1 in that lane, 0 in the others; in all when there is no such lane. */
static inline smi_vector smi_one_at(const int lane)
{
    const __m128i here = _mm_cmpeq_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32(lane));
    return _mm_and_ps(_mm_castsi128_ps(here), _mm_set1_ps(1.0F));
}

static inline smi_vector smi_add(const smi_vector a, const smi_vector b)
{
    return _mm_add_ps(a, b);
}

static inline smi_vector smi_subtract(const smi_vector a, const smi_vector b)
{
    return _mm_sub_ps(a, b);
}

static inline smi_vector smi_multiply(const smi_vector a, const smi_vector b)
{
    return _mm_mul_ps(a, b);
}

static inline smi_vector smi_divide(const smi_vector a, const smi_vector b)
{
    return _mm_div_ps(a, b);
}

/* a · b + c, rounded once where there is an instruction for it. */
static inline smi_vector smi_multiply_add(const smi_vector a, const smi_vector b,
                                          const smi_vector c)
{
    return _mm_add_ps(_mm_mul_ps(a, b), c);
}

/* The larger lane by lane; b where either is NaN. */
static inline smi_vector smi_larger(const smi_vector a, const smi_vector b)
{
    return _mm_max_ps(a, b);
}

/* `then` where a > b, `otherwise` elsewhere and where either is NaN. */
static inline smi_vector smi_where_above(const smi_vector a, const smi_vector b,
                                         const smi_vector then, const smi_vector otherwise)
{
    const __m128 above = _mm_cmpgt_ps(a, b);
    return _mm_or_ps(_mm_and_ps(above, then), _mm_andnot_ps(above, otherwise));
}

/* −|value|: the sign set, of NaN and 0 too. */
static inline smi_vector smi_minus_magnitude(const smi_vector value)
{
    return _mm_or_ps(value, _mm_set1_ps(-0.0F));
}

/* The magnitude of one with the sign of the other. */
static inline smi_vector smi_with_sign(const smi_vector magnitude, const smi_vector sign)
{
    const __m128 bit = _mm_set1_ps(-0.0F);
    return _mm_or_ps(_mm_andnot_ps(bit, magnitude), _mm_and_ps(bit, sign));
}

/* Over the lanes, in a fixed order. */
static inline float smi_sum(const smi_vector value)
{
    const __m128 two = _mm_add_ps(value, _mm_movehl_ps(value, value));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

/* The sums of four vectors, lanes added pair by pair. */
static inline void smi_sum_four(const smi_vector a, const smi_vector b, const smi_vector c,
                                const smi_vector d, float sums[4])
{
    const __m128 ab = _mm_add_ps(_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
    const __m128 cd = _mm_add_ps(_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
    _mm_storeu_ps(sums, _mm_add_ps(_mm_movelh_ps(ab, cd), _mm_movehl_ps(cd, ab)));
}

static inline float smi_largest(const smi_vector value)
{
    const __m128 two = _mm_max_ps(value, _mm_movehl_ps(value, value));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

/* A bit a lane, the first lowest: 1 where equal. */
static inline unsigned smi_equal(const smi_vector a, const smi_vector b)
{
    return (unsigned)_mm_movemask_ps(_mm_cmpeq_ps(a, b));
}

/* The nearest whole number, ties to even, for |value| < 2^31. */
static inline smi_vector smi_nearest(const smi_vector value)
{
    return _mm_cvtepi32_ps(_mm_cvtps_epi32(value));
}

/* value · 2^exponent, for whole exponents that leave 2^exponent a normal number. */
static inline smi_vector smi_times_power_of_two(const smi_vector value, const smi_vector exponent)
{
    const __m128i bits = _mm_add_epi32(_mm_cvtps_epi32(exponent), _mm_set1_epi32(127));
    return _mm_mul_ps(value, _mm_castsi128_ps(_mm_slli_epi32(bits, 23)));
}

/* ---- bytes of text; as in avx512/simd.h ---- */

#define SMI_FINDS_TWO

static inline uint64_t smi_find_two(const char *const text, const char first, const char second)
{
    uint64_t marks = 0;
    for (size_t i = 0; i < 64; i += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(text + i));
        const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(first)),
                                           _mm_cmpeq_epi8(bytes, _mm_set1_epi8(second)));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << i;
    }
    return marks;
}

#include "kernel/vector/press.h"
#include "kernel/x86_64/transpose.h"

#endif
