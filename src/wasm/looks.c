/* What a page shows of the model. */
#include "base/memory.h"
#include "base/status.h"
#include "model/model.h"
#include "wasm/state.h"

/* Rows that go through the model at a time, and classes that a byte can name. */
enum { BLOCK = 64, MOST_CLASSES = 256 };

sm_status lab_predict(const int element, const void *const x, const size_t rows,
                      float *const logits, float *const probabilities)
{
    sm_status status = lab_require_model();
    if (status == SM_OK) {
        status = element == SM_U8 ? sm_predict_u8(lab.model, x, rows, SM_LOGITS, logits)
                                  : sm_predict_f32(lab.model, x, rows, SM_LOGITS, logits);
    }
    if (status == SM_OK) {
        sm_softmax(logits, rows, lab.model->shape.classes, probabilities);
    }
    return status;
}

/* ---- the plane ---- */

typedef struct plane {
    double x0;
    double x1;
    double y0;
    double y1;
    size_t columns;
    size_t rows;
} plane;

/* The middle of a cell. point: 2. */
static void middle_of(const plane *const of, const size_t cell, float *const point)
{
    const size_t column = cell % of->columns;
    const size_t row = cell / of->columns;
    const double across = ((double)column + 0.5) / (double)of->columns;
    const double down = ((double)row + 0.5) / (double)of->rows;
    point[0] = (float)(of->x0 + across * (of->x1 - of->x0));
    point[1] = (float)(of->y0 + down * (of->y1 - of->y0));
}

/* cells: rows × columns. */
static sm_status check_plane(const plane *const of, size_t *const cells)
{
    const sm_status status = lab_require_model();
    if (status == SM_OK && !smi_multiply_size(of->rows, of->columns, cells)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%zu rows of %zu cells are too many", of->rows,
                        of->columns);
    }
    if (status == SM_OK && lab.model->shape.features != 2) {
        return smi_fail(SM_ERROR_ARGUMENT, "a plane is for models of 2 features; this one has %zu",
                        lab.model->shape.features);
    }
    return status;
}

sm_status lab_grid(const double x0, const double x1, const double y0, const double y1,
                   const size_t columns, const size_t rows, uint8_t *const classes,
                   float *const probabilities)
{
    const plane of = {x0, x1, y0, y1, columns, rows};
    size_t cells = 0;
    sm_status status = check_plane(&of, &cells);
    if (status != SM_OK) {
        return status;
    }
    const size_t class_count = lab.model->shape.classes;
    if (class_count > MOST_CLASSES) {
        return smi_fail(SM_ERROR_ARGUMENT, "%zu classes are too many to show; %d can be",
                        class_count, MOST_CLASSES);
    }
    float points[2 * BLOCK];
    float values[MOST_CLASSES * BLOCK];
    for (size_t first = 0; first < cells && status == SM_OK; first += BLOCK) {
        const size_t count = smi_min_size(BLOCK, cells - first);
        for (size_t i = 0; i < count; i++) {
            middle_of(&of, first + i, points + 2 * i);
        }
        status = sm_predict_f32(lab.model, points, count, SM_PROBABILITIES, values);
        for (size_t i = 0; i < count && status == SM_OK; i++) {
            const float *const row = values + i * class_count;
            const size_t likeliest = sm_argmax(row, class_count);
            classes[first + i] = (uint8_t)likeliest;
            probabilities[first + i] = row[likeliest];
        }
    }
    return status;
}

/* ---- hidden layers ---- */

/* outputs = f(inputs · kernel + bias) for one row. */
static void through(const smi_layer *const layer, const float *const inputs, float *const outputs)
{
    const float *const kernel = lab.model->parameters + layer->kernel;
    const float *const bias = lab.model->parameters + layer->bias;
    for (size_t o = 0; o < layer->outputs; o++) {
        double sum = (double)bias[o];
        for (size_t i = 0; i < layer->inputs; i++) {
            sum += (double)inputs[i] * (double)kernel[i * layer->outputs + o];
        }
        outputs[o] = (float)sum;
    }
    lab.model->kernels->activate(layer->activation, outputs, layer->outputs, NULL);
}

/* What the layer makes of one point. work: two rows, each as wide as the widest hidden layer or the
 * point. */
static const float *response(const size_t layer, const float *const point, float *const work,
                             const size_t widest)
{
    const smi_scaling scaling = smi_model_scaling(lab.model);
    float *inputs = work + widest;
    for (size_t f = 0; f < 2; f++) {
        const float shift = scaling.column_shift == NULL ? scaling.shift : scaling.column_shift[f];
        const float scale = scaling.column_scale == NULL ? scaling.scale : scaling.column_scale[f];
        inputs[f] = (point[f] - shift) * scale;
    }
    for (size_t l = 0; l <= layer; l++) {
        float *const outputs = work + l % 2 * widest;
        through(&lab.model->layers[l], inputs, outputs);
        inputs = outputs;
    }
    return inputs;
}

sm_status lab_responses(const size_t layer, const double x0, const double x1, const double y0,
                        const double y1, const size_t columns, const size_t rows,
                        float *const responses)
{
    const plane of = {x0, x1, y0, y1, columns, rows};
    size_t cells = 0;
    size_t widest = 2;
    const sm_status status = check_plane(&of, &cells);
    if (status != SM_OK) {
        return status;
    }
    if (layer + 1 >= lab.model->layer_count) {
        return smi_fail(SM_ERROR_ARGUMENT, "there is no hidden layer %zu", layer);
    }
    for (size_t l = 0; l <= layer; l++) {
        widest = smi_max_size(widest, lab.model->layers[l].outputs);
    }
    float *const work = smi_array(widest, 2 * sizeof *work);
    if (work == NULL) {
        return smi_fail_memory("the responses");
    }
    for (size_t cell = 0; cell < cells; cell++) {
        float point[2];
        middle_of(&of, cell, point);
        const float *const units = response(layer, point, work, widest);
        for (size_t u = 0; u < lab.model->layers[layer].outputs; u++) {
            responses[u * cells + cell] = units[u];
        }
    }
    smi_free(work);
    return SM_OK;
}
