/* The room that text takes: columns, as letters of a terminal have them, and widths in pictures. */
#ifndef SMI_PLOT_TEXT_ROOM_H
#define SMI_PLOT_TEXT_ROOM_H

#include <stdbool.h>
#include <stddef.h>

/* Columns of the text's characters that are seen: two of those of East Asian scripts and emoji, one
 * of any other, and of a byte that is not UTF-8. */
size_t smi_text_columns(const char *text);

/* The beginning of a text that has up to `most` columns, one or more. */
typedef struct smi_text_part {
    const char *end;
    size_t columns; /* with that of the ellipsis */
    bool cut;       /* there is more: an ellipsis is to follow */
} smi_text_part;
smi_text_part smi_fit_text(const char *text, size_t most);

/* About how wide that part is drawn, in ems of DejaVu Sans, which pictures are set in. */
double smi_text_width(const char *text, size_t most);

#endif
