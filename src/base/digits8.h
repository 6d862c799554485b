/* Eight characters of text in one word, as digits: how many of them are, and what number they make,
 * without a jump for each. */
#ifndef SMI_BASE_DIGITS8_H
#define SMI_BASE_DIGITS8_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes8.h"

/* The values of eight characters, each in its byte; below 10 where the character is a digit. */
static inline uint64_t smi_digits8_at(const char *const at)
{
    return smi_bytes8_at(at) ^ SMI_BYTES8_OF('0');
}

/* A bit in each of eight values that is no digit's, and perhaps in others behind it. */
static inline uint64_t smi_digits8_others(const uint64_t values)
{
    return (((values & ~SMI_BYTES8_TOPS) + SMI_BYTES8_OF(0x80 - 10)) | values) & SMI_BYTES8_TOPS;
}

/* How many digits come first: of eight values the last one is never counted. */
static inline size_t smi_digits8_count(const uint64_t values)
{
    static const uint64_t last = (uint64_t)0x80 << 56;
    return (size_t)__builtin_ctzll(smi_digits8_others(values) | last) / 8;
}

/* The first `count` of eight values, fewer than eight, moved behind zeros. */
static inline uint64_t smi_digits8_move_up(const uint64_t values, const size_t count)
{
    return values << 8 << (56 - 8 * count);
}

/* The number of eight digits. Neighbours are joined: eight digits to four numbers, to two, to one.
 */
static inline uint64_t smi_digits8_join(const uint64_t digits)
{
    static const uint64_t every_fourth = 0x000000ff000000ffU;
    const uint64_t pairs = digits * 10 + (digits >> 8);
    return ((pairs & every_fourth) * (100 + ((uint64_t)1000000 << 32)) +
            (pairs >> 16 & every_fourth) * (1 + ((uint64_t)10000 << 32))) >>
           32;
}

#endif
