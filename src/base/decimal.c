#define _GNU_SOURCE /* strtof_l */

#include "base/decimal.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes8.h"
#include "base/memory.h"

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

/* A bit in each of eight values that is no digit's, and perhaps in others behind it. */
static inline uint64_t find_others(const uint64_t values)
{
    return (((values & ~SMI_BYTES8_TOPS) + SMI_BYTES8_OF(0x80 - 10)) | values) & SMI_BYTES8_TOPS;
}

/* The first `count` of eight values, fewer than eight, moved behind zeros. */
static inline uint64_t move_up(const uint64_t values, const size_t count)
{
    return values << 8 << (56 - 8 * count);
}

/* The number of eight digits. Neighbours are joined: eight digits to four numbers, to two, to one.
 */
static inline uint64_t join(const uint64_t digits)
{
    static const uint64_t every_fourth = 0x000000ff000000ffU;
    const uint64_t pairs = digits * 10 + (digits >> 8);
    return ((pairs & every_fourth) * (100 + ((uint64_t)1000000 << 32)) +
            (pairs >> 16 & every_fourth) * (1 + ((uint64_t)10000 << 32))) >>
           32;
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
        const uint64_t others = find_others(values);
        if (others == 0 && left >= 8) {
            *digits = *digits * 100000000 + join(values);
            at += 8;
            continue;
        }
        const size_t count =
            smi_min_size(others == 0 ? 7 : (size_t)__builtin_ctzll(others) / 8, left);
        *digits = *digits * tens[count] + join(move_up(values, count));
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

/* The middle between two floats is so near that the double does not tell on which side of it the
 * number is. */
static inline bool is_near_middle(const double value)
{
    static const uint64_t below_float = ((uint64_t)1 << 29) - 1; /* bits that a float lacks */
    static const uint64_t middle = (uint64_t)1 << 28;
    static const uint64_t error = 4;
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return (bits & below_float) - (middle - error) <= 2 * error;
}

/* Without a jump. */
static inline float with_sign(const float size, const bool negative)
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
    if (is_near_middle(size) || !(of_usual_size || number->digits == 0)) {
        return false;
    }
    *value = with_sign((float)size, number->negative);
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
    const float converted = strtof_l(copy, NULL, plain);
    freelocale(plain);
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

/* Whether a number that seems to end before `next` goes on. */
static inline bool goes_on(const char next)
{
    return digit_of(next) < 10 || next == 'e' || next == 'E';
}

/* Takes a number of up to seven digits on either side of the point and no exponent, which is most
 * of what there is: without jumps that are hard to predict, as those for signs and lengths are.
 * False when it is not of that form, or there is none. */
static inline bool take_short(const char **const at, const char *const end, float *const value)
{
    static const uint64_t last = (uint64_t)0x80 << 56; /* of eight bytes: never counted */
    const bool negative = **at == '-';
    const char *const first = *at + (negative | (**at == '+'));
    const uint64_t whole = smi_bytes8_at(first) ^ SMI_BYTES8_OF('0');
    const size_t whole_count = (size_t)__builtin_ctzll(find_others(whole) | last) / 8;
    const char *const point = first + whole_count;
    const size_t has_point = (size_t)(point < end) & (size_t)(*point == '.');
    const char *const second = point + has_point;
    const uint64_t part = smi_bytes8_at(second) ^ SMI_BYTES8_OF('0');
    const size_t part_count = has_point * ((size_t)__builtin_ctzll(find_others(part) | last) / 8);
    const char *const behind = second + part_count;
    const size_t count = whole_count + part_count;
    if (count == 0 || behind > end || (behind < end && goes_on(*behind))) {
        return false;
    }
    const uint64_t upper = move_up(whole, whole_count);
    const uint64_t lower = move_up(part, part_count);
    const uint64_t digits = count <= 8 ? join(upper >> 8 * part_count | lower)
                                       : join(upper) * tens[part_count] + join(lower);
    const double size = (double)(int64_t)digits / powers[part_count];
    if (is_near_middle(size)) {
        return false;
    }
    *value = with_sign((float)size, negative);
    *at = behind;
    return true;
}

bool smi_take_float_in_margin(const char **const at, const char *const end, float *const value)
{
    return take_short(at, end, value) || take_any(at, end, WITH_MARGIN, value);
}

bool smi_take_float(const char **const at, const char *const end, float *const value)
{
    enum { LOOKED_AT = 1 + 7 + 1 + 8 }; /* by take_short(), at most */
    return (end - *at >= LOOKED_AT && take_short(at, end, value)) ||
           take_any(at, end, WITHIN, value);
}
