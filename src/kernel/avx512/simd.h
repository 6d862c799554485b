/* AVX-512 F, BW, DQ and VL: sixteen floats. What each function does is said in x86_64/simd.h. */
#ifndef SMI_KERNEL_SIMD_H
#define SMI_KERNEL_SIMD_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/x86_64/transpose.h"

enum { SMI_LANES = 16, SMI_TILE_ROWS = 4, SMI_TILE_CLASSES = 5, SMI_TILE_VECTORS = 4 };

/* Vectors of columns in a tile of a product. */
enum { SMI_PRODUCT_VECTORS = 4 };

/* Classes whose sums over rows with marks are in registers, and the share of marked groups up to
 * which marks win; measured, see docs/kernels.md. */
#define SMI_MARKED_CLASSES 10
#define SMI_MARK_DENSITY 0.8

/* The share of entries up to which lists win; measured, see docs/kernels.md. */
#define SMI_LIST_DENSITY 0.1

typedef __m512 smi_vector;

static inline __mmask16 smi_first(const size_t count)
{
    return (__mmask16)((1U << count) - 1U);
}

/* The mask as a number. By its own instruction: left to itself, gcc 12 may write 16 bits to memory
 * and read 32 back. */
static inline unsigned smi_bits(const __mmask16 mask)
{
    unsigned bits = 0;
    __asm__("kmovw %1, %0" : "=r"(bits) : "k"(mask));
    return bits;
}

static inline smi_vector smi_splat(const float value)
{
    return _mm512_set1_ps(value);
}

static inline smi_vector smi_load_f32(const float *const from)
{
    return _mm512_loadu_ps(from);
}

static inline smi_vector smi_load_some_f32(const float *const from, const size_t count,
                                           const float fill)
{
    return _mm512_mask_loadu_ps(_mm512_set1_ps(fill), smi_first(count), from);
}

static inline smi_vector smi_load_u8(const uint8_t *const from)
{
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)from)));
}

static inline smi_vector smi_load_some_u8(const uint8_t *const from, const size_t count)
{
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(smi_first(count), from)));
}

static inline void smi_store(float *const to, const smi_vector value)
{
    _mm512_storeu_ps(to, value);
}

/* In pieces, not with a mask: a masked store holds up loads of all 64 bytes that it might have
 * touched, and rows of a few classes lie closer than that. */
static inline void smi_store_some(float *to, const size_t count, const smi_vector value)
{
    __m256 eight = _mm512_castps512_ps256(value);
    if ((count & 8) != 0) {
        _mm256_storeu_ps(to, eight);
        eight = _mm512_extractf32x8_ps(value, 1);
        to += 8;
    }
    __m128 four = _mm256_castps256_ps128(eight);
    if ((count & 4) != 0) {
        _mm_storeu_ps(to, four);
        four = _mm256_extractf128_ps(eight, 1);
        to += 4;
    }
    if ((count & 2) != 0) {
        _mm_storel_pi((__m64 *)to, four);
        four = _mm_movehl_ps(four, four);
        to += 2;
    }
    if ((count & 1) != 0) {
        _mm_store_ss(to, four);
    }
}

static inline smi_vector smi_keep_some(const smi_vector value, const size_t count)
{
    return _mm512_maskz_mov_ps(smi_first(count), value);
}

static inline smi_vector smi_one_at(const int lane)
{
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm512_maskz_mov_ps(_mm512_cmpeq_epi32_mask(lanes, _mm512_set1_epi32(lane)),
                               _mm512_set1_ps(1.0F));
}

static inline smi_vector smi_add(const smi_vector a, const smi_vector b)
{
    return _mm512_add_ps(a, b);
}

static inline smi_vector smi_subtract(const smi_vector a, const smi_vector b)
{
    return _mm512_sub_ps(a, b);
}

static inline smi_vector smi_multiply(const smi_vector a, const smi_vector b)
{
    return _mm512_mul_ps(a, b);
}

static inline smi_vector smi_divide(const smi_vector a, const smi_vector b)
{
    return _mm512_div_ps(a, b);
}

static inline smi_vector smi_multiply_add(const smi_vector a, const smi_vector b,
                                          const smi_vector c)
{
    return _mm512_fmadd_ps(a, b, c);
}

static inline smi_vector smi_larger(const smi_vector a, const smi_vector b)
{
    return _mm512_max_ps(a, b);
}

static inline smi_vector smi_where_above(const smi_vector a, const smi_vector b,
                                         const smi_vector then, const smi_vector otherwise)
{
    return _mm512_mask_mov_ps(otherwise, _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ), then);
}

static inline smi_vector smi_minus_magnitude(const smi_vector value)
{
    return _mm512_or_ps(value, _mm512_set1_ps(-0.0F));
}

static inline smi_vector smi_with_sign(const smi_vector magnitude, const smi_vector sign)
{
    const __m512 bit = _mm512_set1_ps(-0.0F);
    return _mm512_or_ps(_mm512_andnot_ps(bit, magnitude), _mm512_and_ps(bit, sign));
}

static inline float smi_sum(const smi_vector value)
{
    return _mm512_reduce_add_ps(value);
}

static inline __m256 smi_halves(const smi_vector value)
{
    return _mm256_add_ps(_mm512_castps512_ps256(value), _mm512_extractf32x8_ps(value, 1));
}

static inline void smi_sum_four(const smi_vector a, const smi_vector b, const smi_vector c,
                                const smi_vector d, float sums[4])
{
    const __m256 four = _mm256_hadd_ps(_mm256_hadd_ps(smi_halves(a), smi_halves(b)),
                                       _mm256_hadd_ps(smi_halves(c), smi_halves(d)));
    _mm_storeu_ps(sums, _mm_add_ps(_mm256_castps256_ps128(four), _mm256_extractf128_ps(four, 1)));
}

static inline float smi_largest(const smi_vector value)
{
    return _mm512_reduce_max_ps(value);
}

static inline unsigned smi_equal(const smi_vector a, const smi_vector b)
{
    return smi_bits(_mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ));
}

static inline smi_vector smi_nearest(const smi_vector value)
{
    return _mm512_roundscale_ps(value, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

static inline smi_vector smi_times_power_of_two(const smi_vector value, const smi_vector exponent)
{
    return _mm512_scalef_ps(value, exponent);
}

/* Pressed in a register: to memory, the same instruction is slow on some processors. */
static inline size_t smi_press(const smi_vector value, const size_t first, uint32_t *const columns,
                               float *const values)
{
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i places = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)first));
    const unsigned bits = smi_bits(_mm512_cmp_ps_mask(value, _mm512_setzero_ps(), _CMP_NEQ_UQ));
    const __mmask16 some = (__mmask16)bits;
    _mm512_storeu_si512(columns, _mm512_maskz_compress_epi32(some, places));
    _mm512_storeu_ps(values, _mm512_maskz_compress_ps(some, value));
    return (size_t)__builtin_popcount(bits);
}

/* See vector/press.h. */
static inline size_t smi_press_bytes(const float *const words, const unsigned shift,
                                     const size_t first, const float even_scale,
                                     const float odd_scale, uint32_t *const row_numbers,
                                     float *const values)
{
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const __m512i high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
    const __m512i both =
        _mm512_and_si512(_mm512_srl_epi32(_mm512_loadu_si512(words), _mm_cvtsi32_si128((int)shift)),
                         _mm512_set1_epi32(0xffff));
    const unsigned bits = smi_bits(_mm512_test_epi32_mask(both, both));
    const __mmask16 some = (__mmask16)bits;
    const __m512i pressed = _mm512_maskz_compress_epi32(some, both);
    const __m512 even =
        _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_and_si512(pressed, _mm512_set1_epi32(0xff))),
                      _mm512_set1_ps(even_scale));
    const __m512 odd =
        _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_srli_epi32(pressed, 8)), _mm512_set1_ps(odd_scale));
    const __m512i places = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)first));
    _mm512_storeu_si512(row_numbers, _mm512_maskz_compress_epi32(some, places));
    _mm512_storeu_ps(values, _mm512_permutex2var_ps(even, low, odd));
    _mm512_storeu_ps(values + 16, _mm512_permutex2var_ps(even, high, odd));
    return (size_t)__builtin_popcount(bits);
}

/* ---- texts: up to eight bytes of each in a lane. Only sets with lanes enough have these, and say
 * so by SMI_TEXTS ---- */

#define SMI_TEXTS 8

typedef uint64_t smi_words __attribute__((vector_size(64)));
typedef double smi_doubles __attribute__((vector_size(64)));

/* Where SMI_TEXTS texts begin, or end. */
static inline smi_words smi_load_places(const char *const *const from)
{
    return (smi_words)_mm512_loadu_si512(from);
}

/* The eight bytes at each place. */
static inline smi_words smi_load_texts(const smi_words places)
{
    return (smi_words)_mm512_i64gather_epi64((__m512i)places, NULL, 1);
}

/* 0 where the count is 64 or more. */
static inline smi_words smi_shift_up(const smi_words words, const smi_words counts)
{
    return (smi_words)_mm512_sllv_epi64((__m512i)words, (__m512i)counts);
}

/* How many bytes of each word are not 0; those that are not are all ones. */
static inline smi_words smi_count_bytes(const smi_words words)
{
    const __m512i ones = _mm512_and_si512((__m512i)words, _mm512_set1_epi8(1));
    return (smi_words)_mm512_sad_epu8(ones, _mm512_setzero_si512());
}

/* The number that eight digits make, the first of them in the lowest byte. */
static inline smi_words smi_join_digits(const smi_words digits)
{
    const __m512i twos =
        _mm512_maddubs_epi16((__m512i)digits, _mm512_set1_epi16((short)(1 << 8 | 10)));
    const __m512i fours = _mm512_madd_epi16(twos, _mm512_set1_epi32(1 << 16 | 100));
    const __m512i upper = _mm512_mul_epu32(fours, _mm512_set1_epi64(10000));
    return (smi_words)_mm512_add_epi64(upper, _mm512_srli_epi64(fours, 32));
}

/* from[indices], where indices are below 8, or what is left of them by 8. */
static inline smi_doubles smi_pick_eighth(const double from[8], const smi_words indices)
{
    return (smi_doubles)_mm512_permutexvar_pd((__m512i)indices, _mm512_loadu_pd(from));
}

static inline void smi_store_as_floats(float *const to, const smi_doubles values)
{
    _mm256_storeu_ps(to, _mm512_cvtpd_ps((__m512d)values));
}

/* A bit for each word that is not 0. */
static inline unsigned smi_which(const smi_words words)
{
    return _mm512_test_epi64_mask((__m512i)words, (__m512i)words);
}

#endif
