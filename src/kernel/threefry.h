/* Threefry-2x32-13 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011): 64 random bits from a key and a counter, without any state. Two counters, or two keys,
 * that differ in one bit give unrelated bits; 13 rounds are the fewest that pass all tests of
 * BigCrush. Nothing but 32-bit additions, rotations and exclusive-or, which every instruction set
 * does a vector at a time. Not for secrets. */
#ifndef SMI_KERNEL_THREEFRY_H
#define SMI_KERNEL_THREEFRY_H

#include <stddef.h>
#include <stdint.h>

typedef struct smi_two_words {
    uint32_t word[2];
} smi_two_words;

/* Always inlined: a loop over counters around it is to become one over vectors. */
__attribute__((always_inline)) static inline smi_two_words smi_threefry(const smi_two_words key,
                                                                        const smi_two_words counter)
{
    enum { ROUNDS = 13 };
    static const unsigned rotations[8] = {13, 15, 26, 6, 17, 29, 16, 24};
    const uint32_t schedule[3] = {key.word[0], key.word[1],
                                  UINT32_C(0x1bd11bda) ^ key.word[0] ^ key.word[1]};
    uint32_t a = counter.word[0] + schedule[0];
    uint32_t b = counter.word[1] + schedule[1];
#pragma GCC unroll 13
    for (unsigned round = 0; round < ROUNDS; round++) {
        const unsigned bits = rotations[round % 8];
        a += b;
        b = (b << bits | b >> (32 - bits)) ^ a;
        if (round % 4 == 3) {
            const unsigned turn = round / 4 + 1;
            a += schedule[turn % 3];
            b += schedule[(turn + 1) % 3] + turn;
        }
    }
    return (smi_two_words){{a, b}};
}

#endif
