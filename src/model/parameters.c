/* Filling a model with parameters, and reading them. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "base/status.h"
#include "model/model.h"

/* ---- first parameters ---- */

/* How the weights of one layer are drawn. */
typedef struct distribution {
    bool normal;
    double size; /* normal: the standard deviation; else: the range is ±size, or for SM_INIT_UNIFORM
                    0 … 1 */
} distribution;

static distribution distribution_of(const sm_init init, const smi_layer *const layer)
{
    const double inputs = (double)layer->inputs;
    const double both = inputs + (double)layer->outputs;
    switch (init) {
    case SM_INIT_GLOROT_NORMAL:
        return (distribution){.normal = true, .size = sqrt(2.0 / both)};
    case SM_INIT_HE:
        return (distribution){.normal = true, .size = sqrt(2.0 / inputs)};
    default:
        return (distribution){.size = sqrt(6.0 / both)};
    }
}

/* A layer's weights come from a stream of its own, row after row: they depend on the seed, the
 * layer's place and its shape alone. */
static void draw_kernel(const sm_init init, const uint64_t seed, const size_t index,
                        const smi_layer *const layer, float *const kernel)
{
    const size_t count = layer->inputs * layer->outputs;
    const distribution from = distribution_of(init, layer);
    const float limit = (float)from.size;
    smi_random random =
        smi_random_start(seed, index == 0 ? SMI_STREAM_PARAMETERS : SMI_STREAM_LAYERS + index);
    for (size_t i = 0; i < count; i++) {
        if (from.normal) {
            kernel[i] = (float)(from.size * smi_random_normal(&random));
        } else {
            const float uniform = smi_random_float(&random);
            kernel[i] = init == SM_INIT_UNIFORM ? uniform : limit * (2.0F * uniform - 1.0F);
        }
    }
}

void smi_model_fill(sm_model *const model, const sm_init init, const uint64_t seed)
{
    memset(model->parameters, 0, model->parameter_count * sizeof *model->parameters);
    for (size_t i = 0; i < model->layer_count && init != SM_INIT_ZEROS; i++) {
        const smi_layer *const layer = &model->layers[i];
        draw_kernel(init, seed, i, layer, model->parameters + layer->kernel);
    }
    smi_model_forget_training(model);
    smi_model_update_map(model);
}

sm_status sm_model_initialize(sm_model *const model, const sm_init init, const uint64_t seed)
{
    if (model == NULL) {
        return smi_fail_null(__func__, "model");
    }
    if ((int)init < SM_INIT_ZEROS || (int)init > SM_INIT_HE) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: there is no initialisation %d", __func__,
                        (int)init);
    }
    smi_model_fill(model, init, seed);
    return SM_OK;
}

/* ---- in and out ---- */

void smi_model_take_parameters(sm_model *const model, const float *const parameters)
{
    memcpy(model->parameters, parameters, model->parameter_count * sizeof *parameters);
    model->temperature = 1.0;
    smi_model_update_map(model);
}

size_t sm_model_parameter_count(const sm_model *const model)
{
    return model->parameter_count;
}

static sm_status check_layer(const char *const function, const sm_model *const model,
                             const size_t layer, const float *const kernel, const float *const bias)
{
    if (model == NULL || kernel == NULL || bias == NULL) {
        return smi_fail_null(function, model == NULL    ? "model"
                                       : kernel == NULL ? "kernel"
                                                        : "bias");
    }
    if (layer >= model->layer_count) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: there is no layer %zu; the model has %zu, from 0",
                        function, layer, model->layer_count);
    }
    return SM_OK;
}

sm_status sm_model_get_parameters(const sm_model *const model, const size_t layer,
                                  float *const kernel, float *const bias)
{
    const sm_status status = check_layer(__func__, model, layer, kernel, bias);
    if (status == SM_OK) {
        const smi_layer *const wanted = &model->layers[layer];
        memcpy(kernel, model->parameters + wanted->kernel,
               wanted->inputs * wanted->outputs * sizeof *kernel);
        memcpy(bias, model->parameters + wanted->bias, wanted->outputs * sizeof *bias);
    }
    return status;
}

static sm_status check_finite(const float *const values, const size_t count, const char *const what)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return smi_fail(SM_ERROR_DATA, "%s: value %zu is not a finite number", what, i);
        }
    }
    return SM_OK;
}

sm_status sm_model_set_parameters(sm_model *const model, const size_t layer,
                                  const float *const kernel, const float *const bias)
{
    sm_status status = check_layer(__func__, model, layer, kernel, bias);
    if (status != SM_OK) {
        return status;
    }
    const smi_layer *const wanted = &model->layers[layer];
    const size_t weights = wanted->inputs * wanted->outputs;
    status = check_finite(kernel, weights, "kernel");
    if (status == SM_OK) {
        status = check_finite(bias, wanted->outputs, "bias");
    }
    if (status == SM_OK) {
        smi_model_forget_training(model);
        memcpy(model->parameters + wanted->kernel, kernel, weights * sizeof *kernel);
        memcpy(model->parameters + wanted->bias, bias, wanted->outputs * sizeof *bias);
        smi_model_update_map(model);
    }
    return status;
}
