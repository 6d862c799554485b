/* Memory that ends where nothing may be touched: one byte read or written beyond it ends the test
 * program. What lies just before is a pattern, in which a write is seen. */
#ifndef TESTS_SUPPORT_GUARDED_H
#define TESTS_SUPPORT_GUARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct guarded {
    uint8_t *memory;
    size_t capacity; /* bytes up to the guard page */
} guarded;

/* capacity: at least this many bytes. Freed by guarded_free(). */
guarded guarded_make(size_t capacity);
void guarded_free(guarded *block);

/* The last `size` bytes, size ≤ capacity; what lies before them becomes the pattern. */
void *guarded_last(const guarded *block, size_t size);

/* Whether what lies before the last `size` bytes is still the pattern. */
bool guarded_intact(const guarded *block, size_t size);

#endif
