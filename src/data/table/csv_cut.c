/* Only quotes can hide the end of a record, so that the search goes from quote to quote. It must
 * come to the same as smi_csv_split(), as far as nothing is wrong with the text. */
#include "data/table/csv_cut.h"

#include <stdint.h>
#include <string.h>

#include "data/table/csv_record.h"

/* The place of the byte among text[from … size); `size` when it is not there. */
static size_t find(const char *const text, const size_t from, const size_t size, const char byte)
{
    const char *const found = memchr(text + from, byte, size - from);
    return found == NULL ? size : (size_t)(found - text);
}

/* Behind the last newline of text[from … to), or 0. */
static size_t behind_last_newline(const char *const text, const size_t from, const size_t to)
{
    for (size_t i = to; i > from; i--) {
        if (text[i - 1] == '\n') {
            return i;
        }
    }
    return 0;
}

/* Whether a quote here begins a quoted cell: only blanks lie between the cell's beginning and it.
 */
static bool opens(const smi_csv_cutter *const cutter, const char *const text, const size_t quote)
{
    size_t at = quote;
    while (at > cutter->outside && smi_csv_is_blank(text[at - 1]) &&
           text[at - 1] != cutter->delimiter) {
        at--;
    }
    if (at == cutter->outside) {
        return cutter->line == at;
    }
    return text[at - 1] == cutter->delimiter || text[at - 1] == '\n';
}

/* Looks at the quote at cutter->place, outside of quotes, and moves on. False: the line has to be
 * read to its end first. */
static bool meet_quote(smi_csv_cutter *const cutter, const char *const text, const size_t size)
{
    const size_t line = cutter->line;
    if (cutter->comment != '\0' && line != SIZE_MAX && text[line] == cutter->comment) {
        const size_t newline = find(text, cutter->place, size, '\n');
        cutter->place = newline == size ? cutter->place : newline;
        return newline < size;
    }
    if (opens(cutter, text, cutter->place)) {
        cutter->quoted = true;
        cutter->quote = cutter->place;
        cutter->line = SIZE_MAX;
    }
    cutter->place++;
    return true;
}

/* Goes on within quotes. False: the text ends there, or may. */
static bool leave_quotes(smi_csv_cutter *const cutter, const char *const text, const size_t size)
{
    const size_t quote = find(text, cutter->place, size, '"');
    if (quote + 1 >= size) {
        cutter->place = quote;
        return false;
    }
    const bool doubled = text[quote + 1] == '"';
    cutter->quoted = doubled;
    cutter->place = quote + 1 + doubled;
    cutter->outside = cutter->place;
    return true;
}

size_t smi_csv_cut(smi_csv_cutter *const cutter, const char *const text, const size_t size)
{
    size_t end = 0;
    for (bool more = true; more;) {
        if (cutter->quoted) {
            more = leave_quotes(cutter, text, size);
            continue;
        }
        const size_t quote = find(text, cutter->place, size, '"');
        const size_t last = behind_last_newline(text, cutter->place, quote);
        if (last > 0) {
            end = last;
            cutter->line = last;
        }
        cutter->place = quote;
        more = quote < size && meet_quote(cutter, text, size);
    }
    if (end > 0) {
        cutter->place -= end;
        cutter->quote -= end;
        cutter->outside = cutter->outside < end ? 0 : cutter->outside - end;
        cutter->line = cutter->line == SIZE_MAX ? SIZE_MAX : cutter->line - end;
    }
    return end;
}
