/* AVX2 and FMA: eight floats. What each function does is said in x86_64/simd.h. */
#ifndef SMI_KERNEL_SIMD_H
#define SMI_KERNEL_SIMD_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { SMI_LANES = 8, SMI_TILE_ROWS = 2, SMI_TILE_CLASSES = 5, SMI_TILE_VECTORS = 2 };

/* Vectors of columns in a tile of a product. */
enum { SMI_PRODUCT_VECTORS = 2 };

/* Classes whose sums over rows with marks are in registers, and the share of marked groups up to
 * which marks win; measured, see docs/kernels.md. */
#define SMI_MARKED_CLASSES 5
#define SMI_MARK_DENSITY 0.8

/* The share of entries up to which lists win; measured, see docs/kernels.md. */
#define SMI_LIST_DENSITY 0.03

typedef __m256 smi_vector;

/* All bits set in the first `count` lanes. */
static inline __m256i smi_first(const size_t count)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count),
                              _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

static inline smi_vector smi_splat(const float value)
{
    return _mm256_set1_ps(value);
}

static inline smi_vector smi_load_f32(const float *const from)
{
    return _mm256_loadu_ps(from);
}

static inline smi_vector smi_load_some_f32(const float *const from, const size_t count,
                                           const float fill)
{
    const __m256i mask = smi_first(count);
    return _mm256_blendv_ps(_mm256_set1_ps(fill), _mm256_maskload_ps(from, mask),
                            _mm256_castsi256_ps(mask));
}

static inline smi_vector smi_load_u8(const uint8_t *const from)
{
    return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)from)));
}

static inline smi_vector smi_load_some_u8(const uint8_t *const from, const size_t count)
{
    uint8_t bytes[SMI_LANES] = {0};
    memcpy(bytes, from, count);
    return smi_load_u8(bytes);
}

static inline void smi_store(float *const to, const smi_vector value)
{
    _mm256_storeu_ps(to, value);
}

static inline void smi_store_some(float *const to, const size_t count, const smi_vector value)
{
    _mm256_maskstore_ps(to, smi_first(count), value);
}

static inline smi_vector smi_keep_some(const smi_vector value, const size_t count)
{
    return _mm256_and_ps(value, _mm256_castsi256_ps(smi_first(count)));
}

static inline smi_vector smi_one_at(const int lane)
{
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i here = _mm256_cmpeq_epi32(lanes, _mm256_set1_epi32(lane));
    return _mm256_and_ps(_mm256_castsi256_ps(here), _mm256_set1_ps(1.0F));
}

static inline smi_vector smi_add(const smi_vector a, const smi_vector b)
{
    return _mm256_add_ps(a, b);
}

static inline smi_vector smi_subtract(const smi_vector a, const smi_vector b)
{
    return _mm256_sub_ps(a, b);
}

static inline smi_vector smi_multiply(const smi_vector a, const smi_vector b)
{
    return _mm256_mul_ps(a, b);
}

static inline smi_vector smi_divide(const smi_vector a, const smi_vector b)
{
    return _mm256_div_ps(a, b);
}

static inline smi_vector smi_multiply_add(const smi_vector a, const smi_vector b,
                                          const smi_vector c)
{
    return _mm256_fmadd_ps(a, b, c);
}

static inline smi_vector smi_larger(const smi_vector a, const smi_vector b)
{
    return _mm256_max_ps(a, b);
}

static inline smi_vector smi_where_above(const smi_vector a, const smi_vector b,
                                         const smi_vector then, const smi_vector otherwise)
{
    return _mm256_blendv_ps(otherwise, then, _mm256_cmp_ps(a, b, _CMP_GT_OQ));
}

static inline smi_vector smi_minus_magnitude(const smi_vector value)
{
    return _mm256_or_ps(value, _mm256_set1_ps(-0.0F));
}

static inline smi_vector smi_with_sign(const smi_vector magnitude, const smi_vector sign)
{
    const __m256 bit = _mm256_set1_ps(-0.0F);
    return _mm256_or_ps(_mm256_andnot_ps(bit, magnitude), _mm256_and_ps(bit, sign));
}

static inline float smi_sum(const smi_vector value)
{
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

static inline void smi_sum_four(const smi_vector a, const smi_vector b, const smi_vector c,
                                const smi_vector d, float sums[4])
{
    const __m256 four = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    _mm_storeu_ps(sums, _mm_add_ps(_mm256_castps256_ps128(four), _mm256_extractf128_ps(four, 1)));
}

static inline float smi_largest(const smi_vector value)
{
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

static inline unsigned smi_equal(const smi_vector a, const smi_vector b)
{
    return (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ));
}

static inline smi_vector smi_nearest(const smi_vector value)
{
    return _mm256_round_ps(value, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

static inline smi_vector smi_times_power_of_two(const smi_vector value, const smi_vector exponent)
{
    const __m256i bits = _mm256_add_epi32(_mm256_cvtps_epi32(exponent), _mm256_set1_epi32(127));
    return _mm256_mul_ps(value, _mm256_castsi256_ps(_mm256_slli_epi32(bits, 23)));
}

/* ---- texts; each function as in avx512/simd.h ---- */

#define SMI_TEXTS 4

typedef uint64_t smi_words __attribute__((vector_size(32)));
typedef double smi_doubles __attribute__((vector_size(32)));

static inline smi_words smi_load_places(const char *const *const from)
{
    return (smi_words)_mm256_loadu_si256((const __m256i *)from);
}

static inline smi_words smi_load_texts(const smi_words places)
{
    return (smi_words)_mm256_i64gather_epi64(NULL, (__m256i)places, 1);
}

static inline smi_words smi_shift_up(const smi_words words, const smi_words counts)
{
    return (smi_words)_mm256_sllv_epi64((__m256i)words, (__m256i)counts);
}

static inline smi_words smi_count_bytes(const smi_words words)
{
    const __m256i ones = _mm256_and_si256((__m256i)words, _mm256_set1_epi8(1));
    return (smi_words)_mm256_sad_epu8(ones, _mm256_setzero_si256());
}

static inline smi_words smi_join_digits(const smi_words digits)
{
    const __m256i twos =
        _mm256_maddubs_epi16((__m256i)digits, _mm256_set1_epi16((short)(1 << 8 | 10)));
    const __m256i fours = _mm256_madd_epi16(twos, _mm256_set1_epi32(1 << 16 | 100));
    const __m256i upper = _mm256_mul_epu32(fours, _mm256_set1_epi64x(10000));
    return (smi_words)_mm256_add_epi64(upper, _mm256_srli_epi64(fours, 32));
}

static inline smi_doubles smi_pick_eighth(const double from[8], const smi_words indices)
{
    return (smi_doubles)_mm256_i64gather_pd(from, (__m256i)(indices & 7), 8);
}

static inline void smi_store_as_floats(float *const to, const smi_doubles values)
{
    _mm_storeu_ps(to, _mm256_cvtpd_ps((__m256d)values));
}

static inline unsigned smi_which(const smi_words words)
{
    return (unsigned)_mm256_movemask_pd((__m256d)(words != 0));
}

#include "kernel/vector/press.h"
#include "kernel/x86_64/transpose.h"

#endif
