/* Small pictures within the page. */
#ifndef SMI_REPORT_IMAGE_H
#define SMI_REPORT_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/html.h"

typedef struct smi_image {
    const float *values; /* height × width × channels */
    size_t height;
    size_t width;
    size_t channels;    /* 1: grey; 3: colour */
    bool signed_values; /* channels 1, least = −most: red where above 0, blue where below, and the
                           page shows through by as much as they are near 0 */
    double least;       /* what is black, */
    double most;        /* and what is white; above `least` */
} smi_image;

/* Writes src, width and height, attributes of an <img> that the caller has begun with its alt, as a
 * PNG. Of large pictures several pixels become their mean. False: there was not the memory. */
bool smi_html_image(smi_html *html, const smi_image *image);

/* A PNG of indices into colours 0xRRGGBBAA as the text of a data: address. indices: height × width;
 * count: of colours, up to 256. False: there was not the memory. */
bool smi_html_indexed(smi_html *html, const uint8_t *indices, size_t height, size_t width,
                      const uint32_t *colours, size_t count);

#endif
