/* Numbers whose end is known, as those of a cell or a word: the short way of most of them. */
#ifndef SMI_BASE_READ_FLOAT_H
#define SMI_BASE_READ_FLOAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/decimal.h"
#include "base/digits8.h"

/* The middle between two floats is so near that the double, which is off by no more than some three
 * units in its last place, does not tell on which side of it the number is. */
static inline bool smi_is_near_middle(const double value)
{
    static const uint64_t below_float = ((uint64_t)1 << 29) - 1; /* bits that a float lacks */
    static const uint64_t middle = (uint64_t)1 << 28;
    static const uint64_t error = 4;
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return (bits & below_float) - (middle - error) <= 2 * error;
}

/* Reads at … end − 1 if it is a number of up to seven digits on either side of the point and no
 * exponent, which is most of what there is: without jumps that are hard to predict, as those for
 * signs and lengths are. Where digits seem to go on behind the end, or end before it, it is not of
 * that form, or no number. */
static inline bool smi_read_short_float(const char *const at, const char *const end,
                                        float *const value)
{
    static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    static const double units[][8] = {{1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7},
                                      {-1e0, -1e-1, -1e-2, -1e-3, -1e-4, -1e-5, -1e-6, -1e-7}};
    if (at == end) {
        return false;
    }
    const bool negative = *at == '-';
    const char *const first = at + (negative | (*at == '+'));
    const uint64_t whole = smi_digits8_at(first);
    const size_t whole_count = smi_digits8_count(whole);
    const char *const point = first + whole_count;
    const uint64_t upper = smi_digits8_move_up(whole, whole_count);
    if (point == end) { /* a whole number, which a float holds as it is */
        *value = (float)((double)(int64_t)smi_digits8_join(upper) * units[negative][0]);
        return whole_count > 0;
    }
    const uint64_t part = smi_digits8_at(point + 1);
    const size_t part_count = smi_digits8_count(part);
    const size_t count = whole_count + part_count;
    if (*point != '.' || point + 1 + part_count != end || count == 0) {
        return false;
    }
    const uint64_t lower = smi_digits8_move_up(part, part_count);
    const uint64_t digits =
        count <= 8 ? smi_digits8_join(upper >> 8 * part_count | lower)
                   : smi_digits8_join(upper) * tens[part_count] + smi_digits8_join(lower);
    const double number = (double)(int64_t)digits * units[negative][part_count];
    *value = (float)number;
    return !smi_is_near_middle(number);
}

/* Reads at … end − 1, all of which must be a number as smi_take_float() takes it, to the same
 * float. False, and *value of no meaning, when it is not. Behind the end SMI_DECIMAL_MARGIN bytes
 * may be read, which mean nothing. */
static inline bool smi_read_float(const char *at, const char *const end, float *const value)
{
    return smi_read_short_float(at, end, value) ||
           (smi_take_float_in_margin(&at, end, value) && at == end);
}

#endif
