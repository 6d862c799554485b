#define _GNU_SOURCE /* strtof_l */

#include "base/decimal.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

/* Finds the number's end; NULL when there is no number. */
static const char *scan(const char *at, const char *const end, decimal *const number)
{
    uint64_t digits = 0;
    int64_t exponent = 0;
    unsigned significant = 0;
    number->negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    const char *const first = at;
    for (; at < end && digit_of(*at) < 10; at++) {
        const bool kept = significant < MOST_DIGITS;
        digits = kept ? 10 * digits + digit_of(*at) : digits;
        significant += digits != 0;
        exponent += !kept;
    }
    const char *const point = at;
    if (at < end && *at == '.') {
        for (at++; at < end && digit_of(*at) < 10; at++) {
            const bool kept = significant < MOST_DIGITS;
            digits = kept ? 10 * digits + digit_of(*at) : digits;
            significant += digits != 0;
            exponent -= kept;
        }
    }
    number->digits = digits;
    number->exponent = exponent;
    if (point == first && at - point < 2) { /* no digit on either side of the point */
        return NULL;
    }
    return at < end && (*at == 'e' || *at == 'E') ? scan_exponent(at + 1, end, number) : at;
}

/* One multiplication or division in double leaves an error of some three units in the last place:
 * two roundings and the digits that were left off. The float nearest to the result is then also
 * nearest to the number, unless the result is within that of the middle between two floats. */
static bool convert_fast(const decimal *const number, float *const value)
{
    static const uint64_t below_float = ((uint64_t)1 << 29) - 1; /* bits that a float lacks */
    static const uint64_t middle = (uint64_t)1 << 28;
    static const uint64_t error = 4;
    if (number->digits == 0) {
        *value = 0.0F;
        return true;
    }
    if (number->exponent <= -EXACT_POWERS || number->exponent >= EXACT_POWERS) {
        return false;
    }
    const double digits = (double)number->digits;
    const double result = number->exponent < 0 ? digits / powers[-number->exponent]
                                               : digits * powers[number->exponent];
    uint64_t bits = 0;
    memcpy(&bits, &result, sizeof bits);
    if ((bits & below_float) - (middle - error) <= 2 * error) {
        return false;
    }
    if (result < 2.0 * (double)FLT_MIN || result > (double)FLT_MAX / 2.0) {
        return false;
    }
    *value = (float)result;
    return true;
}

/* The C library's conversion, which is exact, of the number's text. */
static bool convert_exactly(const char *const text, const size_t length, float *const value)
{
    char copy[SMI_LONGEST_DECIMAL + 1];
    memcpy(copy, text, length);
    copy[length] = '\0';
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) {
        return false;
    }
    *value = strtof_l(copy, NULL, plain);
    freelocale(plain);
    return isfinite(*value);
}

bool smi_take_float(const char **const at, const char *const end, float *const value)
{
    decimal number;
    float converted = 0.0F;
    const char *const behind = scan(*at, end, &number);
    if (behind == NULL || behind - *at > SMI_LONGEST_DECIMAL) {
        return false;
    }
    if (convert_fast(&number, &converted)) {
        converted = number.negative ? -converted : converted;
    } else if (!convert_exactly(*at, (size_t)(behind - *at), &converted)) {
        return false;
    }
    *value = converted;
    *at = behind;
    return true;
}
