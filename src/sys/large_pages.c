#include "sys/large_pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"

enum {
    PAGE = 2 << 20,
    LEAST = PAGE / 2 /* bytes: fewer are not worth rounding up */
};

void *smi_large_bytes(const size_t size)
{
    if (size < (size_t)LEAST) {
        return smi_bytes(size);
    }
    if (size > SIZE_MAX - PAGE) {
        return NULL;
    }
    const size_t whole = smi_round_up(size, PAGE);
    void *const memory = aligned_alloc(PAGE, whole);
#ifdef MADV_HUGEPAGE
    if (memory != NULL) {
        (void)madvise(memory, whole, MADV_HUGEPAGE); /* advice: all works without */
    }
#endif
    return memory;
}

void smi_give_back(void *const memory, const size_t size)
{
    char *const end = (char *)memory + size;
    char *const first = (char *)memory + (size_t)(-(uintptr_t)memory % PAGE);
    if (first < end && end - first >= PAGE) {
        (void)madvise(first, (size_t)(end - first) / PAGE * PAGE, MADV_DONTNEED); /* or stays */
    }
}

void *smi_large_array(const size_t count, const size_t size)
{
    size_t bytes = 0;
    if (!smi_multiply_size(count, size, &bytes)) {
        return NULL;
    }
    void *const memory = smi_large_bytes(bytes);
    if (memory != NULL) {
        memset(memory, 0, bytes);
    }
    return memory;
}
