#include "base/random.h"

#include <math.h>

#include "base/portable_math.h"

static uint64_t rotate_left(const uint64_t value, const unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t split_mix(uint64_t *const state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

smi_random smi_random_start(const uint64_t seed, const uint64_t stream)
{
    uint64_t stream_state = stream;
    uint64_t state = seed ^ split_mix(&stream_state);
    smi_random random;
    for (size_t i = 0; i < 4; i++) {
        random.state[i] = split_mix(&state);
    }
    return random;
}

uint64_t smi_random_u64(smi_random *const random)
{
    uint64_t *const s = random->state;
    const uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double smi_random_double(smi_random *const random)
{
    return (double)(smi_random_u64(random) >> 11) * 0x1p-53;
}

float smi_random_float(smi_random *const random)
{
    return (float)(smi_random_u64(random) >> 40) * 0x1p-24F;
}

double smi_random_between(smi_random *const random, const double low, const double high)
{
    return low + (high - low) * smi_random_double(random);
}

uint64_t smi_random_below(smi_random *const random, const uint64_t bound)
{
    /* Values under 2^64 mod bound are drawn again, so that the rest divides evenly. */
    const uint64_t threshold = (0 - bound) % bound;
    uint64_t value = smi_random_u64(random);
    while (value < threshold) {
        value = smi_random_u64(random);
    }
    return value % bound;
}

double smi_random_normal(smi_random *const random)
{
    /* Marsaglia's polar method, without keeping the second value: the state stays the four words.
     * log comes from portable_math.h, as libraries differ in its last bit. */
    for (;;) {
        const double x = smi_random_between(random, -1.0, 1.0);
        const double y = smi_random_between(random, -1.0, 1.0);
        const double square = x * x + y * y;
        if (square > 0.0 && square < 1.0) {
            return x * sqrt(-2.0 * smi_portable_log(square) / square);
        }
    }
}

void smi_random_shuffle(smi_random *const random, size_t *const indices, const size_t count)
{
    for (size_t i = count; i > 1; i--) {
        const size_t j = (size_t)smi_random_below(random, i);
        const size_t swapped = indices[i - 1];
        indices[i - 1] = indices[j];
        indices[j] = swapped;
    }
}
