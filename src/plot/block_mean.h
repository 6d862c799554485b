/* Pictures made smaller. */
#ifndef SMI_PLOT_BLOCK_MEAN_H
#define SMI_PLOT_BLOCK_MEAN_H

#include <stddef.h>

typedef struct smi_pixels {
    const float *values; /* height × width × channels */
    size_t height;
    size_t width;
    size_t channels;
} smi_pixels;

/* The mean of a channel over a block of `block` × `block` pixels, fewer at the edges. row, column:
 * of the block among blocks. */
double smi_block_mean(const smi_pixels *pixels, size_t block, size_t row, size_t column,
                      size_t channel);

#endif
