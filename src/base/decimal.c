#include "base/decimal.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes8.h"
#include "base/digits8.h"
#include "base/memory.h"
#include "base/plain_locale.h"
#include "base/read_float.h"

/* A number as it is written: digits · 10^exponent. Digits beyond the 19th are left off, which
 * changes it by less than a part in 10^18. */
typedef struct decimal {
    uint64_t digits;
    int64_t exponent;
    bool negative;
} decimal;

enum { MOST_DIGITS = 19, EXACT_POWERS = 23 };

/* All powers of ten that a double holds exactly. */
static const double powers[EXACT_POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* The value of a digit; 10 or more when the character is none. */
static inline unsigned digit_of(const char character)
{
    return (unsigned)(unsigned char)character - (unsigned)'0';
}

/* ---- what is written ---- */

/* What text may be read: what it has, or up to SMI_DECIMAL_MARGIN bytes behind its end as well. */
typedef enum reach { WITHIN, WITH_MARGIN } reach;

/* The next eight bytes; where fewer are left, what is behind them means nothing. */
static inline uint64_t next_bytes(const char *const at, const size_t left, const reach may_read)
{
    const unsigned char *const b = (const unsigned char *)at;
    if (left >= 8 || may_read == WITH_MARGIN) {
        return smi_bytes8_at(at);
    }
    if (left >= 4) {
        return smi_bytes4_at(at) | smi_bytes4_at(at + left - 4) << 8 * (left - 4);
    }
    return left == 0 ? 0
                     : (uint64_t)b[0] | (uint64_t)b[left / 2] << 8 * (left / 2) |
                           (uint64_t)b[left - 1] << 8 * (left - 1);
}

/* Ten to the power of the place. */
static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};

/* Takes the exponent behind "e"; NULL when there is none. */
static const char *scan_exponent(const char *at, const char *const end, decimal *const number)
{
    static const int64_t beyond_all = 1000000; /* too small or too large, however many digits */
    const bool negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    const char *const first = at;
    int64_t exponent = 0;
    for (; at < end && digit_of(*at) < 10; at++) {
        exponent = exponent < beyond_all ? 10 * exponent + (int64_t)digit_of(*at) : exponent;
    }
    number->exponent += negative ? -exponent : exponent;
    return at == first ? NULL : at;
}

/* Takes digits and adds them to those of the number, modulo 2^64. */
static inline const char *take_digits(const char *at, const char *const end, const reach may_read,
                                      uint64_t *const digits)
{
    for (;;) {
        const size_t left = (size_t)(end - at);
        const uint64_t values = next_bytes(at, left, may_read) ^ SMI_BYTES8_OF('0');
        const uint64_t others = smi_digits8_others(values);
        if (others == 0 && left >= 8) {
            *digits = *digits * 100000000 + smi_digits8_join(values);
            at += 8;
            continue;
        }
        const size_t count =
            smi_min_size(others == 0 ? 7 : (size_t)__builtin_ctzll(others) / 8, left);
        *digits = *digits * tens[count] + smi_digits8_join(smi_digits8_move_up(values, count));
        return at + count;
    }
}

/* The digits at `first`, the point among them at `point`, if any, and more than MOST_DIGITS. */
static void leave_off_digits(const char *const first, const char *const point,
                             const char *const behind, decimal *const number)
{
    uint64_t digits = 0;
    int64_t exponent = 0;
    unsigned significant = 0;
    for (const char *at = first; at < behind; at++) {
        if (at != point) {
            const bool kept = significant < MOST_DIGITS;
            digits = kept ? 10 * digits + digit_of(*at) : digits;
            significant += digits != 0;
            exponent += (at < point && !kept) - (at > point && kept);
        }
    }
    number->digits = digits;
    number->exponent = exponent;
}

/* Finds the number's end; NULL when there is no number. */
static inline const char *scan(const char *at, const char *const end, const reach may_read,
                               decimal *const number)
{
    number->digits = 0;
    number->negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    const char *const first = at;
    const char *const point = take_digits(first, end, may_read, &number->digits);
    const bool has_point = point < end && *point == '.';
    at = has_point ? take_digits(point + 1, end, may_read, &number->digits) : point;
    number->exponent = has_point ? point + 1 - at : 0;
    if (at - first <= has_point) { /* no digit on either side of the point */
        return NULL;
    }
    if (at - first > MOST_DIGITS) {
        leave_off_digits(first, point, at, number);
    }
    return at < end && (*at == 'e' || *at == 'E') ? scan_exponent(at + 1, end, number) : at;
}

/* ---- what it comes to ---- */

/* Without a jump. */
static inline float smi_with_sign(const float size, const bool negative)
{
    float result = 0.0F;
    uint32_t bits = 0;
    memcpy(&bits, &size, sizeof bits);
    bits |= (uint32_t)negative << 31;
    memcpy(&result, &bits, sizeof bits);
    return result;
}

/* One multiplication or division in double leaves an error of some three units in the last place:
 * two roundings and the digits that were left off. The float nearest to the result is then also
 * nearest to the number, unless the result is within that of the middle between two floats. */
static bool convert_fast(const decimal *const number, float *const value)
{
    if (number->exponent <= -EXACT_POWERS || number->exponent >= EXACT_POWERS) {
        return false;
    }
    const double digits = (double)number->digits;
    const double size = number->exponent < 0 ? digits / powers[-number->exponent]
                                             : digits * powers[number->exponent];
    const bool of_usual_size = size >= 2.0 * (double)FLT_MIN && size <= (double)FLT_MAX / 2.0;
    if (smi_is_near_middle(size) || !(of_usual_size || number->digits == 0)) {
        return false;
    }
    *value = smi_with_sign((float)size, number->negative);
    return true;
}

/* The C library's conversion, which is exact, of the number's text. */
static bool convert_exactly(const char *const text, const size_t length, float *const value)
{
    char copy[SMI_LONGEST_DECIMAL + 1];
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end = NULL;
    const float converted = smi_plain_strtof(copy, &end);
    if (!isfinite(converted)) {
        return false;
    }
    *value = converted;
    return true;
}

/* Any number. */
static bool take_any(const char **const at, const char *const end, const reach may_read,
                     float *const value)
{
    decimal number;
    const char *const behind =
        may_read == WITHIN ? scan(*at, end, WITHIN, &number) : scan(*at, end, WITH_MARGIN, &number);
    if (behind == NULL || behind - *at > SMI_LONGEST_DECIMAL ||
        (!convert_fast(&number, value) && !convert_exactly(*at, (size_t)(behind - *at), value))) {
        return false;
    }
    *at = behind;
    return true;
}

bool smi_take_float_in_margin(const char **const at, const char *const end, float *const value)
{
    return take_any(at, end, WITH_MARGIN, value);
}

bool smi_take_float(const char **const at, const char *const end, float *const value)
{
    return take_any(at, end, WITHIN, value);
}
