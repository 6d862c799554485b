/* Looking at a dataset. */
#include <string.h>

#include "base/status.h"
#include "data/streaming.h"

sm_shape sm_dataset_shape(const sm_dataset *const dataset)
{
    return dataset->shape;
}

size_t sm_dataset_rows(const sm_dataset *const dataset)
{
    return dataset->rows;
}

sm_element sm_dataset_element(const sm_dataset *const dataset)
{
    return dataset->element;
}

bool sm_dataset_has_labels(const sm_dataset *const dataset)
{
    return dataset->labels != NULL || dataset->targets != NULL;
}

int32_t sm_dataset_label(const sm_dataset *const dataset, const size_t row)
{
    if (row >= dataset->rows || !sm_dataset_has_labels(dataset)) {
        return -1;
    }
    const size_t stored = smi_dataset_stored_row(dataset, row);
    if (dataset->targets == NULL) {
        return dataset->labels[stored];
    }
    const float *const targets = dataset->targets + stored * dataset->shape.classes;
    size_t best = 0;
    for (size_t c = 1; c < dataset->shape.classes; c++) {
        best = targets[c] > targets[best] ? c : best;
    }
    return (int32_t)best;
}

static sm_status fail_no_row(const sm_dataset *const dataset, const size_t row)
{
    return smi_fail(SM_ERROR_ARGUMENT, "there is no row %zu: the data has %zu, from 0", row,
                    dataset->rows);
}

sm_status sm_dataset_row(const sm_dataset *const dataset, const size_t row, float *const values)
{
    if (dataset == NULL || values == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "values");
    }
    if (row >= dataset->rows) {
        return fail_no_row(dataset, row);
    }
    if (dataset->element == SM_CSR) {
        const smi_sparse_row x = smi_dataset_entries(dataset, row);
        memset(values, 0, dataset->shape.features * sizeof *values);
        for (size_t i = 0; i < x.count; i++) {
            values[x.columns[i]] = x.values[i];
        }
        return SM_OK;
    }
    const void *const x = smi_dataset_x(dataset, row);
    smi_streaming_pass(dataset, row, 1);
    for (size_t f = 0; f < dataset->shape.features; f++) {
        values[f] =
            dataset->element == SM_U8 ? (float)((const uint8_t *)x)[f] : ((const float *)x)[f];
    }
    return SM_OK;
}

sm_status sm_dataset_row_entries(const sm_dataset *const dataset, const size_t row,
                                 const float **const values, const uint32_t **const columns,
                                 size_t *const count)
{
    if (dataset == NULL || values == NULL || columns == NULL || count == NULL) {
        return smi_fail_null(__func__, dataset == NULL   ? "dataset"
                                       : values == NULL  ? "values"
                                       : columns == NULL ? "columns"
                                                         : "count");
    }
    if (dataset->element != SM_CSR) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the data is not sparse", __func__);
    }
    if (row >= dataset->rows) {
        return fail_no_row(dataset, row);
    }
    const smi_sparse_row x = smi_dataset_entries(dataset, row);
    smi_streaming_pass(dataset, row, 1);
    *values = x.values;
    *columns = x.columns;
    *count = x.count;
    return SM_OK;
}
