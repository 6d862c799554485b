#include "cli/plot/first_layer.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"

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

/* Of magnitudes, bits are in the order of the numbers. */
static uint32_t magnitude_bits(const float value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return bits & 0x7fffffffU;
}

/* Of numbers counted by a digit, that of the number before which there are `rank`; then rank is
 * its place among those with the same digit. */
static uint32_t digit_at(const size_t *const counts, size_t *const rank)
{
    uint32_t digit = 0;
    while (*rank >= counts[digit]) {
        *rank -= counts[digit];
        digit++;
    }
    return digit;
}

/* By counting, the upper half of the bits first, then the lower half of those that share it:
 * sorting takes ten times as long. */
bool cli_full_colour(const float *const values, const size_t count, double *const full)
{
    enum { DIGITS = 1 << 16 };
    size_t *const counts = calloc(DIGITS, sizeof *counts);
    size_t rank = count - 1 - count / 200;
    float found = 0.0F;
    if (counts == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        counts[magnitude_bits(values[i]) >> 16]++;
    }
    const uint32_t upper = digit_at(counts, &rank);
    memset(counts, 0, DIGITS * sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        const uint32_t bits = magnitude_bits(values[i]);
        counts[bits & 0xffff] += bits >> 16 == upper ? 1 : 0;
    }
    const uint32_t bits = upper << 16 | digit_at(counts, &rank);
    memcpy(&found, &bits, sizeof found);
    *full = found > 0.0F ? (double)found : 1.0;
    free(counts);
    return true;
}
