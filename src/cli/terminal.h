/* What the user sees: where it goes, how wide it is, and that it is safe to show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/number_text.h"

/* Takes the character set from the environment, and nothing else: numbers keep their points. */
void cli_terminal_start(void);

/* Standard error is a terminal that can move its cursor. */
bool cli_can_redraw(void);

/* Colours are wanted there: it can redraw, and NO_COLOR is not set. */
bool cli_can_colour(void);

/* The character set can show what ASCII lacks. */
bool cli_is_utf8(void);

/* Columns of the terminal; from COLUMNS, else 80, where there is none. */
size_t cli_terminal_width(void);

/* Columns and lines of the terminal that standard error is; 80 and 24 where it does not tell. */
typedef struct cli_terminal_size {
    size_t columns;
    size_t lines;
} cli_terminal_size;
cli_terminal_size cli_size_of_terminal(void);

/* "softmax: " and the message on a line of standard error. What a file put into it cannot
 * move the cursor or change colours. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tells of a line that is drawn where the cursor is, and drawn again later: cli_say() clears it. */
void cli_set_line_drawn(bool is_drawn);

/* How often cli_say() has been called. */
size_t cli_messages_said(void);

/* The same with the library's last error message. Returns CLI_FAILURE. */
int cli_fail(void);

/* Bytes of as many whole characters of a UTF-8 text as `most` bytes hold. */
size_t cli_whole_length(const char *text, size_t most);

/* A copy of the text with control characters replaced, and those that are not seen, as what turns
 * the direction of writing, shown as \u{202e}; cut to size − 1 bytes, or the few less that the end
 * of what is shown of a character takes. */
void cli_make_safe(const char *text, char *safe, size_t size);

/* Writes the text likewise, all of it. */
void cli_print_safe(FILE *file, const char *text);

/* "saved to", so many columns wide, and the path, as a line of standard output. */
void cli_print_saved(int columns, const char *path);

/* Columns that a text takes. */
size_t cli_columns_of(const char *text);

/* Cuts the text to so many columns, 3 or more; what is cut ends in "...". */
void cli_shorten(char *text, size_t columns);

/* Writes the text, and blanks up to `columns`: behind it, or before it. */
void cli_print_left(FILE *file, const char *text, size_t columns);
void cli_print_right(FILE *file, const char *text, size_t columns);

/* 1234567 → "1,234,567"; returns text. */
enum { CLI_GROUPED_SIZE = SMI_NUMBER_TEXT_SIZE };
const char *cli_grouped(size_t number, char text[CLI_GROUPED_SIZE]);

#endif
