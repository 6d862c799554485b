#include "data/table/number_rows.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "kernel/kernel.h"

/* ---- a piece ---- */

bool smi_number_piece_make(smi_number_piece *const piece, const smi_schema *const schema)
{
    piece->notes = smi_array(schema->feature_count, sizeof *piece->notes);
    piece->places = smi_array(schema->feature_count, sizeof *piece->places);
    if (piece->notes == NULL || piece->places == NULL) {
        return false;
    }
    for (size_t f = 0; f < schema->feature_count; f++) {
        piece->places[f] = schema->features[f].places[0];
    }
    return true;
}

static void free_rows(smi_number_piece *const piece)
{
    smi_free(piece->x);
    smi_free(piece->labels);
    smi_free(piece->weights);
    piece->x = NULL;
    piece->labels = NULL;
    piece->weights = NULL;
    piece->room = 0;
}

void smi_number_piece_free(smi_number_piece *const piece)
{
    smi_free(piece->notes);
    smi_free(piece->places);
    free_rows(piece);
}

/* A larger array with the elements of another, which is freed; NULL: there is not the memory. */
static void *enlarged(void *const array, const size_t used, const size_t room, const size_t size)
{
    void *const larger = smi_bytes(room * size);
    if (larger != NULL && used > 0) {
        memcpy(larger, array, used * size);
    }
    smi_free(array);
    return larger;
}

bool smi_number_piece_reserve(smi_number_piece *const piece, const smi_table *const table)
{
    enum { LEAST_ROWS = 64 };
    size_t bytes = 0;
    if (piece->rows < piece->room) {
        return true;
    }
    const size_t room = smi_max_size(2 * piece->room, LEAST_ROWS);
    const size_t width = table->schema->feature_count * sizeof *piece->x;
    const size_t used = piece->rows;
    if (!smi_multiply_size(room, width, &bytes)) {
        return false;
    }
    piece->x = enlarged(piece->x, used, room, width);
    piece->labels = enlarged(piece->labels, used, room, sizeof *piece->labels);
    piece->weights = enlarged(piece->weights, used, room, sizeof *piece->weights);
    piece->room = room;
    return piece->x != NULL && piece->labels != NULL && piece->weights != NULL;
}

/* Whether the row has a weight as it must be. Who encodes it says what is wrong with others. */
static bool take_weight(const smi_table *const table, const smi_cell *const cells,
                        float *const weight)
{
    *weight = 1.0F;
    return table->weight == SMI_NO_COLUMN ||
           (smi_cell_number(&cells[table->weight], weight) == SMI_READ_NUMBER && *weight > 0.0F);
}

/* How many of the first numbers, of which `others` are NaN, are there or missing. */
static size_t count_readable(const smi_number_piece *const piece, const smi_cell *const cells,
                             const float *const x, const size_t features, size_t others)
{
    for (size_t f = 0; f < features && others > 0; f++) {
        if (isnan(x[f])) {
            if (!smi_cell_is_missing(&cells[piece->places[f]])) {
                return f;
            }
            others--;
        }
    }
    return features;
}

size_t smi_number_piece_add(smi_number_piece *const piece, const smi_number_rows *const rows,
                            const smi_table *const table, const smi_cell *const cells,
                            const uint32_t label)
{
    const size_t features = table->schema->feature_count;
    float *const x = piece->x + piece->rows * features;
    if (!take_weight(table, cells, &piece->weights[piece->rows])) {
        piece->kept = false;
        return 0;
    }
    const size_t others = rows->kernels->read_numbers(cells, piece->places, features, x);
    const size_t readable = count_readable(piece, cells, x, features, others);
    piece->kept = readable == features;
    if (piece->kept) {
        piece->labels[piece->rows] = label;
        piece->rows++;
    }
    return readable;
}

void smi_number_piece_note(smi_number_piece *const piece, const smi_schema *const schema,
                           const size_t features)
{
    const size_t width = schema->feature_count;
    if (piece->x == NULL) { /* there has been no row */
        return;
    }
    smi_numeric_note_rows(piece->notes, piece->x, piece->rows + 1, width, features);
    smi_numeric_note_rows(piece->notes + features, piece->x + features, piece->rows, width,
                          width - features);
}

/* ---- all of them ---- */

void smi_number_rows_free(smi_number_rows *const rows)
{
    smi_growing_free(&rows->x);
    smi_growing_free(&rows->labels);
    smi_growing_free(&rows->weights);
    smi_vocabulary_free(&rows->words);
    rows->kept = false;
}

sm_status smi_number_rows_begin(smi_number_rows *const rows, const smi_table *const table,
                                const bool only_noted)
{
    const smi_schema *const schema = table->schema;
    const smi_kernels *kernels = NULL;
    const sm_status status = smi_kernels_choose(&kernels);
    *rows = (smi_number_rows){.kernels = kernels,
                              .kept = table->learning && schema->feature_count > 0,
                              .only_noted = only_noted,
                              .x = {.element_size = sizeof(float)},
                              .labels = {.element_size = sizeof(int32_t)},
                              .weights = {.element_size = sizeof(float)}};
    for (size_t f = 0; f < schema->feature_count; f++) {
        rows->kept = rows->kept && schema->features[f].kind->take_numbers != NULL;
    }
    return status;
}

/* Counts what is not 0, and what is not there. */
static void count_entries(smi_number_rows *const rows, const smi_number_piece *const piece,
                          const size_t features)
{
    for (size_t f = 0; f < features; f++) {
        const smi_numeric_notes *const notes = &piece->notes[f];
        rows->entries += notes->count - notes->zeros + notes->missing;
        rows->missing += notes->missing;
    }
}

/* Turns the numbers of a piece's labels into those of all. */
static bool number_labels(smi_number_rows *const rows, smi_number_piece *const piece,
                          const smi_vocabulary *const labels)
{
    uint32_t *const numbers = smi_array(labels->count, sizeof *numbers);
    bool complete = numbers != NULL;
    for (uint32_t i = 0; complete && i < labels->count; i++) {
        const char *const word = smi_vocabulary_word(labels, i);
        numbers[i] = smi_vocabulary_add(&rows->words, word, strlen(word));
        complete = numbers[i] != SMI_NO_WORD;
    }
    for (size_t r = 0; complete && labels->count > 0 && r < piece->rows; r++) {
        piece->labels[r] = numbers[piece->labels[r]];
    }
    smi_free(numbers);
    return complete;
}

/* Makes room for the rows of all pieces, where there are several: twice as many as if all were as
 * long as those of the first. What is too much takes no memory. */
static void expect_rows(smi_number_rows *const rows, const smi_number_piece *const first,
                        const smi_table *const table)
{
    const size_t pieces = smi_csv_piece_count(table->csv);
    size_t count = 0;
    size_t numbers = 0;
    if (pieces > 1 && smi_multiply_size(2 * first->rows, pieces, &count) &&
        smi_multiply_size(count, table->schema->feature_count, &numbers)) {
        (void)smi_growing_expect(&rows->x, numbers);
    }
}

static bool append(smi_number_rows *const rows, smi_number_piece *const piece,
                   const smi_table *const table, const smi_vocabulary *const labels)
{
    const size_t count = piece->rows;
    const size_t numbers = count * table->schema->feature_count;
    if (rows->x.count == 0) {
        expect_rows(rows, piece, table);
    }
    rows->longest = smi_max_size(rows->longest, numbers);
    return smi_growing_append(&rows->x, piece->x, numbers) &&
           (table->label == SMI_NO_COLUMN ||
            (number_labels(rows, piece, labels) &&
             smi_growing_append(&rows->labels, piece->labels, count))) &&
           (table->weight == SMI_NO_COLUMN ||
            smi_growing_append(&rows->weights, piece->weights, count));
}

/* Whether the rows take more memory than as sparse ones, which the data may be: their entries take
 * twice as much, and get only more. */
static bool take_too_much(const smi_number_rows *const rows, const size_t features)
{
    const bool may_be_sparse = 2 * features > SMI_NARROW_ROWS; /* of x, each may take two columns */
    return may_be_sparse && 2 * rows->entries < rows->x.count;
}

sm_status smi_number_rows_merge(smi_number_rows *const rows, smi_number_piece *const piece,
                                const smi_table *const table, const smi_vocabulary *const labels)
{
    const size_t features = table->schema->feature_count;
    const bool lost = rows->kept && !piece->kept;
    sm_status status = SM_OK;
    if (rows->kept && !rows->only_noted && piece->kept && piece->rows > 0) {
        count_entries(rows, piece, features);
        status =
            append(rows, piece, table, labels) ? SM_OK : smi_fail_memory(smi_csv_file(table->csv));
    }
    piece->rows = 0;
    if (lost || (rows->kept && take_too_much(rows, features))) {
        smi_number_rows_free(rows);
    }
    if (!rows->kept) {
        free_rows(piece);
    }
    return status;
}

void smi_number_rows_prepare(const smi_number_rows *const rows, const size_t pieces)
{
    smi_growing_prepare(&rows->x, pieces * rows->longest);
}

/* ---- the data ---- */

/* What the features make of a row in which nothing has a value: `width` columns of x, made by
 * smi_array(); NULL: there is not the memory. */
static float *make_blank_row(const smi_table *const table)
{
    static const char empty[SMI_CELL_MARGIN] = "";
    const smi_schema *const schema = table->schema;
    const size_t columns = smi_csv_column_count(table->csv);
    smi_cell *const cells = smi_array(columns, sizeof *cells);
    float *const blank = smi_array(schema->width, sizeof *blank);
    smi_entries entries = {0};
    bool complete = cells != NULL && blank != NULL;
    for (size_t c = 0; complete && c < columns; c++) {
        cells[c].at = empty;
    }
    for (size_t f = 0; complete && f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        smi_encoded encoded = {0};
        smi_csv_fault fault = {0};
        complete = smi_entries_reserve(&entries, SMI_ENTRIES_FREE) &&
                   feature->kind->encode(feature, cells, &entries, &encoded, &fault);
    }
    for (size_t i = 0; complete && i < entries.count; i++) {
        blank[entries.columns[i]] = entries.values[i];
    }
    smi_entries_free(&entries);
    smi_free(cells);
    if (!complete) {
        smi_free(blank);
        return NULL;
    }
    return blank;
}

/* A row of x, all 0 before. */
static void fill_row(const smi_schema *const schema, const float *const numbers,
                     const float *const blank, float *const x)
{
    for (size_t f = 0; f < schema->feature_count; f++) {
        const size_t first = schema->features[f].first;
        if (isnan(numbers[f])) {
            memcpy(x + first, blank + first, schema->features[f].width * sizeof *x);
        } else {
            x[first] = numbers[f];
        }
    }
}

/* Rows with what the features put in the place of missing values; frees them on the way. */
static float *fill_rows(smi_growing *const numbers, const smi_table *const table)
{
    const smi_schema *const schema = table->schema;
    const size_t features = schema->feature_count;
    float *const blank = make_blank_row(table);
    size_t bytes = 0;
    float *const x = blank != NULL && smi_multiply_size(schema->width, sizeof *x, &bytes)
                         ? smi_array(numbers->count / features, bytes)
                         : NULL;
    float *to = x;
    size_t count = 0;
    for (const float *from = x == NULL ? NULL : smi_growing_first(numbers, &count); from != NULL;
         from = smi_growing_first(numbers, &count)) {
        for (size_t i = 0; i < count; i += features, to += schema->width) {
            fill_row(schema, from + i, blank, to);
        }
        smi_growing_drop_first(numbers);
    }
    smi_free(blank);
    return x;
}

/* Labels as their places among the classes. */
static int32_t *place_labels(smi_number_rows *const rows, const smi_vocabulary *const classes)
{
    int32_t *const places = smi_array(rows->words.count, sizeof *places);
    const size_t count = rows->labels.count;
    int32_t *const labels = places == NULL ? NULL : smi_growing_join(&rows->labels);
    for (uint32_t i = 0; labels != NULL && i < rows->words.count; i++) {
        const char *const word = smi_vocabulary_word(&rows->words, i);
        places[i] = (int32_t)smi_vocabulary_find(classes, word, strlen(word));
    }
    for (size_t r = 0; labels != NULL && r < count; r++) {
        labels[r] = places[labels[r]];
    }
    smi_free(places);
    return labels;
}

sm_status smi_number_rows_place(smi_number_rows *const rows, const smi_table *const table,
                                const smi_vocabulary *const classes,
                                smi_encoded_rows *const encoded)
{
    const bool labels = table->label != SMI_NO_COLUMN;
    const bool weights = table->weight != SMI_NO_COLUMN;
    *encoded = (smi_encoded_rows){.x = rows->missing > 0 ? fill_rows(&rows->x, table)
                                                         : smi_growing_join(&rows->x),
                                  .labels = labels ? place_labels(rows, classes) : NULL,
                                  .weights = weights ? smi_growing_join(&rows->weights) : NULL};
    smi_number_rows_free(rows);
    if (encoded->x == NULL || (labels && encoded->labels == NULL) ||
        (weights && encoded->weights == NULL)) {
        smi_encoded_rows_free(encoded);
        return smi_fail_memory(smi_csv_file(table->csv));
    }
    return SM_OK;
}
