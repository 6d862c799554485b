/* What the terminal itself says that it can do. */
#ifndef SMI_SYS_TERMINAL_QUERY_H
#define SMI_SYS_TERMINAL_QUERY_H

#include <stdbool.h>
#include <stddef.h>

/* Whether standard output is a terminal that says it shows sixel pictures. It is asked for its
 * primary device attributes (DEC's DA1), which all terminals answer at once; one that does not is
 * waited for, for a second. */
bool smi_terminal_shows_sixels(void);

/* Whether such an answer, "ESC [ ? 62 ; 4 ; … c", has the attribute 4. */
bool smi_attributes_have_sixels(const char *answer, size_t size);

#endif
