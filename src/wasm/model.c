/* The model's parameters, in and out. */
#include "model/model.h"

#include "base/status.h"
#include "wasm/state.h"

/* ---- in ---- */

sm_status lab_make_model(const size_t features, const size_t classes, const size_t height,
                         const size_t width, const size_t *const hidden,
                         const int *const activations, const size_t hidden_count)
{
    const sm_shape shape = {.features = features,
                            .classes = classes,
                            .image_height = height,
                            .image_width = width,
                            .scale = 1.0F};
    sm_model *made = NULL;
    sm_status status = sm_model_create(shape, &made);
    for (size_t i = 0; i < hidden_count && status == SM_OK; i++) {
        const sm_layer layer = {.units = hidden[i], .activation = (sm_activation)activations[i]};
        status = sm_model_add_layer(made, &layer);
    }
    if (status != SM_OK) {
        sm_model_free(made);
        return status;
    }
    sm_model_free(lab.pending);
    lab.pending = made;
    return SM_OK;
}

static sm_status require_pending(void)
{
    return lab.pending != NULL ? SM_OK : smi_fail(SM_ERROR_ARGUMENT, "no model is being made");
}

sm_status lab_set_scaling(const float *const shift, const float *const scale,
                          const double temperature)
{
    sm_status status = require_pending();
    if (status == SM_OK) {
        status = smi_model_set_columns(lab.pending, shift, scale);
    }
    return status == SM_OK ? sm_model_set_temperature(lab.pending, temperature) : status;
}

sm_status lab_set_layer(const size_t layer, const float *const kernel, const float *const bias)
{
    const sm_status status = require_pending();
    return status == SM_OK ? sm_model_set_parameters(lab.pending, layer, kernel, bias) : status;
}

sm_status lab_use(void)
{
    const sm_status status = require_pending();
    if (status == SM_OK) {
        lab_end_training();
        sm_model_free(lab.model);
        lab.model = lab.pending;
        lab.pending = NULL;
    }
    return status;
}

/* ---- out ---- */

static sm_layer_info info_of(const size_t layer)
{
    return lab.model == NULL ? (sm_layer_info){0} : sm_model_layer_info(lab.model, layer);
}

size_t lab_layers(void)
{
    return lab.model == NULL ? 0 : sm_model_layer_count(lab.model);
}

size_t lab_inputs(const size_t layer)
{
    return info_of(layer).inputs;
}

size_t lab_outputs(const size_t layer)
{
    return info_of(layer).outputs;
}

int lab_activation(const size_t layer)
{
    return (int)info_of(layer).activation;
}

sm_status lab_get_layer(const size_t layer, float *const kernel, float *const bias)
{
    const sm_status status = lab_require_model();
    return status == SM_OK ? sm_model_get_parameters(lab.model, layer, kernel, bias) : status;
}

sm_status lab_get_scaling(float *const shift, float *const scale)
{
    const sm_status status = lab_require_model();
    if (status != SM_OK) {
        return status;
    }
    const smi_scaling scaling = smi_model_scaling(lab.model);
    for (size_t f = 0; f < lab.model->shape.features; f++) {
        shift[f] = scaling.column_shift == NULL ? scaling.shift : scaling.column_shift[f];
        scale[f] = scaling.column_scale == NULL ? scaling.scale : scaling.column_scale[f];
    }
    return SM_OK;
}

double lab_temperature(void)
{
    return lab.model == NULL ? 1.0 : sm_model_temperature(lab.model);
}
