#include "model/forward.h"

#include <math.h>

#include "base/memory.h"
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

static float activated(const sm_activation activation, const float value)
{
    const double z = (double)value;
    switch (activation) {
    case SM_RELU:
        return value < 0.0F ? 0.0F : value;
    case SM_LEAKY_RELU:
        return value < 0.0F ? 0.01F * value : value;
    case SM_GELU:
        return (float)(0.5 * z * erfc(-z * sqrt(0.5)));
    case SM_TANH:
        return (float)tanh(z);
    case SM_SIGMOID:
        return (float)(1.0 / (1.0 + exp(-z)));
    default:
        return value;
    }
}

/* z = inputs · kernel + bias, summed in the order of the inputs. inputs: rows × inputs of the
 * layer; z: rows × its outputs. */
static void dense(const float *const parameters, const smi_layer *const layer,
                  const float *const inputs, const size_t rows, float *const z)
{
    const float *const kernel = parameters + layer->kernel;
    const float *const bias = parameters + layer->bias;
    const size_t outputs = layer->outputs;
    for (size_t r = 0; r < rows; r++) {
        float *const sums = z + r * outputs;
        for (size_t o = 0; o < outputs; o++) {
            sums[o] = bias[o];
        }
        for (size_t i = 0; i < layer->inputs; i++) {
            const float factor = inputs[r * layer->inputs + i];
            for (size_t o = 0; o < outputs; o++) {
                sums[o] += factor * kernel[i * outputs + o];
            }
        }
    }
}

/* What a layer wants of scratch for its outputs: the output layer's go to the caller. */
static size_t widest(const sm_model *const model)
{
    size_t units = 0;
    for (size_t i = 0; i + 1 < model->layer_count; i++) {
        units = smi_max_size(units, model->layers[i].outputs);
    }
    return units;
}

size_t smi_forward_scratch(const sm_model *const model, const size_t rows)
{
    return 2 * rows * widest(model);
}

/* From the first layer's outputs, before its activation, to the logits. scratch: they are at its
 * beginning. */
static void finish(const sm_model *const model, const size_t rows, float *const scratch,
                   float *const logits)
{
    float *from = scratch;
    float *to = scratch + rows * widest(model);
    for (size_t i = 1; i < model->layer_count; i++) {
        const smi_layer *const before = &model->layers[i - 1];
        for (size_t k = 0; k < rows * before->outputs; k++) {
            from[k] = activated(before->activation, from[k]);
        }
        const bool last = i + 1 == model->layer_count;
        dense(model->parameters, &model->layers[i], from, rows, last ? logits : to);
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
