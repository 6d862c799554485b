#include "base/hash.h"

#include <string.h>

uint64_t smi_hash_bytes(const uint64_t hash, const void *const bytes, const size_t size)
{
    const uint8_t *const at = bytes;
    uint64_t result = smi_hash_u64(hash, size);
    uint64_t word = 0;
    size_t i = 0;
    for (; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, at + i, sizeof word);
        result = smi_hash_u64(result, word);
    }
    if (i < size) {
        word = 0;
        memcpy(&word, at + i, size - i);
        result = smi_hash_u64(result, word);
    }
    return result;
}

uint64_t smi_hash_text(const uint64_t hash, const char *const text)
{
    return text == NULL ? smi_hash_u64(hash, SIZE_MAX) : smi_hash_bytes(hash, text, strlen(text));
}
