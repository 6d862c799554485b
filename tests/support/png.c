#include "support/png.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"

static size_t row_bytes(const png_plan *const plan)
{
    static const size_t samples[] = {[PNG_GREY] = 1,
                                     [PNG_RGB] = 3,
                                     [PNG_PALETTE] = 1,
                                     [PNG_GREY_ALPHA] = 2,
                                     [PNG_RGB_ALPHA] = 4};
    return (plan->width * samples[plan->type] * plan->depth + 7) / 8;
}

static void put_chunk(byte_list *const file, const char *const name, const void *const data,
                      const size_t size)
{
    put_u32(file, (uint32_t)size);
    const size_t begin = file->size;
    put_bytes(file, name, 4);
    put_bytes(file, data, size);
    put_u32(file, (uint32_t)crc32(0, file->data + begin, (uInt)(size + 4)));
}

static void put_header(byte_list *const file, const png_plan *const plan)
{
    byte_list header = {0};
    put_u32(&header, plan->width);
    put_u32(&header, plan->height);
    put_u8(&header, plan->depth);
    put_u8(&header, plan->type);
    put_bytes(&header, "\0\0\0", 3); /* deflate, the usual filters, not interlaced */
    put_chunk(file, "IHDR", header.data, header.size);
    byte_list_free(&header);
}

static void put_pixels(byte_list *const file, const png_plan *const plan)
{
    byte_list rows = {0};
    const size_t bytes = row_bytes(plan);
    for (size_t r = 0; r < plan->height; r++) {
        put_u8(&rows, 0); /* no filter */
        put_bytes(&rows, plan->rows + r * bytes, bytes);
    }
    uLongf size = compressBound(rows.size);
    uint8_t *const compressed = malloc(size);
    assert_non_null(compressed);
    assert_int_equal(compress(compressed, &size, rows.data, rows.size), Z_OK);
    put_chunk(file, "IDAT", compressed, size);
    free(compressed);
    byte_list_free(&rows);
}

byte_list png_file(const png_plan *const plan)
{
    byte_list file = {0};
    put_bytes(&file, "\x89PNG\r\n\x1a\n", 8);
    put_header(&file, plan);
    if (plan->palette != NULL) {
        put_chunk(&file, "PLTE", plan->palette, 3 * plan->colours);
    }
    if (plan->opacity != NULL) {
        put_chunk(&file, "tRNS", plan->opacity, plan->opacity_count);
    }
    put_pixels(&file, plan);
    put_chunk(&file, "IEND", "", 0);
    return file;
}

static void write_png(const char *const path, const png_plan *const plan)
{
    byte_list file = png_file(plan);
    write_file(path, file.data, file.size);
    byte_list_free(&file);
}

void write_grey_png(const char *const path, const uint32_t height, const uint32_t width,
                    const uint8_t *const pixels)
{
    write_png(path,
              &(png_plan){
                  .height = height, .width = width, .depth = 8, .type = PNG_GREY, .rows = pixels});
}

void write_rgb_png(const char *const path, const uint32_t height, const uint32_t width,
                   const uint8_t *const pixels)
{
    write_png(
        path,
        &(png_plan){.height = height, .width = width, .depth = 8, .type = PNG_RGB, .rows = pixels});
}
