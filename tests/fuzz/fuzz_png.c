/* PNG pictures: decoded as grey and in colour, and resized. */
#include <string.h>

#include <softmax.h>

#include "base/memory.h"
#include "data/pictures/png.h"
#include "data/pictures/read_pictures.h"
#include "fuzz/fuzz.h"

/* What is decoded; larger pictures would only take longer. */
enum { MOST_PIXELS = 1 << 18 };

static void check_message(const sm_status status)
{
    fuzz_require(status == SM_ERROR_FORMAT || status == SM_ERROR_MEMORY,
                 "a file is refused as one");
    fuzz_require(status == SM_ERROR_MEMORY || strncmp(sm_error_message(), "input: ", 7) == 0,
                 "messages name the file");
}

/* Whether the header is read, and of a picture that is not too large for here. */
static bool is_small(const uint8_t *const bytes, const size_t size)
{
    smi_png png = {0};
    const sm_status status = smi_png_open(bytes, size, "input", &png);
    bool small = false;
    if (status == SM_OK) {
        fuzz_require(png.height > 0 && png.width > 0 && png.height <= SMI_PNG_MOST_SIDE &&
                         png.width <= SMI_PNG_MOST_SIDE,
                     "a size in the limits");
        small = png.height * png.width <= MOST_PIXELS;
    } else {
        check_message(status);
    }
    smi_png_close(&png);
    return small;
}

/* Returns whether it could be read. */
static bool read_as(const uint8_t *const bytes, const size_t size, const sm_colour colour,
                    const smi_picture_size to)
{
    const smi_picture_form form = {.size = to, .colour = colour, .resize = to.height > 0};
    smi_pictures pictures = {0};
    const sm_status status = smi_read_picture(bytes, size, "input", &form, &pictures);
    if (status != SM_OK) {
        fuzz_require(pictures.x == NULL, "a failure writes no result");
        check_message(status);
        return false;
    }
    const smi_picture_size got = pictures.size;
    fuzz_require(to.height == 0 || (got.height == to.height && got.width == to.width),
                 "the size that was asked for");
    fuzz_require(pictures.channels == 1 || pictures.channels == 3, "grey or colour");
    fuzz_require(colour == SM_COLOUR_AUTO || (colour == SM_COLOUR_GREY) == (pictures.channels == 1),
                 "the colour that was asked for");
    uint64_t sum = 0;
    const size_t count = got.height * got.width * pictures.channels;
    for (size_t i = 0; i < count; i++) { /* reads them all: they are there */
        sum += pictures.x[i];
    }
    fuzz_require(sum <= count * (uint64_t)255, "bytes");
    smi_free(pictures.x);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    const smi_picture_size as_it_is = {0};
    if (!is_small(bytes, size)) {
        return 0;
    }
    if (!read_as(bytes, size, SM_COLOUR_AUTO, as_it_is)) {
        return 0;
    }
    fuzz_require(read_as(bytes, size, SM_COLOUR_GREY, (smi_picture_size){3, 5}) &&
                     read_as(bytes, size, SM_COLOUR_RGB, (smi_picture_size){20, 2}),
                 "what can be read can be read in any form");
    return 0;
}
