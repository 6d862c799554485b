#include "base/cursor.h"

smi_cursor smi_cursor_over(const void *const bytes, const size_t size)
{
    const uint8_t *const first = bytes;
    return (smi_cursor){.at = first, .end = first + size};
}

size_t smi_cursor_remaining(const smi_cursor *const cursor)
{
    return (size_t)(cursor->end - cursor->at);
}

bool smi_cursor_take_bytes(smi_cursor *const cursor, const size_t size, const uint8_t **const bytes)
{
    if (smi_cursor_remaining(cursor) < size) {
        return false;
    }
    *bytes = cursor->at;
    cursor->at += size;
    return true;
}

bool smi_cursor_take_u8(smi_cursor *const cursor, uint8_t *const value)
{
    const uint8_t *bytes = NULL;
    if (!smi_cursor_take_bytes(cursor, 1, &bytes)) {
        return false;
    }
    *value = bytes[0];
    return true;
}

bool smi_cursor_take_u32_big_endian(smi_cursor *const cursor, uint32_t *const value)
{
    const uint8_t *bytes = NULL;
    if (!smi_cursor_take_bytes(cursor, 4, &bytes)) {
        return false;
    }
    *value = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
             (uint32_t)bytes[3];
    return true;
}

bool smi_cursor_take_u64_little_endian(smi_cursor *const cursor, uint64_t *const value)
{
    const uint8_t *bytes = NULL;
    if (!smi_cursor_take_bytes(cursor, 8, &bytes)) {
        return false;
    }
    *value = 0;
    for (size_t i = 8; i-- > 0;) {
        *value = *value << 8 | bytes[i];
    }
    return true;
}
