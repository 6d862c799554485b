/* PNG files put together by hand (W3C's PNG specification, second edition). */
#ifndef TESTS_SUPPORT_PNG_H
#define TESTS_SUPPORT_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "support/bytes.h"

enum png_type { PNG_GREY = 0, PNG_RGB = 2, PNG_PALETTE = 3, PNG_GREY_ALPHA = 4, PNG_RGB_ALPHA = 6 };

typedef struct png_plan {
    uint32_t height;
    uint32_t width;
    unsigned depth;       /* bits a number */
    unsigned type;        /* png_type */
    const uint8_t *rows;  /* each beginning with a new byte, one after the other */
    const char *palette;  /* PNG_PALETTE: red, green, blue of each colour; else NULL */
    size_t colours;       /* in the palette */
    const char *opacity;  /* of the first colours of the palette, or NULL */
    size_t opacity_count; /* of them */
} png_plan;

/* Freed by byte_list_free(). */
byte_list png_file(const png_plan *plan);

/* Writes a grey picture of 8 bits, height × width, or one in colour, × 3. */
void write_grey_png(const char *path, uint32_t height, uint32_t width, const uint8_t *pixels);
void write_rgb_png(const char *path, uint32_t height, uint32_t width, const uint8_t *pixels);

#endif
