/* What the first lines tell: the delimiter, the columns and their names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/table/csv_fault.h"
#include "data/table/csv_table.h"

/* The beginning of the text. */
typedef struct text_head {
    const char *text;
    const char *end;
    bool whole; /* it is all there is */
} text_head;

/* ---- lines that are no rows ---- */

/* Behind the byte order mark and the lines that are to be skipped; NULL: the head is too short for
 * it. */
static const char *behind_skipped(const text_head *const head, const size_t lines)
{
    static const char mark[] = "\xef\xbb\xbf";
    const char *at = head->text;
    if (head->end - at >= 3 && memcmp(at, mark, 3) == 0) {
        at += 3;
    }
    for (size_t i = 0; i < lines; i++) {
        const char *const newline = memchr(at, '\n', (size_t)(head->end - at));
        if (newline == NULL) {
            return head->whole ? head->end : NULL;
        }
        at = newline + 1;
    }
    return at;
}

/* Splits the next record from *at on that is neither a comment nor blank, and moves *at to its
 * beginning; of its cells only the number is kept. False: the head holds none, or not all of it. */
static bool next_record(const text_head *const head, const smi_csv *const csv, const char delimiter,
                        const char **const at, smi_csv_record *const record)
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

static agreement try_delimiter(const text_head *const head, const smi_csv *const csv,
                               const char *at, const char delimiter)
{
    enum { RECORDS = 20 };
    agreement found = {.all = true};
    size_t columns = 0;
    smi_csv_record record;
    for (size_t i = 0; i < RECORDS && next_record(head, csv, delimiter, &at, &record); i++) {
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
static char find_delimiter(const text_head *const head, const smi_csv *const csv,
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

/* ---- the header ---- */

static bool take_number(const smi_cell *const cell, float *const value)
{
    const char *at = cell->at;
    const char *const end = at + cell->length;
    return smi_take_float(&at, end, value) && at == end;
}

static bool is_number(const smi_cell *const cell)
{
    float value = 0.0F;
    return take_number(cell, &value);
}

/* The cell's text, NUL added, or the column's number where it is empty, at `to`; behind it. */
static char *put_name(const smi_cell *const cell, const size_t column, char *const to)
{
    if (cell == NULL || cell->length == 0) {
        return to + sprintf(to, "%zu", column + 1) + 1;
    }
    memcpy(to, cell->at, cell->length);
    to[cell->length] = '\0';
    return to + cell->length + 1;
}

/* cells NULL: there is no header. */
static sm_status set_names(smi_csv *const csv, const smi_cell *const cells)
{
    enum { LONGEST_NUMBER = 8 }; /* with its NUL */
    size_t size = csv->columns * LONGEST_NUMBER;
    for (size_t c = 0; cells != NULL && c < csv->columns; c++) {
        size += cells[c].length;
    }
    smi_free(csv->names);
    smi_free(csv->name_text);
    csv->names = smi_array(csv->columns, sizeof *csv->names);
    csv->name_text = smi_bytes(size);
    if (csv->names == NULL || csv->name_text == NULL) {
        return smi_fail_memory("the names of columns");
    }
    char *to = csv->name_text;
    for (size_t c = 0; c < csv->columns; c++) {
        csv->names[c] = to;
        to = put_name(cells == NULL ? NULL : &cells[c], c, to);
    }
    return SM_OK;
}

static int compare_names(const void *const a, const void *const b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A name that two columns have, or NULL. */
static sm_status find_twice(const smi_csv *const csv, const char **const twice)
{
    const char **const sorted = smi_array(csv->columns, sizeof *sorted);
    *twice = NULL;
    if (sorted == NULL) {
        return smi_fail_memory("the names of columns");
    }
    memcpy(sorted, csv->names, csv->columns * sizeof *sorted);
    qsort(sorted, csv->columns, sizeof *sorted, compare_names);
    for (size_t c = 1; c < csv->columns && *twice == NULL; c++) {
        *twice = strcmp(sorted[c - 1], sorted[c]) == 0 ? sorted[c] : NULL;
    }
    smi_free(sorted);
    return SM_OK;
}

/* As far as single cells tell. */
static bool may_be_header(const smi_cell *const cells, const size_t columns)
{
    for (size_t c = 0; c < columns; c++) {
        if (is_number(&cells[c]) || (c > 0 && cells[c].length == 0)) {
            return false;
        }
    }
    return columns > 1 || cells[0].length > 0;
}

/* Takes the first record for the header, or does not. */
static sm_status choose_header(smi_csv *const csv, const sm_header header,
                               const smi_cell *const cells, const uint64_t offset)
{
    const char *twice = NULL;
    csv->header =
        header == SM_HEADER_YES || (header == SM_HEADER_AUTO && may_be_header(cells, csv->columns));
    sm_status status = set_names(csv, csv->header ? cells : NULL);
    if (status != SM_OK || !csv->header) {
        return status;
    }
    status = find_twice(csv, &twice);
    if (status != SM_OK || twice == NULL) {
        return status;
    }
    if (header == SM_HEADER_AUTO) {
        csv->header = false;
        return set_names(csv, NULL);
    }
    smi_csv_fault fault = {.column = SIZE_MAX};
    (void)snprintf(fault.text, sizeof fault.text, "two columns have the name '%.80s'", twice);
    return smi_csv_fail(csv, offset, &fault);
}

/* ---- a line of counts ---- */

/* The features that the line announces, as in "150,4,setosa,versicolor,virginica"; 0: it is none
 * of that kind. */
static float announced_features(const smi_cell *const cells, const size_t columns)
{
    float rows = 0.0F;
    float features = 0.0F;
    if (columns < 3 || !take_number(&cells[0], &rows) || rows < 1.0F ||
        !take_number(&cells[1], &features) || features < 1.0F) {
        return 0.0F;
    }
    for (size_t c = 2; c < columns; c++) {
        if (is_number(&cells[c]) || cells[c].length == 0) {
            return 0.0F;
        }
    }
    return features;
}

/* Whether the next record, from `at` on, has so many features and a label, numbers all of them. */
static sm_status find_features(const smi_csv *const csv, const text_head *const head,
                               const char *at, const float features, bool *const found)
{
    smi_csv_record record;
    *found = false;
    if (!next_record(head, csv, csv->delimiter, &at, &record) ||
        (float)record.count != features + 1.0F) {
        return SM_OK;
    }
    const size_t count = record.count;
    smi_cell *const cells = smi_array(count, sizeof *cells);
    char *const spare = smi_bytes((size_t)(record.next - at));
    const bool enough = cells != NULL && spare != NULL;
    if (enough) {
        record = (smi_csv_record){.cells = cells, .room = count, .spare = spare};
        smi_csv_split(csv->delimiter, at, head->end, &record);
        *found = record.wrong == SMI_CSV_RIGHT;
    }
    for (size_t c = 0; *found && c < count; c++) {
        *found = is_number(&cells[c]);
    }
    smi_free(cells);
    smi_free(spare);
    return enough ? SM_OK : smi_fail_memory("the first rows");
}

/* Some well-known files begin with how many rows and features there are, and the classes' names.
 * next: behind the line. */
static sm_status refuse_counts(const smi_csv *const csv, const text_head *const head,
                               const smi_cell *const cells, const uint64_t offset,
                               const char *const next)
{
    const float features = announced_features(cells, csv->columns);
    bool found = false;
    if (csv->header || features == 0.0F) {
        return SM_OK;
    }
    const sm_status status = find_features(csv, head, next, features, &found);
    if (status != SM_OK || !found) {
        return status;
    }
    smi_csv_fault fault = {.column = SIZE_MAX};
    (void)snprintf(fault.text, sizeof fault.text,
                   "the line says how many rows and features there are, and is no row itself; "
                   "--skip-lines passes over it");
    return smi_csv_fail(csv, offset, &fault);
}

/* ---- the first record ---- */

static sm_status take_cells(smi_csv *const csv, const smi_csv_options *const options,
                            const text_head *const head, const char *const at,
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
        (void)snprintf(fault.text, sizeof fault.text, "%zu columns, which is more than %d",
                       record->count, SMI_CSV_MOST_COLUMNS);
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
        status = choose_header(csv, options->header, cells, offset);
        csv->rows_at = csv->header ? (uint64_t)(record->next - head->text) : offset;
        if (status == SM_OK) {
            status = refuse_counts(csv, head, cells, offset, record->next);
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

/* *enough is false when more of the text is needed. */
static sm_status look_at(smi_csv *const csv, const smi_csv_options *const options,
                         const text_head *const head, bool *const enough)
{
    const unsigned char *const first = (const unsigned char *)head->text;
    if (head->end - head->text >= 2 && first[0] + first[1] == 0xff + 0xfe &&
        (first[0] == 0xff || first[0] == 0xfe)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s:1: the text is UTF-16; convert it: iconv -f utf-16 -t utf-8",
                        smi_csv_file(csv));
    }
    smi_csv_record record;
    const char *at = behind_skipped(head, options->skip_lines);
    *enough = at != NULL;
    if (at == NULL) {
        return SM_OK;
    }
    csv->delimiter = options->delimiter;
    if (csv->delimiter == '\0') {
        csv->delimiter = find_delimiter(head, csv, at);
    }
    if (!next_record(head, csv, csv->delimiter, &at, &record)) {
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
        const text_head head = {.text = text, .end = text + size, .whole = size == all};
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
