/* Rows through the model. */
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "model/forward.h"

/* Where a row lies: of a dataset, or of an array. */
typedef struct rows_source {
    const sm_dataset *dataset; /* NULL: an array */
    sm_element element;
    const void *x;
    size_t row_bytes;
    size_t first;
} rows_source;

static void predict(const sm_model *const model, const rows_source *const source, const size_t rows,
                    const sm_output kind, float *const output)
{
    const size_t classes = sm_model_shape(model).classes;
    const void *x[SMI_FORWARD_ROWS];
    for (size_t done = 0; done < rows; done += SMI_FORWARD_ROWS) {
        const size_t count = smi_min_size(SMI_FORWARD_ROWS, rows - done);
        for (size_t i = 0; i < count; i++) {
            const size_t row = source->first + done + i;
            x[i] = source->dataset != NULL ? smi_dataset_x(source->dataset, row)
                                           : (const char *)source->x + row * source->row_bytes;
        }
        float *const block = output + done * classes;
        smi_model_logits(model, source->element, x, count, block);
        if (kind == SM_PROBABILITIES) {
            sm_softmax(block, count, classes, block);
        }
    }
}

static sm_status check(const char *const function, const sm_model *const model, const void *const x,
                       const char *const x_name, const sm_output kind, const float *const output)
{
    if (model == NULL || x == NULL || output == NULL) {
        return smi_fail_null(function, model == NULL ? "model" : x == NULL ? x_name : "output");
    }
    if (kind != SM_LOGITS && kind != SM_PROBABILITIES) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: there is no output %d", function, (int)kind);
    }
    return SM_OK;
}

sm_status sm_predict(const sm_model *const model, const sm_dataset *const dataset,
                     const size_t first_row, const size_t rows, const sm_output kind,
                     float *const output)
{
    sm_status status = check(__func__, model, dataset, "dataset", kind, output);
    if (status == SM_OK) {
        status = smi_dataset_check(dataset, sm_model_shape(model).features, false);
    }
    if (status == SM_OK && (first_row > dataset->rows || rows > dataset->rows - first_row)) {
        status = smi_fail(SM_ERROR_ARGUMENT, "rows %zu … are asked for; the data has %zu, from 0",
                          first_row, dataset->rows);
    }
    if (status == SM_OK) {
        const rows_source source = {
            .dataset = dataset, .element = dataset->element, .first = first_row};
        predict(model, &source, rows, kind, output);
    }
    return status;
}

sm_status sm_predict_u8(const sm_model *const model, const uint8_t *const x, const size_t rows,
                        const sm_output kind, float *const output)
{
    const sm_status status = check(__func__, model, x, "x", kind, output);
    if (status == SM_OK) {
        const rows_source source = {
            .element = SM_U8, .x = x, .row_bytes = sm_model_shape(model).features};
        predict(model, &source, rows, kind, output);
    }
    return status;
}

sm_status sm_predict_f32(const sm_model *const model, const float *const x, const size_t rows,
                         const sm_output kind, float *const output)
{
    const sm_status status = check(__func__, model, x, "x", kind, output);
    if (status == SM_OK) {
        const rows_source source = {
            .element = SM_F32, .x = x, .row_bytes = sm_model_shape(model).features * sizeof *x};
        predict(model, &source, rows, kind, output);
    }
    return status;
}
