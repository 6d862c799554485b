/* A digest of 64 bits: it tells other content, and damage by accident. Not for secrets. */
#ifndef SMI_BASE_HASH_H
#define SMI_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

static const uint64_t SMI_HASH_START = 0x243f6a8885a308d3;

/* The digest of what came before, with one more number. For a given digest each number leads to
 * another, and for a given number each digest: one change is always seen. */
static inline uint64_t smi_hash_u64(const uint64_t hash, const uint64_t number)
{
    const uint64_t mixed = (hash ^ number) * 0x9e3779b97f4a7c15;
    return mixed ^ mixed >> 32;
}

/* The same with bytes, and how many they are. */
uint64_t smi_hash_bytes(uint64_t hash, const void *bytes, size_t size);

/* The same with a text; NULL differs from all texts. */
uint64_t smi_hash_text(uint64_t hash, const char *text);

#endif
