/* FNV-1a, 64 bits: a checksum to pin down what must be the same on every platform. */
#ifndef TESTS_SUPPORT_FNV_H
#define TESTS_SUPPORT_FNV_H

#include <stdint.h>
#include <string.h>

static const uint64_t FNV_START = UINT64_C(0xcbf29ce484222325);

static inline uint64_t fnv_u32(uint64_t sum, const uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8) { /* little-endian, wherever it runs */
        sum = (sum ^ (value >> shift & 0xff)) * UINT64_C(0x100000001b3);
    }
    return sum;
}

static inline uint64_t fnv_f32(const uint64_t sum, const float value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return fnv_u32(sum, bits);
}

#endif
