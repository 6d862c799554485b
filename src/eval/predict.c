/* Rows through the model. */
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/streaming.h"
#include "eval/dataset_logits.h"

/* Where rows come from. */
typedef struct row_source {
    const sm_dataset *dataset; /* NULL: an array */
    size_t first_row;          /* of the dataset */
    const char *x;             /* the array: rows of row_bytes, elements of this kind */
    size_t row_bytes;
    sm_element element;
} row_source;

/* At most SMI_FORWARD_ROWS rows. */
static void logits_of(const sm_model *const model, const row_source *const source,
                      const size_t first, const size_t count, float *const scratch,
                      float *const logits)
{
    if (source->dataset != NULL) {
        smi_dataset_logits(model, source->dataset, source->first_row + first, count, scratch,
                           logits);
        return;
    }
    const void *pointers[SMI_FORWARD_ROWS];
    for (size_t i = 0; i < count; i++) {
        pointers[i] = source->x + (first + i) * source->row_bytes;
    }
    smi_model_logits(model, source->element, pointers, count, scratch, logits);
    smi_model_temper(model, logits, count * sm_model_shape(model).classes);
}

static void predict_rows(const sm_model *const model, const row_source *const source,
                         const size_t rows, const sm_output kind, float *const scratch,
                         float *const output)
{
    const size_t classes = sm_model_shape(model).classes;
    for (size_t done = 0; done < rows; done += SMI_FORWARD_ROWS) {
        const size_t count = smi_min_size(SMI_FORWARD_ROWS, rows - done);
        float *const block = output + done * classes;
        logits_of(model, source, done, count, scratch, block);
        if (kind == SM_PROBABILITIES) {
            sm_softmax(block, count, classes, block);
        }
    }
}

/* A network's rows have scratch on the stack, as far as it goes. */
static sm_status predict_network(const sm_model *const model, const row_source *const source,
                                 const size_t rows, const sm_output kind, float *const output)
{
    enum { ON_STACK = 2 * SM_PREDICT_UNITS + SMI_FORWARD_FIXED };
    _Alignas(SMI_ALIGNMENT) float stack[ON_STACK];
    const size_t needed = smi_forward_scratch(model, smi_min_size(SMI_FORWARD_ROWS, rows));
    if (needed <= ON_STACK) {
        predict_rows(model, source, rows, kind, stack, output);
        return SM_OK;
    }
    float *const scratch = smi_array(needed, sizeof *scratch);
    if (scratch == NULL) {
        return smi_fail_memory("predicting");
    }
    predict_rows(model, source, rows, kind, scratch, output);
    smi_free(scratch);
    return SM_OK;
}

static sm_status predict(const sm_model *const model, const row_source *const source,
                         const size_t rows, const sm_output kind, float *const output)
{
    if (sm_model_layer_count(model) > 1) {
        return predict_network(model, source, rows, kind, output);
    }
    predict_rows(model, source, rows, kind, NULL, output);
    return SM_OK;
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
    const row_source source = {.dataset = dataset, .first_row = first_row};
    if (status == SM_OK) {
        status = predict(model, &source, rows, kind, output);
    }
    return status == SM_OK ? smi_streaming_check_unchanged(dataset) : status;
}

/* Rows of an array of `size` bytes an element. */
static sm_status predict_array(const char *const function, const sm_model *const model,
                               const sm_element element, const size_t size, const void *const x,
                               const size_t rows, const sm_output kind, float *const output)
{
    const sm_status status = check(function, model, x, "x", kind, output);
    if (status != SM_OK) {
        return status;
    }
    const row_source source = {
        .x = x, .row_bytes = sm_model_shape(model).features * size, .element = element};
    return predict(model, &source, rows, kind, output);
}

sm_status sm_predict_u8(const sm_model *const model, const uint8_t *const x, const size_t rows,
                        const sm_output kind, float *const output)
{
    return predict_array(__func__, model, SM_U8, sizeof *x, x, rows, kind, output);
}

sm_status sm_predict_f32(const sm_model *const model, const float *const x, const size_t rows,
                         const sm_output kind, float *const output)
{
    return predict_array(__func__, model, SM_F32, sizeof *x, x, rows, kind, output);
}
