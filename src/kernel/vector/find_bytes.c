/* Bytes found in blocks of text. */
#include "simd.h"

#include <string.h>

#include "kernel/vector/names.h"

enum { BLOCK = 64 };

#ifndef SMI_FINDS_TWO

typedef unsigned char sixteen_bytes __attribute__((vector_size(16)));
typedef uint64_t two_words __attribute__((vector_size(16)));

/* A bit for each byte that is one of the two. */
static inline uint64_t smi_find_two(const char *const text, const char first, const char second)
{
    static const sixteen_bytes bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    static const uint64_t ones = 0x0101010101010101U; /* times these: all bytes added up, on top */
    const sixteen_bytes zeros = {0};
    const sixteen_bytes firsts = zeros + (unsigned char)first;
    const sixteen_bytes seconds = zeros + (unsigned char)second;
    uint64_t marks = 0;
    for (size_t i = 0; i < BLOCK; i += sizeof bits) {
        sixteen_bytes bytes;
        memcpy(&bytes, text + i, sizeof bytes);
        const sixteen_bytes found = (sixteen_bytes)((bytes == firsts) | (bytes == seconds)) & bits;
        const two_words words = (two_words)found;
        marks |= (words[0] * ones >> 56 | words[1] * ones >> 56 << 8) << i;
    }
    return marks;
}

#endif

void SMI_FOR_ISA(smi_find_bytes)(const char *const text, const size_t blocks, const char first,
                                 const char second, uint64_t *const marks)
{
    for (size_t b = 0; b < blocks; b++) {
        marks[b] = smi_find_two(text + BLOCK * b, first, second);
    }
}
