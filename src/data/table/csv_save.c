/* Writing rows as a text table. */
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/rows.h"
#include "data/table/cell.h"
#include "data/table/csv.h"
#include "data/table/csv_quotes.h"
#include "sys/text_output.h"

typedef struct csv_writer {
    smi_text_output *output;
    const sm_rows *rows;
    char delimiter;
    float *row; /* features */
} csv_writer;

/* A class name. Besides those that must be, names that begin like what stands for a missing value
 * (NA, null, ?, <NA>) are quoted, which says that they are none. */
static void put_name(const csv_writer *const writer, const char *const name)
{
    const size_t length = strlen(name);
    if (length > 0 && !smi_begins_like_missing(name[0]) &&
        !smi_csv_needs_quotes(name, length, writer->delimiter)) {
        smi_put_text(writer->output, name, length);
        return;
    }
    smi_put_character(writer->output, '"');
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '"') {
            smi_put_character(writer->output, '"');
        }
        smi_put_character(writer->output, name[i]);
    }
    smi_put_character(writer->output, '"');
}

/* x1,x2,…,label */
static void put_header(const csv_writer *const writer)
{
    static const char label[] = "label";
    static const char weight[] = "weight";
    const sm_rows *const rows = writer->rows;
    for (size_t f = 0; f < rows->shape.features; f++) {
        if (f > 0) {
            smi_put_character(writer->output, writer->delimiter);
        }
        smi_put_character(writer->output, 'x');
        smi_put_integer(writer->output, (int64_t)f + 1);
    }
    if (rows->weighted) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_text(writer->output, weight, sizeof weight - 1);
    }
    if (rows->labelled) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_text(writer->output, label, sizeof label - 1);
    }
    smi_put_character(writer->output, '\n');
}

/* The row's features as floats. */
static void fill_row(const csv_writer *const writer, const smi_row_block *const block,
                     const size_t row)
{
    const sm_rows *const rows = writer->rows;
    const size_t features = rows->shape.features;
    if (rows->element == SM_CSR) {
        const smi_sparse_row x = smi_block_entries(block, row);
        memset(writer->row, 0, features * sizeof *writer->row);
        for (size_t i = 0; i < x.count; i++) {
            writer->row[x.columns[i]] = x.values[i];
        }
        return;
    }
    const void *const x = smi_block_x(rows, block, row);
    for (size_t f = 0; f < features; f++) {
        writer->row[f] =
            rows->element == SM_U8 ? (float)((const uint8_t *)x)[f] : ((const float *)x)[f];
    }
}

static void put_row(const csv_writer *const writer, const smi_row_block *const block,
                    const size_t row)
{
    const sm_shape *const shape = &writer->rows->shape;
    fill_row(writer, block, row);
    for (size_t f = 0; f < shape->features; f++) {
        if (f > 0) {
            smi_put_character(writer->output, writer->delimiter);
        }
        smi_put_float(writer->output, writer->row[f]);
    }
    if (block->weights != NULL) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_float(writer->output, block->weights[row]);
    }
    if (block->labels != NULL) {
        smi_put_character(writer->output, writer->delimiter);
        put_name(writer, shape->class_names[block->labels[row]]);
    }
    smi_put_character(writer->output, '\n');
}

static sm_status put_block(void *const context, const smi_row_block *const block)
{
    const csv_writer *const writer = context;
    for (size_t r = 0; r < block->rows && smi_text_output_status(writer->output) == SM_OK; r++) {
        put_row(writer, block, r);
    }
    return smi_text_output_status(writer->output);
}

sm_status sm_rows_save_csv(const sm_rows *const rows, const char *const path, const char delimiter)
{
    if (rows == NULL || path == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "path");
    }
    if (delimiter != ',' && delimiter != ';' && delimiter != '\t') {
        return smi_fail(SM_ERROR_ARGUMENT, "delimiter: it must be a comma, a semicolon or a tab");
    }
    const size_t columns = rows->shape.features + (size_t)rows->labelled + (size_t)rows->weighted;
    if (columns > SMI_CSV_MOST_COLUMNS) {
        char counted[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA,
                        "'%s': %s are more than the %s that a table is read with; LIBSVM and NPZ "
                        "files hold them",
                        path, smi_counted_text(columns, "column", counted),
                        smi_grouped_text(SMI_CSV_MOST_COLUMNS, most));
    }
    csv_writer writer = {.rows = rows,
                         .delimiter = delimiter,
                         .row = smi_array(rows->shape.features, sizeof(float))};
    sm_status status =
        writer.row == NULL ? smi_fail_memory("a row") : smi_text_output_open(path, &writer.output);
    if (status == SM_OK) {
        put_header(&writer);
        status = smi_rows_pass(rows, put_block, &writer);
    }
    status = smi_text_output_finish(writer.output, status);
    smi_free(writer.row);
    return status;
}

sm_status sm_dataset_save_csv(const sm_dataset *const dataset, const char *const path,
                              const char delimiter)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    const sm_rows rows = smi_rows_over(dataset);
    return sm_rows_save_csv(&rows, path, delimiter);
}
