/* The characters that a common font has. */
#ifndef SMI_PLOT_COMMON_CHARACTERS_H
#define SMI_PLOT_COMMON_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether DejaVu Sans, which pictures are set in, surely has the character at `at`, or it is a
 * control: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian, and symbols. length: its
 * bytes, 1 … 4, well-formed UTF-8. */
bool smi_is_common(const char *at, size_t length);

#endif
