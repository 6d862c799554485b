/* One PNG picture from memory, by libpng's simplified interface: whatever it stores (grey, colour,
 * a palette, each with or without transparency, 1 to 16 bits) comes out as bytes, grey or red,
 * green and blue, in the sRGB encoding. What is transparent shows white. */
#ifndef SMI_DATA_PICTURES_PNG_H
#define SMI_DATA_PICTURES_PNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <png.h>

#include <softmax.h>

/* The largest picture that is read: a side, and pixels in all. */
enum { SMI_PNG_MOST_SIDE = 16384, SMI_PNG_MOST_PIXELS = 1 << 26 };

/* Begins as {0}, and stays where it is: libpng remembers the place. */
typedef struct smi_png {
    size_t height;
    size_t width;
    bool colour; /* as the file stores it; a palette counts as colour */
    const char *name;
    png_image image;
} smi_png;

bool smi_png_looks_right(const uint8_t *bytes, size_t size); /* by the signature */

/* Reads the header. bytes: borrowed until the picture is read or closed. name: of the file, for
 * messages; borrowed likewise. */
sm_status smi_png_open(const uint8_t *bytes, size_t size, const char *name, smi_png *png);

/* Reads the picture, once. pixels: height × width × channels; channels: 1, grey, or 3, red, green
 * and blue. After a failure they hold anything. */
sm_status smi_png_read(smi_png *png, size_t channels, uint8_t *pixels);

void smi_png_close(smi_png *png);

#endif
