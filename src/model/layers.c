#include "model/layers.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"

const char *sm_activation_name(const sm_activation activation)
{
    static const char *const names[] = {
        [SM_LINEAR] = "linear", [SM_RELU] = "relu", [SM_LEAKY_RELU] = "leaky-relu",
        [SM_GELU] = "gelu",     [SM_TANH] = "tanh", [SM_SIGMOID] = "sigmoid"};
    return (size_t)activation < sizeof names / sizeof *names ? names[activation] : NULL;
}

bool smi_activation_named(const char *const name, sm_activation *const activation)
{
    for (sm_activation a = SM_LINEAR; sm_activation_name(a) != NULL; a++) {
        if (strcmp(sm_activation_name(a), name) == 0) {
            *activation = a;
            return true;
        }
    }
    return false;
}

const char *smi_activation_list(void)
{
    return "linear, relu, leaky-relu, gelu, tanh and sigmoid";
}

void smi_layer_name(const size_t index, char *const name)
{
    (void)snprintf(name, SMI_LAYER_NAME_SIZE, "dense_%zu", index);
}

sm_layer sm_layer_default(const size_t units)
{
    return (sm_layer){.units = units, .activation = SM_RELU, .dropout = 0.0};
}

sm_status smi_layer_check(const sm_layer *const layer)
{
    if (layer->units == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "a hidden layer needs at least 1 unit");
    }
    if (sm_activation_name(layer->activation) == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "there is no activation %d", (int)layer->activation);
    }
    if (!(layer->dropout >= 0.0 && layer->dropout < 1.0)) {
        return smi_fail(SM_ERROR_ARGUMENT, "dropout is %g; it must be at least 0 and below 1",
                        layer->dropout);
    }
    return SM_OK;
}

double smi_layers_parameters(const smi_layer *const layers, const size_t count)
{
    double parameters = 0.0;
    for (size_t i = 0; i < count; i++) {
        parameters += ((double)layers[i].inputs + 1.0) * (double)layers[i].outputs;
    }
    return parameters;
}

static void describe(const sm_shape *const shape, const sm_layer *const hidden,
                     const size_t hidden_count, smi_layer *const layers)
{
    size_t inputs = shape->features;
    for (size_t i = 0; i <= hidden_count; i++) {
        const sm_layer output = {.units = shape->classes, .activation = SM_LINEAR};
        const sm_layer *const layer = i < hidden_count ? &hidden[i] : &output;
        layers[i] = (smi_layer){.inputs = inputs,
                                .outputs = layer->units,
                                .activation = layer->activation,
                                .dropout = layer->dropout};
        smi_layer_name(i, layers[i].name);
        inputs = layer->units;
    }
}

/* false when the parameters are more than a size_t counts */
static bool place(smi_layer *const layers, const size_t count, size_t *const parameter_count)
{
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        size_t weights = 0;
        layers[i].kernel = end;
        if (!smi_multiply_size(layers[i].inputs, layers[i].outputs, &weights) ||
            !smi_add_size(end, weights, &end)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        layers[i].bias = end;
        if (!smi_add_size(end, layers[i].outputs, &end)) {
            return false;
        }
    }
    *parameter_count = end;
    return true;
}

sm_status smi_layers_create(const sm_shape *const shape, const sm_layer *const hidden,
                            const size_t hidden_count, smi_layer **const layers,
                            size_t *const parameter_count)
{
    const size_t count = hidden_count + 1;
    if (count > SMI_MOST_LAYERS) {
        return smi_fail(SM_ERROR_ARGUMENT, "a model has at most %d layers", SMI_MOST_LAYERS);
    }
    smi_layer *const created = smi_array(count, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("the layers");
    }
    describe(shape, hidden, hidden_count, created);
    if (!place(created, count, parameter_count)) {
        const double parameters = smi_layers_parameters(created, count);
        smi_free(created);
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for a model of %.0f parameters: it takes about %.3g GB",
                        parameters, parameters * sizeof(float) / 1e9);
    }
    *layers = created;
    return SM_OK;
}
