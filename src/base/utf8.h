/* Whether text is UTF-8: well-formed by Unicode 15, table 3-7. */
#ifndef SMI_BASE_UTF8_H
#define SMI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes up to the NUL. */
bool smi_is_utf8(const char *text);

/* The first byte of at … end − 1 that is a NUL or no part of well-formed UTF-8, or `end`. */
const char *smi_find_bad_text(const char *at, const char *end);

/* The length of the character at `at`, 1 … 4 bytes; 0 where the text is not UTF-8, or ends. */
size_t smi_character_length(const char *at);

/* Whether the character at `at`, of `length` bytes, is a control: C0, DEL or C1. */
bool smi_is_control(const char *at, size_t length);

#endif
