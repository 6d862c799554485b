#include "report/image.h"

#include <math.h>
#include <png.h>
#include <string.h>

#include "base/memory.h"
#include "plot/block_mean.h"
#include "plot/palette.h"

enum { MOST_EDGE = 112, LEVELS = 255, ZERO = 127 };

static bool put_png(smi_html *const html, png_image *const image, const uint8_t *const pixels,
                    const uint8_t *const colours)
{
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(*image);
    uint8_t *const png = smi_bytes(size);
    const bool made =
        png != NULL && png_image_write_to_memory(image, png, &size, 0, pixels, 0, colours) != 0;
    if (made) {
        smi_html_markup(html, "data:image/png;base64,");
        smi_html_base64(html, png, size);
    }
    smi_free(png);
    return made;
}

static png_image png_of(const size_t height, const size_t width, const png_uint_32 format)
{
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)width;
    image.height = (png_uint_32)height;
    image.format = format;
    return image;
}

bool smi_html_indexed(smi_html *const html, const uint8_t *const indices, const size_t height,
                      const size_t width, const uint32_t *const colours, const size_t count)
{
    uint8_t map[256 * 4];
    png_image image = png_of(height, width, PNG_FORMAT_RGBA_COLORMAP);
    image.colormap_entries = (png_uint_32)count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < 4; k++) {
            map[4 * i + k] = (uint8_t)(colours[i] >> (24 - 8 * k));
        }
    }
    return put_png(html, &image, indices, map);
}

/* Blocks as bytes, from least to most. */
static void shrink(const smi_image *const m, const size_t block, const size_t height,
                   const size_t width, uint8_t *const pixels)
{
    const smi_pixels all = {m->values, m->height, m->width, m->channels};
    const double levels = m->signed_values ? LEVELS - 1 : 255.0;
    for (size_t r = 0; r < height; r++) {
        for (size_t c = 0; c < width; c++) {
            for (size_t k = 0; k < m->channels; k++) {
                const double share =
                    (smi_block_mean(&all, block, r, c, k) - m->least) / (m->most - m->least);
                pixels[(r * width + c) * m->channels + k] =
                    (uint8_t)(levels * fmin(fmax(share, 0.0), 1.0) + 0.5);
            }
        }
    }
}

static void make_signed_colours(uint32_t colours[LEVELS])
{
    for (int level = 0; level < LEVELS; level++) {
        const uint32_t colour = level < ZERO ? SMI_BLUE : SMI_RED;
        const double share = fabs((double)(level - ZERO)) / ZERO;
        colours[level] = colour << 8 | (uint32_t)(255.0 * share + 0.5);
    }
}

bool smi_html_image(smi_html *const html, const smi_image *const image)
{
    const size_t edge = smi_max_size(image->height, image->width);
    const size_t block = (edge + MOST_EDGE - 1) / MOST_EDGE;
    const size_t height = (image->height + block - 1) / block;
    const size_t width = (image->width + block - 1) / block;
    uint8_t *const pixels = smi_bytes(height * width * image->channels);
    if (pixels == NULL) {
        return false;
    }
    shrink(image, block, height, width, pixels);
    smi_html_markup(html, "width=\"%zu\" height=\"%zu\" src=\"", width, height);
    bool made = false;
    if (image->signed_values) {
        uint32_t colours[LEVELS];
        make_signed_colours(colours);
        made = smi_html_indexed(html, pixels, height, width, colours, LEVELS);
    } else {
        png_image png =
            png_of(height, width, image->channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY);
        made = put_png(html, &png, pixels, NULL);
    }
    smi_html_markup(html, "\"");
    smi_free(pixels);
    return made;
}
