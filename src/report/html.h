/* HTML that is written piece by piece into a file that appears whole or not at all. What comes from
 * outside gets into it by the functions of this header alone, and cannot become markup. */
#ifndef SMI_REPORT_HTML_H
#define SMI_REPORT_HTML_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

typedef struct smi_html smi_html;

sm_status smi_html_open(const char *path, smi_html **html);

/* Frees it, and puts the file in its place if `status` is SM_OK and all was written; otherwise
 * there is no trace of it. Returns the status that came about. NULL is accepted. */
sm_status smi_html_finish(smi_html *html, sm_status status);

/* What goes wrong on the way is told in the end. */

/* Markup of our own, formatted as by printf; %s is for words of our own. Shorter than 16 KiB. */
void smi_html_markup(smi_html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes as they are. */
void smi_html_bytes(smi_html *html, const char *bytes, size_t size);

/* Text from outside, for between tags: what is not UTF-8 as U+FFFD, controls as blanks, and of
 * texts longer than `most` characters the beginning and an ellipsis. It is isolated by <bdi>, so
 * that its direction of writing leaves the text around it alone; characters that are not seen,
 * which could end the isolation, are left out. */
void smi_html_name(smi_html *html, const char *text, size_t most);

/* The same for where there can be no tags, within quotes or in <title>: isolated by characters. */
void smi_html_plain(smi_html *html, const char *text, size_t most);

/* A whole number as 1,234,567. */
void smi_html_count(smi_html *html, uint64_t number);

/* Bytes in base 64, as in data: addresses. */
void smi_html_base64(smi_html *html, const uint8_t *bytes, size_t size);

/* One character, `length` bytes long, 0 where it is none, escaped as above. For shell.c. */
void smi_html_character(smi_html *html, const char *at, size_t length);

enum { SMI_WHOLE_NAME = 10000 }; /* `most` for texts that are not to be cut */

#endif
