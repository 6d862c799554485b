#include "support/allocations.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* The linker, told --wrap=malloc, takes calls of malloc for ones of __wrap_malloc. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static atomic_size_t made;
static atomic_size_t to_succeed = SIZE_MAX;
static atomic_size_t to_fail;
static atomic_size_t failed;

size_t allocations_made(void)
{
    return atomic_load(&made);
}

void allocations_fail(const size_t first, const size_t count)
{
    atomic_store(&failed, 0);
    atomic_store(&to_fail, count);
    atomic_store(&to_succeed, first);
}

size_t allocations_recover(void)
{
    atomic_store(&to_succeed, SIZE_MAX);
    return atomic_load(&failed);
}

/* For tests of one thread at a time, as the two numbers are not changed as one. */
static bool allowed(void)
{
    atomic_fetch_add(&made, 1);
    if (atomic_load(&to_succeed) > 0) {
        if (atomic_load(&to_succeed) != SIZE_MAX) {
            atomic_fetch_sub(&to_succeed, 1);
        }
        return true;
    }
    if (atomic_load(&failed) < atomic_load(&to_fail)) {
        atomic_fetch_add(&failed, 1);
        return false;
    }
    return true;
}

void *__wrap_malloc(const size_t size)
{
    return allowed() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(const size_t count, const size_t size)
{
    return allowed() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *const memory, const size_t size)
{
    return allowed() ? __real_realloc(memory, size) : NULL;
}

void *__wrap_aligned_alloc(const size_t alignment, const size_t size)
{
    return allowed() ? __real_aligned_alloc(alignment, size) : NULL;
}
