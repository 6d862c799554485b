#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* The length of the well-formed sequence that starts here, 1 … 4; 0 when there is none. */
static size_t sequence(const unsigned char *const at, const size_t left)
{
    const unsigned first = at[0];
    if (first < 0x80) {
        return first != 0;
    }
    if (first < 0xc2 || first > 0xf4) {
        return 0;
    }
    const size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    for (size_t i = 1; i < length; i++) {
        if (i == left || (at[i] & 0xc0U) != 0x80) {
            return 0;
        }
    }
    /* Overlong forms, surrogates, and what lies beyond U+10FFFF. */
    const bool wrong = (first == 0xe0 && at[1] < 0xa0) || (first == 0xed && at[1] > 0x9f) ||
                       (first == 0xf0 && at[1] < 0x90) || (first == 0xf4 && at[1] > 0x8f);
    return wrong ? 0 : length;
}

size_t smi_byte_order_mark(const char *const at, const char *const end)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t length = sizeof mark - 1;
    return (size_t)(end - at) >= length && memcmp(at, mark, length) == 0 ? length : 0;
}

/* `count` bytes, eight at once, all of them ASCII and none of them NUL. */
static inline bool plain(const char *const at, const size_t count)
{
    static const uint64_t ones = 0x0101010101010101U;
    uint64_t others = 0;
    for (size_t i = 0; i < count; i += sizeof others) {
        uint64_t bytes = 0;
        memcpy(&bytes, at + i, sizeof bytes);
        others |= bytes | (bytes - ones);
    }
    return (others & (ones << 7)) == 0;
}

const char *smi_find_bad_text(const char *at, const char *const end)
{
    while (at < end) {
        while (end - at >= 64 && plain(at, 64)) {
            at += 64;
        }
        while (end - at >= 8 && plain(at, 8)) {
            at += 8;
        }
        const size_t length =
            at == end ? 0 : sequence((const unsigned char *)at, (size_t)(end - at));
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return at;
}

bool smi_is_utf8(const char *const text)
{
    const char *const end = text + strlen(text);
    return smi_find_bad_text(text, end) == end;
}

size_t smi_character_length(const char *const at)
{
    return sequence((const unsigned char *)at, 4); /* a NUL ends it before */
}

uint32_t smi_character_code(const char *const at, const size_t length)
{
    /* The first byte says in its upper bits how long it is. */
    uint32_t code = (unsigned char)at[0] & (length < 2 ? 0x7fU : 0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        code = code << 6 | ((unsigned char)at[i] & 0x3fU);
    }
    return code;
}

bool smi_is_control(const char *const at, const size_t length)
{
    const unsigned char first = (unsigned char)at[0];
    return (length == 1 && (first < 0x20 || first == 0x7f)) ||
           (length == 2 && first == 0xc2 && (unsigned char)at[1] < 0xa0);
}

/* ranges: from and to, of characters' numbers. */
static bool lies_in(const uint32_t code, const uint32_t (*const ranges)[2], const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

bool smi_is_unseen(const char *const at, const size_t length)
{
    static const uint32_t unseen[][2] = {{0x061c, 0x061c}, {0x200b, 0x200b}, {0x200e, 0x200f},
                                         {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
                                         {0xfff9, 0xfffb}};
    return lies_in(smi_character_code(at, length), unseen, sizeof unseen / sizeof *unseen);
}

size_t smi_character_columns(const char *const at, const size_t length)
{
    static const uint32_t wide[][2] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                                       {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                                       {0xfe30, 0xfe6f},   {0xff01, 0xff60},   {0xffe0, 0xffe6},
                                       {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff},
                                       {0x20000, 0x3fffd}};
    return lies_in(smi_character_code(at, length), wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

const char *smi_next_seen(const char *at, size_t *const length)
{
    for (*length = smi_character_length(at); smi_is_unseen(at, *length);
         *length = smi_character_length(at)) {
        at += *length;
    }
    return at;
}

size_t smi_count_seen(const char *const text)
{
    size_t count = 0;
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); *at != '\0';
         at = smi_next_seen(at, &length)) {
        at += length == 0 ? 1 : length;
        count++;
    }
    return count;
}
