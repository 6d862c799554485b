/* Aligned memory, and arithmetic on sizes that cannot wrap. */
#ifndef SMI_BASE_MEMORY_H
#define SMI_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* What every array is aligned to: a cache line, and the widest vector. */
enum { SMI_ALIGNMENT = 64 };

/* *result = a · b or a + b; false, and *result untouched, when it does not fit. */
bool smi_multiply_size(size_t a, size_t b, size_t *result);
bool smi_add_size(size_t a, size_t b, size_t *result);

/* An array of count elements of `size` bytes, SMI_ALIGNMENT-aligned, all zero; NULL when there is
 * not the memory or count · size overflows. A count of 0 gives a valid pointer. Freed by
 * smi_free(). */
void *smi_array(size_t count, size_t size);

/* The same for `size` bytes that are about to be overwritten: they are not set to zero. */
void *smi_bytes(size_t size);

/* Frees what the functions here made; NULL is accepted. */
void smi_free(void *memory);

/* A copy of the text, to be freed by smi_free(); NULL when there is not the memory. */
char *smi_copy_text(const char *text);

/* The smallest multiple of `step` that is ≥ value; value + step must not overflow. */
static inline size_t smi_round_up(const size_t value, const size_t step)
{
    return (value + step - 1) / step * step;
}

static inline size_t smi_min_size(const size_t a, const size_t b)
{
    return a < b ? a : b;
}

static inline size_t smi_max_size(const size_t a, const size_t b)
{
    return a > b ? a : b;
}

#endif
