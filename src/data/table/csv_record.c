#include "data/table/csv_record.h"

#include <string.h>

#include "base/memory.h"
#include "data/pieces.h"
#include "kernel/kernel.h"

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
static const char *cell_end(const char delimiter, const char *at, const char *const end)
{
    while (at < end && *at != delimiter && *at != '\n') {
        at++;
    }
    return at;
}

/* The closing quote of the text at `at`; NULL when there is none. *doubled: quotes within. */
static const char *closing_quote(const char *at, const char *const end, size_t *const doubled)
{
    for (;;) {
        const char *const quote = memchr(at, '"', (size_t)(end - at));
        if (quote == NULL || quote + 1 == end || quote[1] != '"') {
            return quote;
        }
        ++*doubled;
        at = quote + 2;
    }
}

/* Copies the text with one quote for each two; returns how much that is. */
static size_t copy_undoubled(char *const to, const char *const text, const size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        to[kept++] = text[i];
        i += text[i] == '"';
    }
    return kept;
}

/* Takes the quoted cell whose quote is at `quote`; NULL when something is wrong with it. */
static const char *take_quoted(const char delimiter, const char *const quote, const char *const end,
                               char **const spare, smi_csv_record *const record,
                               smi_cell *const cell)
{
    size_t doubled = 0;
    const char *const first = quote + 1;
    const char *const closing = closing_quote(first, end, &doubled);
    if (closing == NULL) {
        record->wrong = SMI_CSV_OPEN_QUOTE;
        record->wrong_at = quote;
        return NULL;
    }
    const char *behind = closing + 1;
    while (behind < end && smi_csv_is_blank(*behind) && *behind != delimiter) {
        behind++;
    }
    if (behind < end && *behind != delimiter && *behind != '\n') {
        record->wrong = SMI_CSV_BEHIND_QUOTE;
        record->wrong_at = behind;
        return NULL;
    }
    *cell = (smi_cell){.at = first, .length = (size_t)(closing - first), .quoted = true};
    if (doubled > 0 && *spare != NULL) {
        cell->at = *spare;
        cell->length = copy_undoubled(*spare, first, cell->length);
        *spare += cell->length;
    }
    return behind;
}

void smi_csv_split(const char delimiter, const char *at, const char *const end,
                   smi_csv_record *const record)
{
    char *spare = record->spare;
    record->count = 0;
    record->wrong = SMI_CSV_RIGHT;
    for (;;) {
        smi_cell cell;
        const char *text = at;
        while (text < end && smi_csv_is_blank(*text) && *text != delimiter) {
            text++;
        }
        if (text < end && *text == '"') {
            at = take_quoted(delimiter, text, end, &spare, record, &cell);
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

_Static_assert((int)SMI_PIECE_MARGIN >= (int)BLOCK, "blocks are read to their end");

/* Marks some blocks from plain->block on. The end of the text is marked, too, so that there is
 * always another mark; what is behind it means nothing. */
static __attribute__((noinline)) void mark_blocks(smi_csv_plain *const plain)
{
    const size_t left = (size_t)(plain->end - plain->block);
    const size_t last = left / BLOCK; /* the block of the end */
    const size_t blocks = smi_min_size(last + 1, SMI_CSV_BLOCKS);
    plain->kernels->find_bytes(plain->block, blocks, plain->delimiter, '\n', plain->marks);
    if (last < SMI_CSV_BLOCKS) {
        const uint64_t end = (uint64_t)1 << left % BLOCK;
        plain->marks[last] = (plain->marks[last] & (end - 1)) | end;
    }
}

void smi_csv_plain_begin(smi_csv_plain *const plain, const char delimiter, const char *const at,
                         const char *const end)
{
    plain->at = at;
    plain->end = end;
    plain->delimiter = delimiter;
    plain->block = at;
    plain->marked = 0;
    mark_blocks(plain);
}

/* Goes on to the next block. */
static inline void next_block(smi_csv_plain *const plain)
{
    plain->block += BLOCK;
    plain->marked++;
    if (plain->marked == SMI_CSV_BLOCKS) {
        plain->marked = 0;
        mark_blocks(plain);
    }
}

void smi_csv_plain_split(smi_csv_plain *const plain, smi_csv_record *const record)
{
    const char *const end = plain->end;
    uint64_t marks = plain->marks[plain->marked];
    smi_cell *const cells = record->cells;
    const size_t room = record->room;
    const char *at = plain->at;
    const char *mark = NULL;
    size_t count = 0;
    for (bool more = true; more; at = mark + 1) {
        while (marks == 0) {
            next_block(plain);
            marks = plain->marks[plain->marked];
        }
        mark = plain->block + __builtin_ctzll(marks);
        marks &= marks - 1;
        if (count < room) {
            const bool tight = at == mark || (at[0] > ' ' && mark[-1] > ' ');
            cells[count] =
                tight ? (smi_cell){.at = at, .length = (size_t)(mark - at)} : trimmed(at, mark);
        }
        count++;
        more = mark != end && *mark != '\n';
    }
    record->count = count;
    record->wrong = SMI_CSV_RIGHT;
    record->ended = mark != end;
    record->next = mark + record->ended;
    plain->at = record->next;
    plain->marks[plain->marked] = marks;
}
