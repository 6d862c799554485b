#include "cli/watch/weight_picture.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/picture_shape.h"
#include "cli/plot/first_layer.h"
#include "plot/palette.h"

/* MOST_SIDE: libpng's. */
enum { MOST_TILES = 64, MOST_PIXELS = 4000000, MOST_SIDE = 1000000 };
enum { GAP = 1, LEVELS = 256, GAP_COLOUR = 255 };

/* The tiles, row by row, with a gap between them. */
typedef struct mosaic {
    size_t tile_height;
    size_t tile_width;
    size_t channels;
    size_t outputs; /* of the layer */
    size_t tiles;
    size_t columns;
    size_t rows;
} mosaic;

/* How many tiles of this size, with gaps between, fit into a side. */
static size_t fit_side(const size_t size)
{
    return (MOST_SIDE + GAP) / (size + GAP);
}

static size_t smaller(const size_t a, const size_t b)
{
    return a < b ? a : b;
}

static mosaic lay_out(const sm_shape *const shape, const size_t outputs)
{
    const size_t pixels = (shape->image_height + GAP) * (shape->image_width + GAP);
    const size_t across = fit_side(shape->image_width);
    const size_t down = fit_side(shape->image_height);
    mosaic all = {
        .tile_height = shape->image_height,
        .tile_width = shape->image_width,
        .channels = smi_picture_channels(shape->features, shape->image_height, shape->image_width),
        .outputs = outputs,
        .tiles = smaller(smaller(outputs, MOST_TILES), MOST_PIXELS / pixels)};
    all.tiles = smaller(all.tiles, across * down);
    if (all.tiles > 0) {
        const size_t least = (all.tiles - 1) / down + 1;
        const size_t square = (size_t)ceil(sqrt((double)all.tiles));
        all.columns = smaller(square > least ? square : least, across);
        all.rows = (all.tiles - 1) / all.columns + 1;
    }
    return all;
}

/* weight: full colours are −1 and 1; 127 is 0, and no weight is GAP_COLOUR. */
static uint8_t level_of(const double weight)
{
    return isfinite(weight) ? (uint8_t)(127.0 * fmin(fmax(weight, -1.0), 1.0) + 127.5) : GAP_COLOUR;
}

/* What levels are shown as, where a tile has one weight a pixel. */
static void make_colours(uint8_t colours[LEVELS][3])
{
    for (int level = 0; level < LEVELS; level++) {
        const double share = (level - 127.0) / 127.0;
        const uint32_t colour =
            smi_lighter(share < 0.0 ? SMI_BLUE : SMI_RED, fmin(fabs(share), 1.0));
        for (size_t i = 0; i < 3; i++) {
            colours[level][i] = (uint8_t)(colour >> (16 - 8 * i) & 0xff);
        }
    }
    memset(colours[GAP_COLOUR], 128, 3);
}

/* False: there was not the memory. */
static bool find_full_colour(const mosaic *const all, const float *const kernel, double *const full)
{
    const size_t features = all->tile_height * all->tile_width * all->channels;
    float *const drawn = malloc(features * all->tiles * sizeof *drawn);
    for (size_t f = 0; f < features && drawn != NULL; f++) {
        memcpy(drawn + f * all->tiles, kernel + f * all->outputs, all->tiles * sizeof *drawn);
    }
    const bool found = drawn != NULL && cli_full_colour(drawn, features * all->tiles, full);
    free(drawn);
    return found;
}

/* pixels: of the whole picture, `width` a row, a level for each channel. */
static void draw_tile(const mosaic *const all, const size_t tile, const float *const kernel,
                      const double full, uint8_t *const pixels, const size_t width)
{
    const size_t top = tile / all->columns * (all->tile_height + GAP);
    const size_t left = tile % all->columns * (all->tile_width + GAP);
    for (size_t i = 0; i < all->tile_height * all->tile_width; i++) {
        const size_t row = top + i / all->tile_width;
        const size_t column = left + i % all->tile_width;
        const float *const weights = kernel + i * all->channels * all->outputs + tile;
        uint8_t *const pixel = pixels + (row * width + column) * all->channels;
        for (size_t c = 0; c < all->channels; c++) {
            pixel[c] = level_of((double)weights[c * all->outputs] / full);
        }
    }
}

/* Weights hardly shrink, and training waits: fast is better than small. */
static bool encode(const uint8_t *const pixels, const size_t channels,
                   cli_weight_picture *const picture)
{
    uint8_t colours[LEVELS][3];
    png_image image;
    make_colours(colours);
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)picture->width;
    image.height = (png_uint_32)picture->height;
    image.format = channels == 1 ? PNG_FORMAT_RGB_COLORMAP : PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    image.colormap_entries = LEVELS;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    picture->png = malloc(size);
    const bool done = picture->png != NULL &&
                      png_image_write_to_memory(&image, picture->png, &size, 0, pixels, 0, colours);
    picture->size = size;
    if (!done) {
        cli_weight_picture_free(picture);
    }
    return done;
}

bool cli_weight_picture_make(const sm_shape *const shape, const float *const kernel,
                             const size_t outputs, cli_weight_picture *const picture)
{
    const mosaic all = lay_out(shape, outputs);
    *picture = (cli_weight_picture){0};
    if (all.tiles == 0 || all.channels == 0) {
        return true;
    }
    picture->height = all.rows * (all.tile_height + GAP) - GAP;
    picture->width = all.columns * (all.tile_width + GAP) - GAP;
    const size_t size = picture->height * picture->width * all.channels;
    uint8_t *const pixels = malloc(size);
    double full = 1.0;
    if (pixels == NULL || !find_full_colour(&all, kernel, &full)) {
        free(pixels);
        return false;
    }
    memset(pixels, GAP_COLOUR, size);
    for (size_t tile = 0; tile < all.tiles; tile++) {
        draw_tile(&all, tile, kernel, full, pixels, picture->width);
    }
    const bool made = encode(pixels, all.channels, picture);
    free(pixels);
    return made;
}

void cli_weight_picture_free(cli_weight_picture *const picture)
{
    free(picture->png);
    *picture = (cli_weight_picture){0};
}
