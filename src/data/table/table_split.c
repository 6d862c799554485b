/* Splitting a text table into two, record by record. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/growing.h"
#include "data/kind.h"
#include "data/labels.h"
#include "data/open_options.h"
#include "data/reading_pool.h"
#include "data/split.h"
#include "data/table/columns.h"
#include "data/table/csv_table.h"
#include "data/table/vocabulary.h"
#include "sys/output.h"

/* What one piece of the text shows, then all of it. */
typedef struct records {
    smi_growing offsets; /* uint64_t: where each record begins */
    smi_growing labels;  /* uint32_t: its label's number in the vocabulary */
    smi_vocabulary words;
} records;

static void records_free(records *const freed)
{
    smi_growing_free(&freed->offsets);
    smi_growing_free(&freed->labels);
    smi_vocabulary_free(&freed->words);
}

typedef struct table_split {
    smi_csv *csv;
    size_t threads;
    size_t label; /* the column, or SMI_NO_COLUMN */
    records all;
    records *slots;
    size_t slot_count;
    uint64_t *offsets; /* records of them, */
    uint32_t *labels;  /* likewise */
    size_t rows;
    bool *marks;
} table_split;

/* ---- where the records are ---- */

static const records no_records = {.offsets = {.element_size = sizeof(uint64_t)},
                                   .labels = {.element_size = sizeof(uint32_t)}};

static bool note_record(void *const context, const size_t slot, const smi_csv_row *const row,
                        smi_csv_fault *const fault)
{
    const table_split *const split = context;
    records *const noted = &split->slots[slot];
    uint64_t *const offset = smi_growing_room(&noted->offsets, 1);
    uint32_t *const label = smi_growing_room(&noted->labels, 1);
    uint32_t word = 0;
    if (offset != NULL && label != NULL && split->label != SMI_NO_COLUMN) {
        const smi_cell *const cell = &row->cells[split->label];
        word = smi_vocabulary_add(&noted->words, cell->at, cell->length);
    }
    if (offset == NULL || label == NULL || word == SMI_NO_WORD) {
        return smi_csv_fault_memory(fault);
    }
    *offset = row->offset;
    *label = word;
    smi_growing_add(&noted->offsets, 1);
    smi_growing_add(&noted->labels, 1);
    return true;
}

/* The numbers that a piece's texts have among all. *numbers is freed by smi_free(). */
static sm_status number_words(const table_split *const split, const records *const piece,
                              smi_vocabulary *const words, uint32_t **const numbers)
{
    uint32_t *const made = smi_array(piece->words.count, sizeof *made);
    bool enough = made != NULL;
    for (uint32_t w = 0; enough && w < piece->words.count; w++) {
        const char *const word = smi_vocabulary_word(&piece->words, w);
        made[w] = smi_vocabulary_add(words, word, strlen(word));
        enough = made[w] != SMI_NO_WORD;
    }
    if (!enough || words->count > SMI_MAX_CLASSES) {
        smi_free(made);
        return !enough ? smi_fail_memory(smi_csv_file(split->csv))
                       : smi_fail_many_labels(smi_csv_file(split->csv));
    }
    *numbers = made;
    return SM_OK;
}

static sm_status merge_records(void *const context, const size_t slot)
{
    table_split *const split = context;
    records *const piece = &split->slots[slot];
    records *const all = &split->all;
    const size_t count = piece->offsets.count;
    uint32_t *numbers = NULL;
    sm_status status = number_words(split, piece, &all->words, &numbers);
    const bool named = numbers != NULL && piece->words.count > 0;
    if (status == SM_OK && count > 0) {
        uint64_t *const to_offsets = smi_growing_room(&all->offsets, count);
        uint32_t *const to_labels = smi_growing_room(&all->labels, count);
        uint64_t *const offsets = smi_growing_join(&piece->offsets);
        uint32_t *const labels = smi_growing_join(&piece->labels);
        if (to_offsets == NULL || to_labels == NULL || offsets == NULL || labels == NULL) {
            status = smi_fail_memory(smi_csv_file(split->csv));
        } else {
            memcpy(to_offsets, offsets, count * sizeof *offsets);
            for (size_t i = 0; i < count; i++) {
                to_labels[i] = named ? numbers[labels[i]] : 0;
            }
            smi_growing_add(&all->offsets, count);
            smi_growing_add(&all->labels, count);
        }
        smi_free(offsets);
        smi_free(labels);
    }
    smi_free(numbers);
    smi_vocabulary_clear(&piece->words);
    return status;
}

static sm_status find_records(table_split *const split)
{
    smi_pool *pool = NULL;
    const smi_csv_pass pass = {
        .slots = split->slot_count, .row = note_record, .merge = merge_records, .context = split};
    sm_status status = smi_pool_create(split->threads, &pool);
    if (status == SM_OK) {
        status = smi_csv_run(split->csv, pool, &pass);
    }
    smi_pool_free(pool);
    if (status != SM_OK) {
        return status;
    }
    split->rows = split->all.offsets.count;
    if (split->rows == 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the file holds no rows", smi_csv_file(split->csv));
    }
    split->offsets = smi_growing_join(&split->all.offsets);
    split->labels = smi_growing_join(&split->all.labels);
    split->marks = smi_array(split->rows, sizeof *split->marks);
    return split->offsets == NULL || split->labels == NULL || split->marks == NULL
               ? smi_fail_memory(smi_csv_file(split->csv))
               : SM_OK;
}

/* ---- writing them ---- */

static sm_status copy_bytes(const smi_spool *const spool, uint64_t from, const uint64_t end,
                            char *const buffer, const size_t size, smi_output *const output)
{
    sm_status status = SM_OK;
    while (from < end && status == SM_OK) {
        const size_t piece = end - from < size ? (size_t)(end - from) : size;
        status = smi_spool_read(spool, from, buffer, piece);
        if (status == SM_OK) {
            status = smi_output_write(output, buffer, piece);
        }
        from += piece;
    }
    return status;
}

/* What stands before the first record is for both. Records side by side are copied at once; what
 * stands between two, comments and blank lines, goes with the one before. */
static sm_status write_parts(const table_split *const split, smi_output *const outputs[2])
{
    enum { BUFFER = 1 << 20 };
    const smi_spool *const spool = split->csv->spool;
    char *const buffer = smi_bytes(BUFFER);
    if (buffer == NULL) {
        return smi_fail_memory(smi_csv_file(split->csv));
    }
    sm_status status = SM_OK;
    for (size_t p = 0; p < 2 && status == SM_OK; p++) {
        status = copy_bytes(spool, 0, split->offsets[0], buffer, BUFFER, outputs[p]);
    }
    for (size_t r = 0; r < split->rows && status == SM_OK;) {
        const bool mark = split->marks[r];
        const uint64_t from = split->offsets[r];
        while (r < split->rows && split->marks[r] == mark) {
            r++;
        }
        const uint64_t end = r < split->rows ? split->offsets[r] : smi_spool_size(spool);
        status = copy_bytes(spool, from, end, buffer, BUFFER, outputs[mark]);
    }
    smi_free(buffer);
    return status == SM_OK ? smi_spool_check_unchanged(spool) : status;
}

/* Both files appear, or neither. */
static sm_status write_files(const table_split *const split, const char *const first_path,
                             const char *const second_path)
{
    smi_output *outputs[2] = {NULL, NULL};
    sm_status status = smi_output_open(first_path, &outputs[0]);
    if (status == SM_OK) {
        status = smi_output_open(second_path, &outputs[1]);
    }
    if (status == SM_OK) {
        status = write_parts(split, outputs);
    }
    smi_output_group_begin();
    for (size_t p = 0; p < 2; p++) {
        status = smi_output_finish(outputs[p], status);
    }
    return smi_output_group_end(status);
}

/* ---- all of it ---- */

/* Opens the table, and finds the label where one is needed. */
static sm_status open_table(table_split *const split, const char *const path,
                            const sm_open_options *const options, const bool stratify)
{
    const smi_csv_options how = {.delimiter = options->delimiter,
                                 .comment = options->comment,
                                 .header = options->header,
                                 .skip_lines = options->skip_lines};
    smi_spool *spool = NULL;
    smi_table table = {0};
    split->threads = smi_reading_threads(options);
    split->slot_count = 2 * split->threads;
    split->slots = smi_array(split->slot_count, sizeof *split->slots);
    if (split->slots == NULL) {
        split->slot_count = 0;
        return smi_fail_memory(path);
    }
    for (size_t i = 0; i < split->slot_count; i++) {
        split->slots[i] = no_records;
    }
    sm_status status = smi_spool_open(path, &spool);
    if (status == SM_OK) {
        status = smi_csv_open(spool, &how, &split->csv);
    }
    if (status == SM_OK && stratify) {
        status = smi_columns_choose(split->csv, options, true, &table);
    }
    if (status == SM_OK && stratify) {
        split->label = table.label;
        smi_schema_free(table.schema);
    }
    return status;
}

static int32_t label_of(const void *const context, const size_t row)
{
    const table_split *const split = context;
    return (int32_t)split->labels[row];
}

static void count_rows(const table_split *const split, size_t rows[2])
{
    rows[0] = rows[1] = 0;
    for (size_t r = 0; r < split->rows; r++) {
        rows[split->marks[r]]++;
    }
}

static void table_split_free(table_split *const split)
{
    for (size_t i = 0; i < split->slot_count; i++) {
        records_free(&split->slots[i]);
    }
    smi_free(split->slots);
    records_free(&split->all);
    smi_free(split->offsets);
    smi_free(split->labels);
    smi_free(split->marks);
    smi_csv_free(split->csv);
}

sm_status sm_table_split(const char *const path, const sm_open_options *const options,
                         const sm_split_options *const split_options, const char *const first_path,
                         const char *const second_path, size_t rows[2])
{
    if (path == NULL || split_options == NULL || first_path == NULL || second_path == NULL) {
        return smi_fail_null(__func__, path == NULL            ? "path"
                                       : split_options == NULL ? "split"
                                       : first_path == NULL    ? "first_path"
                                                               : "second_path");
    }
    const sm_open_options chosen = options == NULL ? sm_open_options_default() : *options;
    table_split split = {.label = SMI_NO_COLUMN, .all = no_records};
    sm_status status = smi_open_options_check(&chosen);
    if (status == SM_OK) {
        status = smi_check_kind(path, SMI_DATA_TABLE, &chosen);
    }
    if (status == SM_OK) {
        status = open_table(&split, path, &chosen, split_options->stratify);
    }
    if (status == SM_OK) {
        status = find_records(&split);
    }
    if (status == SM_OK) {
        const smi_split_rows all = {.rows = split.rows,
                                    .classes = split.all.words.count,
                                    .label = label_of,
                                    .context = &split};
        status = smi_mark_held_out(&all, split_options, split.marks);
    }
    if (status == SM_OK) {
        status = write_files(&split, first_path, second_path);
    }
    if (status == SM_OK && rows != NULL) {
        count_rows(&split, rows);
    }
    table_split_free(&split);
    return status;
}
