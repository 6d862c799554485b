/* Whether text is UTF-8: well-formed by Unicode 15, table 3-7. */
#ifndef SMI_BASE_UTF8_H
#define SMI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes up to the NUL. */
bool smi_is_utf8(const char *text);

/* The first byte of at … end − 1 that is a NUL or no part of well-formed UTF-8, or `end`. */
const char *smi_find_bad_text(const char *at, const char *end);

/* Bytes of the byte order mark that text at … end − 1 begins with, as Windows writes it; 0: it has
 * none. */
size_t smi_byte_order_mark(const char *at, const char *end);

/* The length of the character at `at`, 1 … 4 bytes; 0 where the text is not UTF-8, or ends. */
size_t smi_character_length(const char *at);

/* The number of the character at `at`, of `length` bytes. */
uint32_t smi_character_code(const char *at, size_t length);

/* Whether the character at `at`, of `length` bytes, is a control: C0, DEL or C1. */
bool smi_is_control(const char *at, size_t length);

/* Whether it is not seen itself, but changes how the text around it looks: what turns the direction
 * of writing, breaks a line, or has no width and no part in any word. The joiners U+200C and U+200D
 * have one, and are no such characters. */
bool smi_is_unseen(const char *at, size_t length);

/* How many columns of a terminal it takes: 2 in East Asian scripts and of emoji, otherwise 1. */
size_t smi_character_columns(const char *at, size_t length);

/* The next character that is seen, from `at` on; its length is 0 where it is not UTF-8, or at the
 * end. */
const char *smi_next_seen(const char *at, size_t *length);

/* How many characters of a text are seen; a byte that is not UTF-8 is one. */
size_t smi_count_seen(const char *text);

#endif
