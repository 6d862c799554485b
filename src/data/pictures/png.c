#include "data/pictures/png.h"

#include <string.h>

#include "base/number_text.h"
#include "base/status.h"

/* Where the first chunk, which must be the header, has what. */
enum {
    SIGNATURE = 8,
    CHUNK_NAME = 12,
    WIDTH = 16,
    HEIGHT = 20,
    DEPTH = 24,
    COLOUR_TYPE = 25,
    HEADER_END = 29
};

/* Deflate makes nothing smaller than that. */
enum { DEFLATE_MAX_RATIO = 1032 };

bool smi_png_looks_right(const uint8_t *const bytes, const size_t size)
{
    return size >= SIGNATURE && png_sig_cmp(bytes, 0, SIGNATURE) == 0;
}

static uint64_t read_u32(const uint8_t *const bytes)
{
    return (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 | (uint64_t)bytes[2] << 8 | bytes[3];
}

/* Numbers a pixel; 1 also for types that do not exist, which libpng refuses. */
static uint64_t samples(const uint8_t colour_type)
{
    static const uint8_t counts[] = {[0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4};
    return colour_type < sizeof counts && counts[colour_type] > 0 ? counts[colour_type] : 1;
}

/* Nothing is allocated before the size is known to be a sensible one, and the file long enough for
 * it. What else is wrong with a header, libpng says. */
static sm_status check_size(const uint8_t *const bytes, const size_t size, const char *const name)
{
    if (size < HEADER_END || memcmp(bytes + CHUNK_NAME, "IHDR", 4) != 0) {
        return SM_OK;
    }
    const uint64_t width = read_u32(bytes + WIDTH);
    const uint64_t height = read_u32(bytes + HEIGHT);
    if (width > SMI_PNG_MOST_SIDE || height > SMI_PNG_MOST_SIDE ||
        width * height > SMI_PNG_MOST_PIXELS) {
        char texts[4][SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: %s × %s pixels; possible are %s a side and %s in all",
                        name, smi_grouped_text(height, texts[0]), smi_grouped_text(width, texts[1]),
                        smi_grouped_text(SMI_PNG_MOST_SIDE, texts[2]),
                        smi_grouped_text(SMI_PNG_MOST_PIXELS, texts[3]));
    }
    const uint64_t bits = width * height * samples(bytes[COLOUR_TYPE]) * bytes[DEPTH];
    if (bits / 8 / DEFLATE_MAX_RATIO > size) {
        char texts[2][SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: damaged PNG: too short for %s × %s pixels", name,
                        smi_grouped_text(height, texts[0]), smi_grouped_text(width, texts[1]));
    }
    return SM_OK;
}

static sm_status fail_png(const smi_png *const png)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: damaged PNG: %s", png->name, png->image.message);
}

sm_status smi_png_open(const uint8_t *const bytes, const size_t size, const char *const name,
                       smi_png *const png)
{
    if (!smi_png_looks_right(bytes, size)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: not a PNG file, as its first bytes would tell", name);
    }
    const sm_status status = check_size(bytes, size, name);
    if (status != SM_OK) {
        return status;
    }
    *png = (smi_png){.name = name, .image = {.version = PNG_IMAGE_VERSION}};
    if (png_image_begin_read_from_memory(&png->image, bytes, size) == 0) {
        return fail_png(png);
    }
    png->height = png->image.height;
    png->width = png->image.width;
    png->colour = (png->image.format & PNG_FORMAT_FLAG_COLOR) != 0;
    return SM_OK;
}

sm_status smi_png_read(smi_png *const png, const size_t channels, uint8_t *const pixels)
{
    static const png_color white = {255, 255, 255};
    png->image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    /* Without a word on it in the file, 16 bits mean what 8 do. */
    png->image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    return png_image_finish_read(&png->image, &white, pixels, 0, NULL) == 0 ? fail_png(png) : SM_OK;
}

void smi_png_close(smi_png *const png)
{
    png_image_free(&png->image);
}
