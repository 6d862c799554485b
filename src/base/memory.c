#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool smi_multiply_size(const size_t a, const size_t b, size_t *const result)
{
    if (a != 0 && b > SIZE_MAX / a) {
        return false;
    }
    *result = a * b;
    return true;
}

bool smi_add_size(const size_t a, const size_t b, size_t *const result)
{
    if (b > SIZE_MAX - a) {
        return false;
    }
    *result = a + b;
    return true;
}

void *smi_bytes(const size_t size)
{
    size_t padded = 0;
    if (!smi_add_size(size, SMI_ALIGNMENT, &padded)) {
        return NULL;
    }
    return aligned_alloc(SMI_ALIGNMENT, padded / SMI_ALIGNMENT * SMI_ALIGNMENT);
}

void *smi_array(const size_t count, const size_t size)
{
    size_t bytes = 0;
    if (!smi_multiply_size(count, size, &bytes)) {
        return NULL;
    }
    void *const memory = smi_bytes(bytes);
    if (memory != NULL) {
        memset(memory, 0, bytes);
    }
    return memory;
}

void smi_free(void *const memory)
{
    free(memory);
}

char *smi_copy_text(const char *const text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = smi_array(size, 1);
    if (copy != NULL) {
        memcpy(copy, text, size);
    }
    return copy;
}
