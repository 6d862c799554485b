/* Whether the first line of a text table names its columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "data/table/csv_fault.h"
#include "data/table/csv_head.h"

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

/* The cells of a record that is not kept; `cells` NULL: there is none, or it is damaged. */
typedef struct passing_record {
    smi_cell *cells;
    size_t count;
    char *spare;
} passing_record;

static void passing_record_free(const passing_record *const record)
{
    smi_free(record->cells);
    smi_free(record->spare);
}

/* Splits the next record from `at` on, to be freed. */
static sm_status look_at_next(const smi_csv *const csv, const smi_csv_head *const head,
                              const char *at, passing_record *const next)
{
    smi_csv_record record;
    *next = (passing_record){.cells = NULL};
    if (!smi_csv_next_record(head, csv, csv->delimiter, &at, &record)) {
        return SM_OK;
    }
    next->count = record.count;
    next->cells = smi_array(record.count, sizeof *next->cells);
    next->spare = smi_bytes((size_t)(record.next - at));
    if (next->cells == NULL || next->spare == NULL) {
        passing_record_free(next);
        return smi_fail_memory("the first rows");
    }
    record = (smi_csv_record){.cells = next->cells, .room = next->count, .spare = next->spare};
    smi_csv_split(csv->delimiter, at, head->end, &record);
    if (record.wrong != SMI_CSV_RIGHT) {
        passing_record_free(next);
        *next = (passing_record){.cells = NULL};
    }
    return SM_OK;
}

/* ---- names ---- */

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

/* Whether the row behind has a number where the first has text. */
static bool names_numbers(const smi_cell *const cells, const size_t columns,
                          const passing_record *const row)
{
    bool names = false;
    for (size_t c = 0; row->cells != NULL && row->count == columns && c < columns; c++) {
        names = names || (is_number(&row->cells[c]) && !smi_cell_is_missing(&cells[c]));
    }
    return names;
}

/* Numbers are no names. Other cells are, if all have some and no two the same, or else if the row
 * behind says so; next: where that is. */
static sm_status find_header(const smi_csv *const csv, const smi_csv_head *const head,
                             const smi_cell *const cells, const char *const next, const bool twice,
                             bool *const found)
{
    bool empty = csv->columns == 1 && cells[0].length == 0;
    for (size_t c = 0; c < csv->columns; c++) {
        if (is_number(&cells[c])) {
            *found = false;
            return SM_OK;
        }
        empty = empty || (c > 0 && cells[c].length == 0);
    }
    *found = !empty && !twice;
    if (*found) {
        return SM_OK;
    }
    passing_record row;
    const sm_status status = look_at_next(csv, head, next, &row);
    if (status == SM_OK) {
        *found = names_numbers(cells, csv->columns, &row);
        passing_record_free(&row);
    }
    return status;
}

sm_status smi_csv_choose_header(smi_csv *const csv, const smi_csv_head *const head,
                                const sm_header header, const smi_cell *const cells,
                                const uint64_t offset, const char *const next)
{
    const char *twice = NULL;
    csv->header = header == SM_HEADER_YES;
    sm_status status = set_names(csv, header == SM_HEADER_NO ? NULL : cells);
    if (status == SM_OK && header != SM_HEADER_NO) {
        status = find_twice(csv, &twice);
    }
    if (status == SM_OK && header == SM_HEADER_AUTO) {
        status = find_header(csv, head, cells, next, twice != NULL, &csv->header);
    }
    if (status != SM_OK) {
        return status;
    }
    if (!csv->header) {
        return set_names(csv, NULL);
    }
    if (twice == NULL) {
        return SM_OK;
    }
    smi_csv_fault fault = {.column = SIZE_MAX};
    (void)snprintf(fault.text, sizeof fault.text, "two columns have the name '%.80s'%s", twice,
                   header == SM_HEADER_AUTO ? "; --no-header, if these are no names" : "");
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
static sm_status find_features(const smi_csv *const csv, const smi_csv_head *const head,
                               const char *const at, const float features, bool *const found)
{
    passing_record row;
    const sm_status status = look_at_next(csv, head, at, &row);
    if (status != SM_OK) {
        return status;
    }
    *found = row.cells != NULL && (float)row.count == features + 1.0F;
    for (size_t c = 0; *found && c < row.count; c++) {
        *found = is_number(&row.cells[c]);
    }
    passing_record_free(&row);
    return SM_OK;
}

sm_status smi_csv_refuse_counts(const smi_csv *const csv, const smi_csv_head *const head,
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
