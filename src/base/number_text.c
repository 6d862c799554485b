#include "base/number_text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

/* digits · 10^exponent */
typedef struct decimal {
    uint64_t digits;
    int exponent;
} decimal;

/* ---- which digits ---- */

enum { LEAST_POWER = -30, MOST_POWER = 54 };

static const double powers[MOST_POWER - LEAST_POWER + 1] = {
    1e-30, 1e-29, 1e-28, 1e-27, 1e-26, 1e-25, 1e-24, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19, 1e-18,
    1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9,  1e-8,  1e-7,  1e-6,  1e-5,
    1e-4,  1e-3,  1e-2,  1e-1,  1e0,   1e1,   1e2,   1e3,   1e4,   1e5,   1e6,   1e7,   1e8,
    1e9,   1e10,  1e11,  1e12,  1e13,  1e14,  1e15,  1e16,  1e17,  1e18,  1e19,  1e20,  1e21,
    1e22,  1e23,  1e24,  1e25,  1e26,  1e27,  1e28,  1e29,  1e30,  1e31,  1e32,  1e33,  1e34,
    1e35,  1e36,  1e37,  1e38,  1e39,  1e40,  1e41,  1e42,  1e43,  1e44,  1e45,  1e46,  1e47,
    1e48,  1e49,  1e50,  1e51,  1e52,  1e53,  1e54};

/* Two to a power from −1022 on. */
static double two_to(const int power)
{
    const uint64_t bits = (uint64_t)(power + 1023) << 52;
    double result = 0.0;
    memcpy(&result, &bits, sizeof result);
    return result;
}

/* The power of ten that brings a double into 10^8 … 10^9, or a rounding below. */
static int scale_of(const double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    const int exponent = (int)(bits >> 52) - 1023;
    /* log10(2) from below; exact enough for exponents of floats. */
    const int magnitude = (exponent * 1233 - (exponent < 0 ? 4095 : 0)) / 4096;
    const int power = 8 - magnitude;
    return value * powers[power - LEAST_POWER] < 1e9 ? power : power - 1;
}

/* All decimals between the middles to the next floats on either side are read as this one. What is
 * between them is looked for among multiples of 1, 10, 100, … while there is any. With the number
 * scaled to nine digits the middles are 2.9 apart from it or more, and rounding in double is off by
 * less than 10^-5: a margin of 10^-4 makes sure. */
static decimal shortest(const float value)
{
    static const double margin = 1e-4;
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    const int biased = (int)(bits >> 23);
    const double number = (double)value;
    const double above = two_to((biased > 0 ? biased : 1) - 127 - 24);
    const bool closer_below = (bits & 0x7fffff) == 0 && biased > 1;
    const double below = closer_below ? above / 2.0 : above;

    const int power = scale_of(number);
    const double scale = powers[power - LEAST_POWER];
    uint64_t least = (uint64_t)((number - below) * scale + margin) + 1;
    uint64_t most = (uint64_t)((number + above) * scale - margin);
    double scaled = number * scale;
    int dropped = 0;
    while ((least + 9) / 10 <= most / 10) {
        least = (least + 9) / 10;
        most = most / 10;
        scaled /= 10.0;
        dropped++;
    }
    const uint64_t nearest = (uint64_t)(scaled + 0.5);
    return (decimal){.digits = nearest < least  ? least
                               : nearest > most ? most
                                                : nearest,
                     .exponent = dropped - power};
}

/* ---- how they are written ---- */

/* Writes the digits of a number, without a NUL. */
static size_t put_digits(uint64_t value, char *const to)
{
    char backwards[20];
    size_t count = 0;
    do {
        backwards[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (size_t i = 0; i < count; i++) {
        to[i] = backwards[count - 1 - i];
    }
    return count;
}

/* d.ddde-10 */
static size_t put_scientific(const char *const digits, const int count, const int exponent,
                             char *const to)
{
    size_t length = 0;
    to[length++] = digits[0];
    if (count > 1) {
        to[length++] = '.';
        memcpy(to + length, digits + 1, (size_t)count - 1);
        length += (size_t)count - 1;
    }
    const int shown = exponent + count - 1;
    to[length++] = 'e';
    if (shown < 0) {
        to[length++] = '-';
    }
    return length + put_digits((uint64_t)(shown < 0 ? -shown : shown), to + length);
}

/* Zeros stand for an exponent while they are few. */
static size_t put_decimal(const decimal *const number, char *const to)
{
    enum { MOST_PLACES = 9, MOST_ZEROS = 4 };
    char digits[20];
    const int count = (int)put_digits(number->digits, digits);
    const int places = count + number->exponent; /* digits before the point */
    if (places > MOST_PLACES || places <= -MOST_ZEROS) {
        return put_scientific(digits, count, number->exponent, to);
    }
    size_t length = 0;
    if (places <= 0) {
        to[length++] = '0';
    }
    for (int i = places < 0 ? places : 0; i < count || i < places; i++) {
        if (i == places || (places <= 0 && length == 1)) {
            to[length++] = '.';
        }
        to[length++] = (char)(i < 0 || i >= count ? '0' : digits[i]);
    }
    return length;
}

size_t smi_float_text(const float value, char text[const SMI_NUMBER_TEXT_SIZE])
{
    static const float most_integer = 1e7F;
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    const bool negative = bits >> 31 != 0;
    const float size = negative ? -value : value;
    size_t length = 0;
    if (negative) {
        text[length++] = '-';
    }
    if (size < most_integer && size == (float)(int32_t)size) {
        length += put_digits((uint64_t)size, text + length);
    } else {
        const decimal number = shortest(size);
        length += put_decimal(&number, text + length);
    }
    text[length] = '\0';
    return length;
}

/* The C library's digits are right, but its point is the locale's. */
static size_t print_double(const double value, const int digits,
                           char text[const SMI_NUMBER_TEXT_SIZE])
{
    char printed[SMI_NUMBER_TEXT_SIZE + 16];
    (void)snprintf(printed, sizeof printed, "%.*g", digits, value);
    size_t length = 0;
    for (const char *at = printed; *at != '\0' && length < SMI_NUMBER_TEXT_SIZE - 1; at++) {
        if (strchr("0123456789+-e", *at) != NULL) {
            text[length++] = *at;
        } else if (length > 0 && text[length - 1] != '.') {
            text[length++] = '.';
        }
    }
    text[length] = '\0';
    return length;
}

size_t smi_double_text(const double value, char text[const SMI_NUMBER_TEXT_SIZE])
{
    enum { SURE_DIGITS = 15, ENOUGH_DIGITS = 17 };
    size_t length = 0;
    double back = 0.0;
    for (int digits = SURE_DIGITS; digits <= ENOUGH_DIGITS; digits++) {
        length = print_double(value, digits, text);
        if (smi_parse_double(text, &back) && back == value) { /* its sign is in the text */
            break;
        }
    }
    return length;
}

size_t smi_integer_text(const int64_t value, char text[const SMI_NUMBER_TEXT_SIZE])
{
    size_t length = 0;
    if (value < 0) {
        text[length++] = '-';
    }
    length += put_digits(value < 0 ? -(uint64_t)value : (uint64_t)value, text + length);
    text[length] = '\0';
    return length;
}

const char *smi_grouped_text(const uint64_t number, char text[SMI_NUMBER_TEXT_SIZE])
{
    char digits[SMI_NUMBER_TEXT_SIZE];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            text[length++] = ',';
        }
        text[length++] = digits[i];
    }
    text[length] = '\0';
    return text;
}

const char *smi_counted_text(const uint64_t count, const char *const noun,
                             char text[SMI_COUNTED_SIZE])
{
    char number[SMI_NUMBER_TEXT_SIZE];
    const size_t length = strlen(noun);
    const char *const many = length > 0 && noun[length - 1] == 's' ? "es" : "s";
    (void)snprintf(text, SMI_COUNTED_SIZE, "%s %s%s", smi_grouped_text(count, number), noun,
                   count == 1 ? "" : many);
    return text;
}
