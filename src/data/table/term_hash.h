/* The hash of terms and categories. It is part of the format of models that hash, and is therefore
 * the same everywhere and for good: docs/model-format.md. */
#ifndef SMI_DATA_TABLE_TERM_HASH_H
#define SMI_DATA_TABLE_TERM_HASH_H

#include <stddef.h>
#include <stdint.h>

static const uint64_t SMI_TERM_HASH_START = 0xcbf29ce484222325;

/* FNV-1a of what came before, with these bytes. */
static inline uint64_t smi_hash_term_bytes(uint64_t hash, const char *const at, const size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)at[i]) * 0x100000001b3;
    }
    return hash;
}

/* Spreads what FNV-1a has in some bits over all of them: the last steps of MurmurHash3. */
static inline uint64_t smi_hash_term_end(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
    return hash ^ hash >> 33;
}

static inline uint64_t smi_hash_term(const char *const at, const size_t length)
{
    return smi_hash_term_end(smi_hash_term_bytes(SMI_TERM_HASH_START, at, length));
}

/* The most bits that are asked for. */
enum { SMI_MOST_HASH_BITS = 24 };

/* The place of a hash among 2^bits, 1 ≤ bits ≤ 32: its lowest bits. */
static inline size_t smi_hash_place(const uint64_t hash, const unsigned bits)
{
    return (size_t)(hash & ((UINT64_C(1) << bits) - 1));
}

/* The sign with which a term of a text counts at its place, so that terms that share one do not
 * add up in the mean: Weinberger et al., "Feature hashing for large scale multitask learning",
 * ICML 2009. The highest bit. */
static inline double smi_hash_sign(const uint64_t hash)
{
    return hash >> 63 == 0 ? 1.0 : -1.0;
}

#endif
