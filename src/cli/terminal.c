#include "terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <softmax.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/number.h"
#include "exit_status.h"

void cli_terminal_start(void)
{
    (void)setlocale(LC_CTYPE, "");
}

bool cli_can_redraw(void)
{
    const char *const term = getenv("TERM");
    return isatty(STDERR_FILENO) != 0 && term != NULL && strcmp(term, "dumb") != 0;
}

bool cli_can_colour(void)
{
    const char *const unwanted = getenv("NO_COLOR");
    return cli_can_redraw() && (unwanted == NULL || unwanted[0] == '\0');
}

bool cli_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

size_t cli_terminal_width(void)
{
    struct winsize size;
    uint64_t columns = 0;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *const stated = getenv("COLUMNS");
    if (stated != NULL && smi_parse_u64(stated, &columns) && columns > 0 && columns < 10000) {
        return (size_t)columns;
    }
    return 80;
}

cli_terminal_size cli_size_of_terminal(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2 || size.ws_row < 2) {
        return (cli_terminal_size){80, 24};
    }
    return (cli_terminal_size){size.ws_col, size.ws_row};
}

size_t cli_whole_length(const char *const text, const size_t most)
{
    size_t length = strnlen(text, most);
    while (length > 0 && ((unsigned char)text[length] & 0xc0U) == 0x80U) {
        length--;
    }
    return length;
}

void cli_make_safe(const char *const text, char *const safe, const size_t size)
{
    size_t length = 0;
    const unsigned char *const bytes = (const unsigned char *)text;
    const unsigned char *const end = bytes + cli_whole_length(text, size - 1);
    for (const unsigned char *at = bytes; at < end; at++) {
        const bool control = *at < 0x20 || *at == 0x7f;
        /* In UTF-8 the control characters U+0080 … U+009F are c2 80 … c2 9f. */
        const bool second = *at == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f;
        safe[length++] = (char)(control || second ? '?' : *at);
        at += second;
    }
    safe[length] = '\0';
}

static size_t messages;
static bool line_is_drawn;

void cli_set_line_drawn(const bool is_drawn)
{
    line_is_drawn = is_drawn;
}

size_t cli_messages_said(void)
{
    return messages;
}

void cli_say(const char *const format, ...)
{
    messages++;
    char message[2048];
    char safe[2048];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    cli_make_safe(message, safe, sizeof safe);
    (void)fprintf(stderr, "%ssoftmax: %s\n", line_is_drawn ? "\r\033[K" : "", safe);
}

int cli_fail(void)
{
    cli_say("%s", sm_error_message());
    return CLI_FAILURE;
}

size_t cli_columns_of(const char *const text)
{
    wchar_t wide[256];
    const size_t length = mbstowcs(wide, text, sizeof wide / sizeof *wide);
    if (length == (size_t)-1 || length == sizeof wide / sizeof *wide) {
        return strlen(text);
    }
    const int columns = wcswidth(wide, length);
    return columns < 0 ? strlen(text) : (size_t)columns;
}

void cli_shorten(char *const text, const size_t columns)
{
    size_t length = strlen(text);
    if (cli_columns_of(text) <= columns) {
        return;
    }
    while (length > 0 && cli_columns_of(text) > columns - 3) {
        do { /* a whole character of UTF-8 */
            length--;
        } while (length > 0 && ((unsigned char)text[length] & 0xc0U) == 0x80U);
        text[length] = '\0';
    }
    memcpy(text + length, "...", 4);
}

static void print_blanks(FILE *const file, const char *const text, const size_t columns)
{
    const size_t taken = cli_columns_of(text);
    (void)fprintf(file, "%*s", columns > taken ? (int)(columns - taken) : 0, "");
}

void cli_print_left(FILE *const file, const char *const text, const size_t columns)
{
    (void)fputs(text, file);
    print_blanks(file, text, columns);
}

void cli_print_right(FILE *const file, const char *const text, const size_t columns)
{
    print_blanks(file, text, columns);
    (void)fputs(text, file);
}

const char *cli_grouped(const size_t number, char text[CLI_GROUPED_SIZE])
{
    return smi_grouped_text(number, text);
}
