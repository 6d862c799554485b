/* Writing a dataset as a text table. */
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/table/csv_quotes.h"
#include "data/text_output.h"

typedef struct csv_writer {
    smi_text_output *output;
    const sm_dataset *dataset;
    char delimiter;
    float *row; /* features */
} csv_writer;

/* A class name. Besides those that must be, names that begin like what stands for a missing value
 * (NA, null, ?) are quoted, which says that they are none. */
static void put_name(const csv_writer *const writer, const char *const name)
{
    const size_t length = strlen(name);
    if (!smi_csv_needs_quotes(name, length, writer->delimiter) && strchr("Nn?", name[0]) == NULL) {
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
    const sm_dataset *const dataset = writer->dataset;
    for (size_t f = 0; f < dataset->shape.features; f++) {
        if (f > 0) {
            smi_put_character(writer->output, writer->delimiter);
        }
        smi_put_character(writer->output, 'x');
        smi_put_integer(writer->output, (int64_t)f + 1);
    }
    if (dataset->weights != NULL) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_text(writer->output, weight, sizeof weight - 1);
    }
    if (sm_dataset_has_labels(dataset)) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_text(writer->output, label, sizeof label - 1);
    }
    smi_put_character(writer->output, '\n');
}

static sm_status put_row(const csv_writer *const writer, const size_t row)
{
    const sm_dataset *const dataset = writer->dataset;
    const sm_status status = sm_dataset_row(dataset, row, writer->row);
    for (size_t f = 0; status == SM_OK && f < dataset->shape.features; f++) {
        if (f > 0) {
            smi_put_character(writer->output, writer->delimiter);
        }
        smi_put_float(writer->output, writer->row[f]);
    }
    if (dataset->weights != NULL) {
        smi_put_character(writer->output, writer->delimiter);
        smi_put_float(writer->output, dataset->weights[smi_dataset_stored_row(dataset, row)]);
    }
    if (sm_dataset_has_labels(dataset)) {
        smi_put_character(writer->output, writer->delimiter);
        put_name(writer, dataset->shape.class_names[sm_dataset_label(dataset, row)]);
    }
    smi_put_character(writer->output, '\n');
    return status;
}

static sm_status write_table(const csv_writer *const writer)
{
    sm_status status = SM_OK;
    put_header(writer);
    for (size_t r = 0; r < writer->dataset->rows && status == SM_OK; r++) {
        status = put_row(writer, r);
        status = status == SM_OK ? smi_text_output_status(writer->output) : status;
    }
    return status;
}

sm_status sm_dataset_save_csv(const sm_dataset *const dataset, const char *const path,
                              const char delimiter)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    if (delimiter != ',' && delimiter != ';' && delimiter != '\t') {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: delimiter must be a comma, a semicolon or a tab",
                        __func__);
    }
    csv_writer writer = {.dataset = dataset,
                         .delimiter = delimiter,
                         .row = smi_array(dataset->shape.features, sizeof(float))};
    sm_status status =
        writer.row == NULL ? smi_fail_memory("a row") : smi_text_output_open(path, &writer.output);
    if (status == SM_OK) {
        status = write_table(&writer);
    }
    status = smi_text_output_finish(writer.output, status);
    smi_free(writer.row);
    return status;
}
