/* A place in bytes from outside. It moves on only when what was asked for is there. */
#ifndef SMI_BASE_CURSOR_H
#define SMI_BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct smi_cursor {
    const uint8_t *at;
    const uint8_t *end; /* one past the last byte */
} smi_cursor;

smi_cursor smi_cursor_over(const void *bytes, size_t size);
size_t smi_cursor_remaining(const smi_cursor *cursor);

/* Each returns false, and leaves the cursor where it was, when too few bytes remain. */
bool smi_cursor_take_u8(smi_cursor *cursor, uint8_t *value);
bool smi_cursor_take_u32_big_endian(smi_cursor *cursor, uint32_t *value);
bool smi_cursor_take_u64_little_endian(smi_cursor *cursor, uint64_t *value);

/* The bytes stay where they are: *bytes points at them. */
bool smi_cursor_take_bytes(smi_cursor *cursor, size_t size, const uint8_t **bytes);

#endif
