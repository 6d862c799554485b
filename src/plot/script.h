/* The text of a gnuplot script. What comes from outside gets into it as numbers, or as text by
 * smi_script_quote() alone: within single quotes gnuplot looks for nothing but their end. */
#ifndef SMI_PLOT_SCRIPT_H
#define SMI_PLOT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

/* {0} is an empty one. */
typedef struct smi_script {
    char *text; /* without a NUL */
    size_t length;
    size_t room;
    bool failed; /* there was not the memory; what comes then is not kept */
    bool common; /* to be set first: of text keep what common fonts have, see smi_is_common() */
    bool lost;   /* some text was not */
} smi_script;

/* Adds text, formatted as by printf; in the C locale, in which numbers have points. %s is for
 * words of our own. */
void smi_script_add(smi_script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds 'text' as gnuplot's string: quotes by way of strings of our own, controls as blanks, what is
 * not UTF-8 as question marks, and of texts of more than `most` columns the beginning and an
 * ellipsis, see smi_fit_text(). Characters that are not seen but reach beyond the text, as those
 * that turn the direction of writing, are left out: see smi_is_unseen(). */
void smi_script_quote(smi_script *script, const char *text, size_t most);

/* The same for a tic's label, which gnuplot would take for a format. */
void smi_script_quote_tic(smi_script *script, const char *text, size_t most);

/* The same without quotes, for people to read. Returns how many columns it is. */
size_t smi_script_plain(smi_script *script, const char *text, size_t most);

/* The same so many columns wide, with blanks behind it. */
void smi_script_column(smi_script *script, const char *text, size_t width);

/* Ends a line, without the blanks at its end. */
void smi_script_end_line(smi_script *script);

void smi_script_free(smi_script *script);

#endif
