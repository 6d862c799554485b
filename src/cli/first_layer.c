#include "first_layer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "terminal.h"

bool cli_first_layer_of(const sm_model *const model, cli_first_layer *const layer)
{
    const sm_layer_info info = sm_model_layer_info(model, 0);
    float *const kernel = calloc(info.parameters, sizeof *kernel);
    if (kernel == NULL) {
        cli_say("not enough memory for %zu weights", info.parameters);
        return false;
    }
    if (sm_model_get_parameters(model, 0, kernel, kernel + info.inputs * info.outputs) != SM_OK) {
        (void)cli_fail();
        free(kernel);
        return false;
    }
    *layer = (cli_first_layer){.shape = sm_model_shape(model),
                               .network = sm_model_layer_count(model) > 1,
                               .outputs = info.outputs,
                               .kernel = kernel};
    return true;
}

void cli_free_first_layer(cli_first_layer *const layer)
{
    free(layer->kernel);
    layer->kernel = NULL;
}

void cli_name_output(const cli_first_layer *const layer, const size_t output, char *const text,
                     const size_t size)
{
    if (layer->network) {
        (void)snprintf(text, size, "unit %zu", output + 1);
    } else {
        (void)snprintf(text, size, "%s", layer->shape.class_names[output]);
    }
}

void cli_weight_pixels(const cli_first_layer *const layer, const size_t output,
                       const size_t channels, float *const values)
{
    for (size_t p = 0; p < layer->shape.features / channels; p++) {
        double sum = 0.0;
        for (size_t k = 0; k < channels; k++) {
            sum += (double)layer->kernel[(p * channels + k) * layer->outputs + output];
        }
        values[p] = (float)(sum / (double)channels);
    }
}

void cli_largest_weights(const cli_first_layer *const layer, const size_t output, float *const room,
                         const size_t count, size_t *const places)
{
    for (size_t f = 0; f < layer->shape.features; f++) {
        room[f] = fabsf(layer->kernel[f * layer->outputs + output]);
    }
    sm_top_k(room, layer->shape.features, count, places);
}

static int by_size(const void *const a, const void *const b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;
    return x < y ? -1 : x > y;
}

bool cli_full_colour(const float *const values, const size_t count, double *const full)
{
    float *const sizes = calloc(count, sizeof *sizes);
    if (sizes == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        sizes[i] = fabsf(values[i]);
    }
    qsort(sizes, count, sizeof *sizes, by_size);
    *full = (double)sizes[count - 1 - count / 200];
    *full = *full > 0.0 ? *full : 1.0;
    free(sizes);
    return true;
}
