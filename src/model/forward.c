#include "model/forward.h"

#include <string.h>

#include "base/memory.h"
#include "kernel/product.h"
#include "model/model.h"

/* ---- the first layer, which sees data ---- */

/* z += value · the weights of one feature. For rows that the map's layout is not made for. */
static void add_feature(const smi_affine *const map, const size_t feature, const float value,
                        float *const z)
{
    const bool by_class = map->layout == SMI_BY_CLASS;
    const float *const weights = map->weights + feature * (by_class ? 1 : map->stride);
    const size_t step = by_class ? map->stride : 1;
    for (size_t c = 0; c < map->classes; c++) {
        z[c] += value * weights[c * step];
    }
}

static void start_at_bias(const smi_affine *const map, float *const z)
{
    for (size_t c = 0; c < map->classes; c++) {
        z[c] = map->bias[c];
    }
}

/* first: rows × outputs of the first layer, before its activation. */
static void first_layer(const sm_model *const model, const sm_element element,
                        const void *const *const x, const size_t rows, float *const first)
{
    const smi_affine *const map = &model->map;
    if (map->layout == SMI_BY_CLASS) {
        model->kernels->logits[element](map, x, rows, first);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        float *const z = first + r * map->classes;
        start_at_bias(map, z);
        for (size_t f = 0; f < map->features; f++) {
            const float value =
                element == SM_U8 ? (float)((const uint8_t *)x[r])[f] : ((const float *)x[r])[f];
            if (value != 0.0F) {
                add_feature(map, f, value, z);
            }
        }
    }
}

static void first_layer_of_entries(const sm_model *const model, const smi_sparse_row *const x,
                                   const size_t rows, float *const first)
{
    const smi_affine *const map = &model->map;
    if (map->layout == SMI_BY_FEATURE) {
        model->kernels->sparse_logits(map, x, rows, first);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        float *const z = first + r * map->classes;
        start_at_bias(map, z);
        for (size_t i = 0; i < x[r].count; i++) {
            add_feature(map, x[r].columns[i], x[r].values[i], z);
        }
    }
}

/* ---- the others ---- */

/* Columns that are multiplied at a time: what a product packs of them has room on a stack. */
enum { PART_COLUMNS = 64 };

/* z = inputs · kernel + bias, a chain of multiply-adds for each output, whatever the rows.
 * inputs: rows × inputs of the layer; z: rows × its outputs. */
static void dense(const sm_model *const model, const smi_layer *const layer,
                  const float *const inputs, const size_t rows, float *const scratch,
                  float *const z)
{
    const size_t outputs = layer->outputs;
    for (size_t r = 0; r < rows; r++) {
        memcpy(z + r * outputs, model->parameters + layer->bias, outputs * sizeof *z);
    }
    for (size_t first = 0; first < outputs; first += PART_COLUMNS) {
        const smi_product product = {.rows = rows,
                                     .columns = smi_min_size(PART_COLUMNS, outputs - first),
                                     .depth = layer->inputs,
                                     .a = {inputs, layer->inputs, 1},
                                     .b = {model->parameters + layer->kernel + first, outputs, 1},
                                     .c = z + first,
                                     .c_stride = outputs,
                                     .add = true};
        smi_product_serial(model->kernels, &product, scratch);
    }
}

/* Floats of scratch for the outputs of a hidden layer. */
static size_t widest(const sm_model *const model, const size_t rows)
{
    size_t units = 0;
    for (size_t i = 0; i + 1 < model->layer_count; i++) {
        units = smi_max_size(units, model->layers[i].outputs);
    }
    return smi_round_up(rows * units, SMI_STRIDE_STEP);
}

size_t smi_forward_scratch(const sm_model *const model, const size_t rows)
{
    size_t product = 0;
    for (size_t i = 1; i < model->layer_count; i++) {
        const smi_product one = {.columns = PART_COLUMNS, .depth = model->layers[i].inputs};
        product = smi_max_size(product, smi_product_scratch(&one));
    }
    return 2 * widest(model, rows) + product;
}

/* From the first layer's outputs, before its activation, to the logits. They are at the beginning
 * of the scratch; every other layer's are behind them, and behind those is room for products. */
static void finish(const sm_model *const model, const size_t rows, float *const scratch,
                   float *const logits)
{
    const size_t room = widest(model, rows);
    float *from = scratch;
    float *to = scratch + room;
    for (size_t i = 1; i < model->layer_count; i++) {
        const smi_layer *const before = &model->layers[i - 1];
        const bool last = i + 1 == model->layer_count;
        model->kernels->activate(before->activation, from, rows * before->outputs, NULL);
        dense(model, &model->layers[i], from, rows, scratch + 2 * room, last ? logits : to);
        float *const free_again = from;
        from = to;
        to = free_again;
    }
}

void smi_model_logits(const sm_model *const model, const sm_element element,
                      const void *const *const x, const size_t rows, float *const scratch,
                      float *const logits)
{
    const bool network = model->layer_count > 1;
    first_layer(model, element, x, rows, network ? scratch : logits);
    if (network) {
        finish(model, rows, scratch, logits);
    }
}

void smi_model_sparse_logits(const sm_model *const model, const smi_sparse_row *const x,
                             const size_t rows, float *const scratch, float *const logits)
{
    const bool network = model->layer_count > 1;
    first_layer_of_entries(model, x, rows, network ? scratch : logits);
    if (network) {
        finish(model, rows, scratch, logits);
    }
}
