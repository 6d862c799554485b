/* Writing rows as a LIBSVM file. */
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/labels.h"
#include "data/libsvm_line.h"
#include "data/rows.h"
#include "sys/text_output.h"

/* What the file can hold. */
static sm_status check(const sm_rows *const rows, const char *const path)
{
    const sm_shape *const shape = &rows->shape;
    const size_t base = shape->index_base == SM_INDEX_FROM_ZERO ? 0 : 1;
    if (!rows->labelled) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': a line of a LIBSVM file begins with a label, and the data has none; "
                        "CSV, NumPy and IDX files can do without",
                        path);
    }
    if (rows->weighted) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': the rows have weights, which LIBSVM files do not hold; CSV files do",
                        path);
    }
    if (shape->features - 1 + base > SMI_LIBSVM_LARGEST_INDEX) {
        return smi_fail(SM_ERROR_DATA, "'%s': %zu features are more than LIBSVM files can count",
                        path, shape->features);
    }
    return SM_OK;
}

/* Looks for a row that has an entry other than 0 in the last column, which is how readers learn the
 * width. */
typedef struct width_search {
    const sm_rows *rows;
    bool found;
} width_search;

/* Ends the pass when it has found one. */
static sm_status look_for_width(void *const context, const smi_row_block *const block)
{
    width_search *const search = context;
    const sm_rows *const rows = search->rows;
    const size_t last = rows->shape.features - 1;
    for (size_t r = 0; r < block->rows && !search->found; r++) {
        if (rows->element == SM_CSR) {
            const smi_sparse_row x = smi_block_entries(block, r);
            search->found =
                x.count > 0 && x.columns[x.count - 1] == last && x.values[x.count - 1] != 0.0F;
        } else {
            const void *const x = smi_block_x(rows, block, r);
            search->found = rows->element == SM_U8 ? ((const uint8_t *)x)[last] != 0
                                                   : ((const float *)x)[last] != 0.0F;
        }
    }
    return search->found ? SM_ERROR_ARGUMENT : SM_OK;
}

static sm_status find_width(const sm_rows *const rows, bool *const shown)
{
    width_search search = {.rows = rows, .found = rows->shows_width};
    const sm_status status = search.found ? SM_OK : smi_rows_pass(rows, look_for_width, &search);
    *shown = search.found;
    return search.found ? SM_OK : status;
}

/* ---- lines ---- */

typedef struct libsvm_writer {
    smi_text_output *output;
    const sm_rows *rows;
    int32_t *numbers; /* of the classes */
    size_t base;
    bool width_shown;
} libsvm_writer;

static void put_entry(smi_text_output *const output, const size_t index, const float value)
{
    smi_put_character(output, ' ');
    smi_put_integer(output, (int64_t)index);
    smi_put_character(output, ':');
    smi_put_float(output, value);
}

static void put_entries(const libsvm_writer *const writer, const smi_row_block *const block,
                        const size_t row)
{
    const sm_rows *const rows = writer->rows;
    if (rows->element == SM_CSR) {
        const smi_sparse_row x = smi_block_entries(block, row);
        for (size_t i = 0; i < x.count; i++) {
            if (x.values[i] != 0.0F) {
                put_entry(writer->output, x.columns[i] + writer->base, x.values[i]);
            }
        }
        return;
    }
    const void *const x = smi_block_x(rows, block, row);
    for (size_t f = 0; f < rows->shape.features; f++) {
        const float value =
            rows->element == SM_U8 ? (float)((const uint8_t *)x)[f] : ((const float *)x)[f];
        if (value != 0.0F) {
            put_entry(writer->output, f + writer->base, value);
        }
    }
}

static sm_status put_block(void *const context, const smi_row_block *const block)
{
    libsvm_writer *const writer = context;
    for (size_t r = 0; r < block->rows && smi_text_output_status(writer->output) == SM_OK; r++) {
        smi_put_integer(writer->output, writer->numbers[block->labels[r]]);
        put_entries(writer, block, r);
        if (!writer->width_shown) { /* an entry of 0 tells it as well, and changes nothing */
            put_entry(writer->output, writer->rows->shape.features - 1 + writer->base, 0.0F);
            writer->width_shown = true;
        }
        smi_put_character(writer->output, '\n');
    }
    return smi_text_output_status(writer->output);
}

sm_status sm_rows_save_libsvm(const sm_rows *const rows, const char *const path)
{
    if (rows == NULL || path == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "path");
    }
    libsvm_writer writer = {.rows = rows,
                            .base = rows->shape.index_base == SM_INDEX_FROM_ZERO ? 0 : 1};
    sm_status status = check(rows, path);
    if (status == SM_OK) {
        status = smi_class_numbers(&rows->shape, "LIBSVM", &writer.numbers);
    }
    if (status == SM_OK) {
        status = smi_text_output_open(path, &writer.output);
    }
    if (status == SM_OK) {
        status = find_width(rows, &writer.width_shown);
    }
    if (status == SM_OK) {
        status = smi_rows_pass(rows, put_block, &writer);
    }
    status = smi_text_output_finish(writer.output, status);
    smi_free(writer.numbers);
    return status;
}

sm_status sm_dataset_save_libsvm(const sm_dataset *const dataset, const char *const path)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    const sm_rows rows = smi_rows_over(dataset);
    return sm_rows_save_libsvm(&rows, path);
}
