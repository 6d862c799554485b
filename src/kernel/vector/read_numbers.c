/* Numbers from text. Most are a sign perhaps, up to eight digits and perhaps a point among them: a
 * word of text has room for these, and a vector of words for several numbers, read without a jump.
 * What is not of that form, and what is so near the middle between two floats that more precision
 * is needed to tell which is the nearest, is read one by one. */
#include "simd.h"

#include "base/memory.h"
#include "base/read_float.h"
#include "kernel/vector/names.h"

static inline bool read_one(const char *const begin, const char *const end, float *const x)
{
    float number = 0.0F;
    const bool read = smi_read_float(begin, end, &number);
    *x = read ? number + 0.0F : NAN;
    return read;
}

#ifdef SMI_TEXTS

enum { CHARACTER = 8 }; /* bits */

/* A lane is all ones where the two are equal, or else 0. */
static inline smi_words equal(const smi_words a, const uint64_t b)
{
    return (smi_words)(a == b);
}

/* The number without its point and sign, as text that ends where the word does, with zero bytes
 * before it. */
typedef struct plain_digits {
    smi_words text;
    smi_words count;
    smi_words decimals; /* all ones in the bytes behind the point; without a point, everywhere */
} plain_digits;

/* The text before its last byte, and all of it, lie in words that end where they do; digits before
 * the point are where they belong in the one, those behind it in the other. Where `length` is more
 * than nine bytes, or nine without a point among the last eight, so is `count` more than eight. */
static inline plain_digits without_point(const smi_words first, const smi_words length,
                                         const smi_words last)
{
    const smi_words before = smi_shift_up(smi_load_texts(first), CHARACTER * (9 - length));
    const smi_words text = before >> CHARACTER | smi_load_texts(last) << 7 * CHARACTER;
    const smi_words other = text ^ SMI_BYTES8_OF('.');
    const smi_words point =
        ~(((other & ~SMI_BYTES8_TOPS) + ~SMI_BYTES8_TOPS) | other) & SMI_BYTES8_TOPS;
    const smi_words pointless = equal(point, 0);
    const smi_words decimals = -(point << 1) | pointless;
    return (plain_digits){.text = (text & decimals) | (before & ~decimals),
                          .count = length - 1 - pointless,
                          .decimals = decimals};
}

/* Below 2^52, whose doubles differ by 1. */
static inline smi_doubles as_doubles(const smi_words integers)
{
    static const uint64_t two_to_the_52 = (uint64_t)(1023 + 52) << 52;
    return (smi_doubles)(integers | two_to_the_52) - 0x1p52;
}

/* As smi_is_near_middle(): all ones where it is. */
static inline smi_words near_middle(const smi_doubles numbers)
{
    static const uint64_t below_float = ((uint64_t)1 << 29) - 1;
    static const uint64_t middle = (uint64_t)1 << 28;
    static const uint64_t error = 4;
    typedef int64_t signed_words __attribute__((vector_size(sizeof(smi_words))));
    const smi_words distance = ((smi_words)numbers - (middle - error)) & below_float;
    return (smi_words)((signed_words)distance <= (int64_t)(2 * error));
}

/* Reads SMI_TEXTS texts. A bit for each that has to be read by itself. */
static inline unsigned read_several(const char *const *const begin, const char *const *const end,
                                    float *const x)
{
    static const double units[8] = {1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
    static const uint64_t top = (uint64_t)1 << 63;
    const smi_words at = smi_load_places(begin);
    const smi_words behind = smi_load_places(end);

    /* Cut off the sign. A text without any byte has no last one, and no digit in the end. */
    const smi_words sign = smi_load_texts(at) & 0xff;
    const smi_words negative = equal(sign, '-');
    const smi_words first = at - (negative | equal(sign, '+'));
    const smi_words last = behind - 1 - (smi_words)(at == behind);

    /* Characters to digits, and to a number. */
    const plain_digits plain = without_point(first, behind - first, last);
    const smi_words zeros =
        smi_shift_up((smi_words){0} + SMI_BYTES8_OF('0'), CHARACTER * (8 - plain.count));
    const smi_words digits = plain.text ^ zeros;
    const smi_words no_digits =
        (((digits & ~SMI_BYTES8_TOPS) + SMI_BYTES8_OF(0x80 - 10)) | digits) & SMI_BYTES8_TOPS;
    const smi_doubles size = as_doubles(smi_join_digits(digits)) *
                             smi_pick_eighth(units, smi_count_bytes(plain.decimals));

    smi_store_as_floats(x, (smi_doubles)((smi_words)size | (negative & top)) + 0.0);
    return smi_which(no_digits | ((plain.count - 1) & ~(uint64_t)7) | near_middle(size));
}

/* The last texts may be among those that were read before. */
size_t SMI_FOR_ISA(smi_read_numbers)(const char *const *const begin, const char *const *const end,
                                     const size_t count, float *const x)
{
    size_t others = 0;
    size_t done = 0;
    while (count >= SMI_TEXTS && done < count) {
        const size_t first = smi_min_size(done, count - SMI_TEXTS);
        unsigned left = read_several(begin + first, end + first, x + first);
        for (; left != 0; left &= left - 1) {
            const size_t i = first + (size_t)__builtin_ctz(left);
            others += !read_one(begin[i], end[i], &x[i]) && i >= done;
        }
        done = first + SMI_TEXTS;
    }
    for (; done < count; done++) {
        others += !read_one(begin[done], end[done], &x[done]);
    }
    return others;
}

#else

size_t SMI_FOR_ISA(smi_read_numbers)(const char *const *const begin, const char *const *const end,
                                     const size_t count, float *const x)
{
    size_t others = 0;
    for (size_t i = 0; i < count; i++) {
        others += !read_one(begin[i], end[i], &x[i]);
    }
    return others;
}

#endif
