/* The weights of a layer that sees pictures, as a picture: a tile for each of its outputs. */
#ifndef CLI_WATCH_WEIGHT_PICTURE_H
#define CLI_WATCH_WEIGHT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

typedef struct cli_weight_picture {
    size_t height;
    size_t width;
    uint8_t *png; /* NULL: there is none: the data are no pictures, or too large ones */
    size_t size;
} cli_weight_picture;

/* The first outputs, up to 64 as far as they go into 4 million pixels. Weights of grey pictures are
 * blue below 0, white at 0, vermilion above it, those of colours brighten their colour or darken
 * it; cli_full_colour() of all tiles says where colours end. kernel: features × outputs. False:
 * there was not the memory. Freed by cli_weight_picture_free(). */
bool cli_weight_picture_make(const sm_shape *shape, const float *kernel, size_t outputs,
                             cli_weight_picture *picture);
void cli_weight_picture_free(cli_weight_picture *picture);

#endif
