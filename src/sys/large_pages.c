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

void *smi_large_array(const size_t count, const size_t size)
{
    size_t bytes = 0;
    if (!smi_multiply_size(count, size, &bytes) || bytes > SIZE_MAX - PAGE) {
        return NULL;
    }
    if (bytes < (size_t)LEAST) {
        return smi_array(count, size);
    }
    const size_t whole = smi_round_up(bytes, PAGE);
    void *const memory = aligned_alloc(PAGE, whole);
    if (memory != NULL) {
#ifdef MADV_HUGEPAGE
        (void)madvise(memory, whole, MADV_HUGEPAGE); /* advice: all works without */
#endif
        memset(memory, 0, bytes);
    }
    return memory;
}
