/* What the first lines tell: the delimiter, the columns and their names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/table/csv_fault.h"
#include "data/table/csv_head.h"

/* ---- lines that are no rows ---- */

/* Behind the byte order mark and the lines that are to be skipped; NULL: the head is too short for
 * it. */
static const char *behind_skipped(const smi_csv_head *const head, const size_t lines)
{
    const char *at = head->text + smi_byte_order_mark(head->text, head->end);
    for (size_t i = 0; i < lines; i++) {
        const char *const newline = memchr(at, '\n', (size_t)(head->end - at));
        if (newline == NULL) {
            return head->whole ? head->end : NULL;
        }
        at = newline + 1;
    }
    return at;
}

static bool is_separator(const char mark)
{
    return mark != '\0' && strchr(",;\t|: ", mark) != NULL;
}

/* A first line such as "sep=;" tells Excel what lies between cells, and is no row. Returns what is
 * behind it, or `at`. */
static const char *behind_separator(const smi_csv_head *const head, const char *const at,
                                    char *const delimiter)
{
    static const char begin[] = "sep=";
    const size_t length = sizeof begin - 1;
    if ((size_t)(head->end - at) < length + 2 || memcmp(at, begin, length) != 0) {
        return at;
    }
    const char *end = at + length + 1;
    end += end + 1 < head->end && *end == '\r';
    if (*end != '\n' || !is_separator(at[length])) {
        return at;
    }
    *delimiter = at[length];
    return end + 1;
}

bool smi_csv_next_record(const smi_csv_head *const head, const smi_csv *const csv,
                         const char delimiter, const char **const at, smi_csv_record *const record)
{
    smi_cell first;
    while (*at < head->end) {
        if (csv->comment != '\0' && **at == csv->comment) {
            *at = smi_csv_behind_line(*at, head->end);
            continue;
        }
        *record = (smi_csv_record){.cells = &first, .room = 1};
        smi_csv_split(delimiter, *at, head->end, record);
        const bool complete = record->ended || head->whole || record->wrong == SMI_CSV_BEHIND_QUOTE;
        const bool blank = record->wrong == SMI_CSV_RIGHT && smi_csv_is_blank_line(record);
        record->cells = NULL;
        record->room = 0;
        if (!complete || !blank) {
            return complete;
        }
        *at = record->next;
    }
    return false;
}

/* ---- the delimiter ---- */

/* How the first records look when split at a delimiter. */
typedef struct agreement {
    bool all;       /* have as many cells as the first, and more than one */
    size_t divided; /* records of more than one cell */
} agreement;

static agreement try_delimiter(const smi_csv_head *const head, const smi_csv *const csv,
                               const char *at, const char delimiter)
{
    enum { RECORDS = 20 };
    agreement found = {.all = true};
    size_t columns = 0;
    smi_csv_record record;
    for (size_t i = 0; i < RECORDS && smi_csv_next_record(head, csv, delimiter, &at, &record);
         i++) {
        columns = i == 0 ? record.count : columns;
        found.all = found.all && record.count == columns && record.wrong == SMI_CSV_RIGHT;
        found.divided += record.count > 1;
        if (record.wrong != SMI_CSV_RIGHT) {
            break;
        }
        at = record.next;
    }
    found.all = found.all && columns > 1;
    return found;
}

/* Tabs and semicolons are rare within cells, commas are not: numbers may have them. So the first of
 * tab, semicolon and comma counts that all records agree on, or else what divides most of them. */
static char find_delimiter(const smi_csv_head *const head, const smi_csv *const csv,
                           const char *const at)
{
    static const char candidates[] = {'\t', ';', ','};
    char most = ',';
    size_t divided = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        const agreement found = try_delimiter(head, csv, at, candidates[i]);
        if (found.all) {
            return candidates[i];
        }
        if (found.divided > 0 && found.divided >= divided) {
            most = candidates[i];
            divided = found.divided;
        }
    }
    return most;
}

/* ---- the first record ---- */

static sm_status take_cells(smi_csv *const csv, const smi_csv_options *const options,
                            const smi_csv_head *const head, const char *const at,
                            smi_csv_record *const record)
{
    const uint64_t offset = (uint64_t)(at - head->text);
    const char *const bad = smi_find_bad_text(at, record->next);
    const char *where = at;
    smi_csv_fault fault = {.column = SIZE_MAX};
    if (smi_csv_is_damaged(record, csv->delimiter, at, bad, &fault, &where)) {
        return smi_csv_fail(csv, (uint64_t)(where - head->text), &fault);
    }
    if (record->count > SMI_CSV_MOST_COLUMNS) {
        char count[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        (void)snprintf(fault.text, sizeof fault.text, "%s, which is more than %s",
                       smi_counted_text(record->count, "column", count),
                       smi_grouped_text(SMI_CSV_MOST_COLUMNS, most));
        return smi_csv_fail(csv, offset, &fault);
    }
    smi_cell *const cells = smi_array(record->count, sizeof *cells);
    char *const spare = smi_bytes((size_t)(record->next - at));
    sm_status status =
        cells == NULL || spare == NULL ? smi_fail_memory("the names of columns") : SM_OK;
    if (status == SM_OK) {
        csv->columns = record->count;
        *record = (smi_csv_record){.cells = cells, .room = csv->columns, .spare = spare};
        smi_csv_split(csv->delimiter, at, head->end, record);
        status = smi_csv_choose_header(csv, head, options->header, cells, offset, record->next);
        csv->rows_at = csv->header ? (uint64_t)(record->next - head->text) : offset;
        if (status == SM_OK) {
            status = smi_csv_refuse_counts(csv, head, cells, offset, record->next);
        }
    }
    smi_free(cells);
    smi_free(spare);
    return status;
}

static sm_status fail_no_rows(const smi_csv *const csv)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: the file holds no rows", smi_csv_file(csv));
}

/* Whether the first line ends in CR alone, as on Macs of old, which would make one line of all. */
static bool ends_in_cr(const smi_csv_head *const head)
{
    const char *at = head->text;
    while (at < head->end && *at != '\r' && *at != '\n' && *at != '"') {
        at++;
    }
    return head->end - at >= 2 && at[0] == '\r' && at[1] != '\n';
}

static sm_status refuse_foreign(const smi_csv *const csv, const smi_csv_head *const head)
{
    const unsigned char *const first = (const unsigned char *)head->text;
    if (head->end - head->text >= 2 && first[0] + first[1] == 0xff + 0xfe &&
        (first[0] == 0xff || first[0] == 0xfe)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s:1: the text is UTF-16; convert it: iconv -f utf-16 -t utf-8",
                        smi_csv_file(csv));
    }
    return ends_in_cr(head)
               ? smi_fail(SM_ERROR_FORMAT,
                          "%s:1: the line ends in a carriage return alone; convert the text: tr "
                          "'\\r' '\\n'",
                          smi_csv_file(csv))
               : SM_OK;
}

/* *enough is false when more of the text is needed. */
static sm_status look_at(smi_csv *const csv, const smi_csv_options *const options,
                         const smi_csv_head *const head, bool *const enough)
{
    const sm_status foreign = refuse_foreign(csv, head);
    if (foreign != SM_OK) {
        return foreign;
    }
    smi_csv_record record;
    const char *at = behind_skipped(head, options->skip_lines);
    *enough = at != NULL;
    if (at == NULL) {
        return SM_OK;
    }
    csv->delimiter = '\0';
    at = behind_separator(head, at, &csv->delimiter);
    if (options->delimiter != '\0') {
        csv->delimiter = options->delimiter;
    }
    if (csv->delimiter == '\0') {
        csv->delimiter = find_delimiter(head, csv, at);
    }
    if (!smi_csv_next_record(head, csv, csv->delimiter, &at, &record)) {
        *enough = head->whole;
        return head->whole ? fail_no_rows(csv) : SM_OK;
    }
    return take_cells(csv, options, head, at, &record);
}

/* Looks at more and more of the text, until a record is in it. */
static sm_status look_at_head(smi_csv *const csv, const smi_csv_options *const options)
{
    const uint64_t all = smi_spool_size(csv->spool);
    bool enough = false;
    sm_status status = SM_OK;
    for (uint64_t most = (uint64_t)64 << 10; status == SM_OK && !enough; most *= 4) {
        const size_t size = (size_t)(all < most ? all : most);
        if (size > 4 * (size_t)SMI_CSV_LONGEST_ROW) {
            return smi_fail(SM_ERROR_FORMAT, "%s: no row ends within the first %d MiB",
                            smi_csv_file(csv), SMI_CSV_LONGEST_ROW >> 18);
        }
        char *const text = smi_bytes(size);
        if (text == NULL) {
            return smi_fail_memory(smi_csv_file(csv));
        }
        const smi_csv_head head = {.text = text, .end = text + size, .whole = size == all};
        status = smi_spool_read(csv->spool, 0, text, size);
        if (status == SM_OK) {
            status = look_at(csv, options, &head, &enough);
        }
        smi_free(text);
    }
    return status;
}

sm_status smi_csv_open(smi_spool *const spool, const smi_csv_options *const options,
                       smi_csv **const csv)
{
    smi_csv *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        smi_spool_free(spool);
        return smi_fail_memory("a table");
    }
    created->spool = spool;
    created->comment = options->comment;
    created->of_query = options->of_query;
    created->piece_size = options->piece_size == 0 ? SMI_CSV_PIECE_SIZE : options->piece_size;
    const sm_status status = look_at_head(created, options);
    if (status != SM_OK) {
        smi_csv_free(created);
        return status;
    }
    *csv = created;
    return SM_OK;
}

void smi_csv_free(smi_csv *const csv)
{
    if (csv == NULL) {
        return;
    }
    smi_spool_free(csv->spool);
    smi_free(csv->names);
    smi_free(csv->name_text);
    smi_free(csv);
}

const char *smi_csv_file(const smi_csv *const csv)
{
    return smi_spool_name(csv->spool);
}

size_t smi_csv_column_count(const smi_csv *const csv)
{
    return csv->columns;
}

size_t smi_csv_piece_count(const smi_csv *const csv)
{
    const uint64_t size = smi_spool_size(csv->spool) - csv->rows_at;
    return (size_t)(size / csv->piece_size) + (size % csv->piece_size != 0);
}

const char *const *smi_csv_column_names(const smi_csv *const csv)
{
    return csv->names;
}

bool smi_csv_has_header(const smi_csv *const csv)
{
    return csv->header;
}
