#include "cli/terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <softmax.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "cli/exit_status.h"

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

/* What is shown of a character, `length` bytes long, or of a byte that is not UTF-8. Returns how
 * many bytes that is. */
static size_t show_character(const char *const at, const size_t length, char shown[16])
{
    if (smi_is_unseen(at, length)) {
        const uint32_t code = smi_character_code(at, length);
        return (size_t)snprintf(shown, 16, "\\u{%04x}", (unsigned)code);
    }
    if (smi_is_control(at, smi_max_size(length, 1))) {
        shown[0] = '?';
        return 1;
    }
    memcpy(shown, at, smi_max_size(length, 1));
    return smi_max_size(length, 1);
}

void cli_make_safe(const char *const text, char *const safe, const size_t size)
{
    size_t filled = 0;
    for (const char *at = text; *at != '\0';) {
        char shown[16];
        const size_t length = smi_character_length(at);
        const size_t count = show_character(at, length, shown);
        if (count >= size - filled) {
            break;
        }
        memcpy(safe + filled, shown, count);
        filled += count;
        at += smi_max_size(length, 1);
    }
    safe[filled] = '\0';
}

void cli_print_safe(FILE *const file, const char *const text)
{
    for (const char *at = text; *at != '\0';) {
        char shown[16];
        const size_t length = smi_character_length(at);
        (void)fwrite(shown, 1, show_character(at, length, shown), file);
        at += smi_max_size(length, 1);
    }
}

void cli_print_saved(const int columns, const char *const path)
{
    (void)printf("%-*s ", columns, "saved to");
    cli_print_safe(stdout, path);
    (void)fputc('\n', stdout);
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
