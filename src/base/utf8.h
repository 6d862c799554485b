/* Whether text is UTF-8: well-formed by Unicode 15, table 3-7. */
#ifndef SMI_BASE_UTF8_H
#define SMI_BASE_UTF8_H

#include <stdbool.h>

/* The bytes up to the NUL. */
bool smi_is_utf8(const char *text);

/* The first byte of at … end − 1 that is a NUL or no part of well-formed UTF-8, or `end`. */
const char *smi_find_bad_text(const char *at, const char *end);

#endif
