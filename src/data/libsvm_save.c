/* Writing a dataset as a LIBSVM file. */
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/labels.h"
#include "data/libsvm_line.h"
#include "data/text_output.h"

/* What the file can hold. */
static sm_status check(const sm_dataset *const dataset, const char *const path)
{
    const sm_shape *const shape = &dataset->shape;
    const size_t base = shape->index_base == SM_INDEX_FROM_ZERO ? 0 : 1;
    if (!sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': a line of a LIBSVM file begins with a label, and the data has none; "
                        "CSV, NumPy and IDX files can do without",
                        path);
    }
    if (dataset->weights != NULL) {
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

/* Whether any row has an entry in the last column, which is how readers learn the width. */
static bool shows_width(const sm_dataset *const dataset)
{
    const size_t last = dataset->shape.features - 1;
    for (size_t r = 0; r < dataset->rows; r++) {
        if (dataset->element == SM_CSR) {
            const smi_sparse_row x = smi_dataset_entries(dataset, r);
            if (x.count > 0 && x.columns[x.count - 1] == last) {
                return true;
            }
        } else {
            const void *const x = smi_dataset_x(dataset, r);
            if (dataset->element == SM_U8 ? ((const uint8_t *)x)[last] != 0
                                          : ((const float *)x)[last] != 0.0F) {
                return true;
            }
        }
    }
    return false;
}

static void put_entry(smi_text_output *const output, const size_t index, const float value)
{
    smi_put_character(output, ' ');
    smi_put_integer(output, (int64_t)index);
    smi_put_character(output, ':');
    smi_put_float(output, value);
}

static void put_entries(smi_text_output *const output, const sm_dataset *const dataset,
                        const size_t row, const size_t base)
{
    if (dataset->element == SM_CSR) {
        const smi_sparse_row x = smi_dataset_entries(dataset, row);
        for (size_t i = 0; i < x.count; i++) {
            put_entry(output, x.columns[i] + base, x.values[i]);
        }
        return;
    }
    const void *const x = smi_dataset_x(dataset, row);
    for (size_t f = 0; f < dataset->shape.features; f++) {
        const float value =
            dataset->element == SM_U8 ? (float)((const uint8_t *)x)[f] : ((const float *)x)[f];
        if (value != 0.0F) {
            put_entry(output, f + base, value);
        }
    }
}

static sm_status write_rows(smi_text_output *const output, const sm_dataset *const dataset,
                            const int32_t *const numbers)
{
    const size_t base = dataset->shape.index_base == SM_INDEX_FROM_ZERO ? 0 : 1;
    bool width_shown = shows_width(dataset);
    for (size_t r = 0; r < dataset->rows && smi_text_output_status(output) == SM_OK; r++) {
        smi_put_integer(output, numbers[sm_dataset_label(dataset, r)]);
        put_entries(output, dataset, r, base);
        if (!width_shown) { /* an entry of 0 tells it as well, and changes nothing */
            put_entry(output, dataset->shape.features - 1 + base, 0.0F);
            width_shown = true;
        }
        smi_put_character(output, '\n');
    }
    return smi_text_output_status(output);
}

sm_status sm_dataset_save_libsvm(const sm_dataset *const dataset, const char *const path)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    smi_text_output *output = NULL;
    int32_t *numbers = NULL;
    sm_status status = check(dataset, path);
    if (status == SM_OK) {
        status = smi_class_numbers(&dataset->shape, "LIBSVM", &numbers);
    }
    if (status == SM_OK) {
        status = smi_text_output_open(path, &output);
    }
    if (status == SM_OK) {
        status = write_rows(output, dataset, numbers);
    }
    status = smi_text_output_finish(output, status);
    smi_free(numbers);
    return status;
}
