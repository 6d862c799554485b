/* Rows through the model. */
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "eval/dataset_logits.h"

static void finish(const size_t rows, const size_t classes, const sm_output kind,
                   float *const block)
{
    if (kind == SM_PROBABILITIES) {
        sm_softmax(block, rows, classes, block);
    }
}

/* Rows of an array. */
static void predict_array(const sm_model *const model, const sm_element element,
                          const void *const x, const size_t row_bytes, const size_t rows,
                          const sm_output kind, float *const output)
{
    const size_t classes = sm_model_shape(model).classes;
    const void *pointers[SMI_FORWARD_ROWS];
    for (size_t done = 0; done < rows; done += SMI_FORWARD_ROWS) {
        const size_t count = smi_min_size(SMI_FORWARD_ROWS, rows - done);
        for (size_t i = 0; i < count; i++) {
            pointers[i] = (const char *)x + (done + i) * row_bytes;
        }
        float *const block = output + done * classes;
        smi_model_logits(model, element, pointers, count, block);
        finish(count, classes, kind, block);
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
        const size_t classes = sm_model_shape(model).classes;
        for (size_t done = 0; done < rows; done += SMI_FORWARD_ROWS) {
            const size_t count = smi_min_size(SMI_FORWARD_ROWS, rows - done);
            float *const block = output + done * classes;
            smi_dataset_logits(model, dataset, first_row + done, count, block);
            finish(count, classes, kind, block);
        }
    }
    return status;
}

sm_status sm_predict_u8(const sm_model *const model, const uint8_t *const x, const size_t rows,
                        const sm_output kind, float *const output)
{
    const sm_status status = check(__func__, model, x, "x", kind, output);
    if (status == SM_OK) {
        predict_array(model, SM_U8, x, sm_model_shape(model).features, rows, kind, output);
    }
    return status;
}

sm_status sm_predict_f32(const sm_model *const model, const float *const x, const size_t rows,
                         const sm_output kind, float *const output)
{
    const sm_status status = check(__func__, model, x, "x", kind, output);
    if (status == SM_OK) {
        predict_array(model, SM_F32, x, sm_model_shape(model).features * sizeof *x, rows, kind,
                      output);
    }
    return status;
}
