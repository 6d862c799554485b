/* The weights of a model's first layer: what it looks for in the data. */
#ifndef CLI_PLOT_FIRST_LAYER_H
#define CLI_PLOT_FIRST_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

typedef struct cli_first_layer {
    sm_shape shape;
    bool network; /* its outputs are units, not classes */
    size_t outputs;
    float *kernel; /* features × outputs */
} cli_first_layer;

/* False, having said so, when there is not the memory. */
bool cli_first_layer_of(const sm_model *model, cli_first_layer *layer);
void cli_free_first_layer(cli_first_layer *layer);

/* The class, or "unit 7". */
void cli_name_output(const cli_first_layer *layer, size_t output, char *text, size_t size);

/* Of one output of a model of pictures, the mean over channels. values: a number a pixel. */
void cli_weight_pixels(const cli_first_layer *layer, size_t output, size_t channels, float *values);

/* What all but one value in 200 are at most, by magnitude, and 1 where that is 0: where colours
 * end, as a few large weights would leave all others pale. count: 1 or more. False: there was not
 * the memory. */
bool cli_full_colour(const float *values, size_t count, double *full);

/* The places of the `count` largest of one output's weights by magnitude; largest first, equal ones
 * by place. room: features. */
void cli_largest_weights(const cli_first_layer *layer, size_t output, float *room, size_t count,
                         size_t *places);

#endif
