#include "data/table/csv_record.h"

#include <string.h>

#include "base/bytes8.h"

/* ---- with quotes ---- */

/* The cell at … end − 1 without blanks around it. */
static inline smi_cell trimmed(const char *at, const char *end)
{
    while (at < end && smi_csv_is_blank(*at)) {
        at++;
    }
    while (end > at && smi_csv_is_blank(end[-1])) {
        end--;
    }
    return (smi_cell){.at = at, .length = (size_t)(end - at)};
}

/* Where the cell at `at` ends: a delimiter, a newline or the end of the text. */
static char *cell_end(const char delimiter, char *at, const char *const end)
{
    while (at < end && *at != delimiter && *at != '\n') {
        at++;
    }
    return at;
}

/* The closing quote of the text at `at`; NULL when there is none. *doubled: quotes within. */
static char *closing_quote(char *at, const char *const end, size_t *const doubled)
{
    for (;;) {
        char *const quote = memchr(at, '"', (size_t)(end - at));
        if (quote == NULL || quote + 1 == end || quote[1] != '"') {
            return quote;
        }
        ++*doubled;
        at = quote + 2;
    }
}

/* Makes one quote of each two; returns the length that is left. */
static size_t undoubled(char *const text, const size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        text[kept++] = text[i];
        i += text[i] == '"';
    }
    return kept;
}

/* Takes the quoted cell whose quote is at `quote`; NULL when something is wrong with it. */
static char *take_quoted(const char delimiter, char *const quote, char *const end,
                         const bool undouble, smi_csv_record *const record, smi_cell *const cell)
{
    size_t doubled = 0;
    char *const first = quote + 1;
    char *const closing = closing_quote(first, end, &doubled);
    if (closing == NULL) {
        record->wrong = SMI_CSV_OPEN_QUOTE;
        record->wrong_at = quote;
        return NULL;
    }
    char *behind = closing + 1;
    while (behind < end && smi_csv_is_blank(*behind) && *behind != delimiter) {
        behind++;
    }
    if (behind < end && *behind != delimiter && *behind != '\n') {
        record->wrong = SMI_CSV_BEHIND_QUOTE;
        record->wrong_at = behind;
        return NULL;
    }
    size_t length = (size_t)(closing - first);
    length = undouble && doubled > 0 ? undoubled(first, length) : length;
    *cell = (smi_cell){.at = first, .length = length, .quoted = true};
    return behind;
}

void smi_csv_split(const char delimiter, char *at, char *const end, const bool undouble,
                   smi_csv_record *const record)
{
    record->count = 0;
    record->wrong = SMI_CSV_RIGHT;
    for (;;) {
        smi_cell cell;
        char *text = at;
        while (text < end && smi_csv_is_blank(*text) && *text != delimiter) {
            text++;
        }
        if (text < end && *text == '"') {
            at = take_quoted(delimiter, text, end, undouble, record, &cell);
            if (at == NULL) {
                record->ended = false;
                record->next = record->wrong == SMI_CSV_OPEN_QUOTE ? end : record->wrong_at + 1;
                return;
            }
        } else {
            at = cell_end(delimiter, text, end);
            cell = trimmed(text, at);
        }
        if (record->count < record->room) {
            record->cells[record->count] = cell;
        }
        record->count++;
        if (at == end || *at == '\n') {
            break;
        }
        at++;
    }
    record->ended = at < end;
    record->next = record->ended ? at + 1 : end;
}

/* ---- without ---- */

enum { BLOCK = 64 };

/* The delimiters and newlines among the 64 bytes at `at`, a bit each. */
static inline uint64_t marks_of(const char *const at, const uint64_t delimiters)
{
    static const uint64_t newlines = SMI_BYTES8_OF('\n');
    uint64_t marks = 0;
    for (size_t i = 0; i < BLOCK; i += 8) {
        const uint64_t bytes = smi_bytes8_at(at + i);
        const uint64_t others =
            smi_bytes8_not_zero(bytes ^ delimiters) & smi_bytes8_not_zero(bytes ^ newlines);
        marks |= (uint64_t)smi_bytes8_gather(~others & SMI_BYTES8_TOPS) << i;
    }
    return marks;
}

static inline void mark_block(smi_csv_plain *const plain)
{
    const size_t left = (size_t)(plain->end - plain->block);
    plain->marks = marks_of(plain->block, plain->delimiters);
    if (left < BLOCK) { /* what is behind the end does not count */
        plain->marks &= ((uint64_t)1 << left) - 1;
    }
}

smi_csv_plain smi_csv_plain_begin(const char delimiter, const char *const at, const char *const end)
{
    smi_csv_plain plain = {
        .at = at, .end = end, .block = at, .delimiters = SMI_BYTES8_OF(delimiter)};
    mark_block(&plain);
    return plain;
}

/* The next delimiter or newline, or the end of the text. */
static inline const char *next_mark(smi_csv_plain *const plain)
{
    while (plain->marks == 0) {
        if (plain->end - plain->block <= BLOCK) {
            return plain->end;
        }
        plain->block += BLOCK;
        mark_block(plain);
    }
    const char *const mark = plain->block + __builtin_ctzll(plain->marks);
    plain->marks &= plain->marks - 1;
    return mark;
}

void smi_csv_plain_split(smi_csv_plain *const plain, smi_csv_record *const record)
{
    smi_csv_plain state = *plain;
    const char *at = state.at;
    const char *mark = at;
    size_t count = 0;
    for (;; at = mark + 1) {
        mark = next_mark(&state);
        if (count < record->room) {
            record->cells[count] = trimmed(at, mark);
        }
        count++;
        if (mark == state.end || *mark == '\n') {
            break;
        }
    }
    record->count = count;
    record->wrong = SMI_CSV_RIGHT;
    record->ended = mark < state.end;
    record->next = record->ended ? mark + 1 : mark;
    state.at = record->next;
    *plain = state;
}
