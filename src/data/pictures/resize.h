/* Pictures brought to another size, side by side: a side that shrinks averages what each new pixel
 * covers, one that grows draws straight lines between the centres of pixels (bilinear). */
#ifndef SMI_DATA_PICTURES_RESIZE_H
#define SMI_DATA_PICTURES_RESIZE_H

#include <stddef.h>
#include <stdint.h>

typedef struct smi_picture_size {
    size_t height; /* 1 … 16384 */
    size_t width;
} smi_picture_size;

/* pixels: height × width × channels of the size before; resized: likewise of the size after. Each
 * result is the exact value, rounded to the nearest whole number, halves up. */
void smi_resize(const uint8_t *pixels, smi_picture_size before, size_t channels,
                smi_picture_size after, uint8_t *resized);

#endif
