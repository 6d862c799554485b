/* Rows that are pictures. */
#ifndef SMI_BASE_PICTURE_SHAPE_H
#define SMI_BASE_PICTURE_SHAPE_H

#include <stddef.h>

#include "base/memory.h"

/* Numbers a pixel of pictures of this size with so many features: 1, grey, or 3, colour; 0 where
 * there are no such pictures. */
static inline size_t smi_picture_channels(const size_t features, const size_t height,
                                          const size_t width)
{
    size_t pixels = 0;
    size_t colours = 0;
    if (!smi_multiply_size(height, width, &pixels) || pixels == 0) {
        return 0;
    }
    return pixels == features                                              ? 1
           : smi_multiply_size(pixels, 3, &colours) && colours == features ? 3
                                                                           : 0;
}

#endif
