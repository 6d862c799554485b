#include "plot/block_mean.h"

#include "base/memory.h"

double smi_block_mean(const smi_pixels *const pixels, const size_t block, const size_t row,
                      const size_t column, const size_t channel)
{
    const size_t last_row = smi_min_size((row + 1) * block, pixels->height);
    const size_t last_column = smi_min_size((column + 1) * block, pixels->width);
    double sum = 0.0;
    for (size_t r = row * block; r < last_row; r++) {
        for (size_t c = column * block; c < last_column; c++) {
            sum += (double)pixels->values[(r * pixels->width + c) * pixels->channels + channel];
        }
    }
    return sum / (double)((last_row - row * block) * (last_column - column * block));
}
