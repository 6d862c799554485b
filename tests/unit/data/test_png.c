/* Every kind of PNG comes out as grey bytes and as red, green and blue; damaged ones are refused.
 */
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/png.h"

#include "data/pictures/png.h"

/* Two pixels, and what they must come out as. */
typedef struct kind {
    const char *name;
    png_plan plan;
    bool colour;
    uint8_t grey[2];
    uint8_t rgb[6];
} kind;

#define BYTES(...) ((const uint8_t[]){__VA_ARGS__})

static const kind kinds[] = {
    {"1 bit", {1, 2, 1, PNG_GREY, BYTES(0x40)}, false, {0, 255}, {0, 0, 0, 255, 255, 255}},
    {"2 bits", {1, 2, 2, PNG_GREY, BYTES(0x60)}, false, {85, 170}, {85, 85, 85, 170, 170, 170}},
    {"4 bits", {1, 2, 4, PNG_GREY, BYTES(0x3a)}, false, {51, 170}, {51, 51, 51, 170, 170, 170}},
    {"8 bits", {1, 2, 8, PNG_GREY, BYTES(7, 200)}, false, {7, 200}, {7, 7, 7, 200, 200, 200}},
    {"16 bits", /* 0x1234 is 18.13 / 255, 0xff7f is 254.5 / 255 and a little less */
     {1, 2, 16, PNG_GREY, BYTES(0x12, 0x34, 0xff, 0x7f)},
     false,
     {18, 255},
     {18, 18, 18, 255, 255, 255}},
    {"hidden grey, and black that lets half of the light through", /* encoded, 0.5 is 186 */
     {1, 2, 8, PNG_GREY_ALPHA, BYTES(9, 0, 0, 128)},
     false,
     {255, 186},
     {255, 255, 255, 186, 186, 186}},
    {"colour", /* of light, red is 0.2126 and green 0.7152 */
     {1, 2, 8, PNG_RGB, BYTES(255, 0, 0, 0, 255, 0)},
     true,
     {127, 220},
     {255, 0, 0, 0, 255, 0}},
    {"colour of 16 bits",
     {1, 2, 16, PNG_RGB, BYTES(80, 80, 120, 120, 160, 160, 255, 255, 255, 255, 255, 255)},
     true,
     {117, 255},
     {80, 120, 160, 255, 255, 255}},
    {"colour, hidden and plain",
     {1, 2, 8, PNG_RGB_ALPHA, BYTES(1, 2, 3, 0, 90, 90, 90, 255)},
     true,
     {255, 90},
     {255, 255, 255, 90, 90, 90}},
    {"palette",
     {1, 2, 4, PNG_PALETTE, BYTES(0x10), "\x64\x8c\xb4\x46\x46\x46", 2},
     true,
     {70, 136},
     {70, 70, 70, 100, 140, 180}},
    {"palette with a hidden colour",
     {1, 2, 1, PNG_PALETTE, BYTES(0x40), "\x0a\x14\x1e\x46\x46\x46", 2, "\0", 1},
     true,
     {255, 70},
     {255, 255, 255, 70, 70, 70}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Reads all of a file. pixels: 64 of them. */
static sm_status read_all(const byte_list *const file, const size_t channels, uint8_t *const pixels)
{
    smi_png png = {0};
    sm_status status = smi_png_open(file->data, file->size, "a.png", &png);
    if (status == SM_OK) {
        assert_true(png.height * png.width * channels <= 64);
        status = smi_png_read(&png, channels, pixels);
    }
    smi_png_close(&png);
    return status;
}

static void every_kind_is_read(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        byte_list file = png_file(&kinds[k].plan);
        smi_png png = {0};
        uint8_t pixels[64];
        assert_int_equal(smi_png_open(file.data, file.size, "a.png", &png), SM_OK);
        assert_int_equal(png.height, 1);
        assert_int_equal(png.width, 2);
        assert_int_equal(png.colour, kinds[k].colour);
        smi_png_close(&png);
        assert_int_equal(read_all(&file, 1, pixels), SM_OK);
        /* how light the three colours are, libpng knows to about 1 */
        const int most = kinds[k].colour ? 1 : 0;
        if (abs(pixels[0] - kinds[k].grey[0]) > most || abs(pixels[1] - kinds[k].grey[1]) > most) {
            fail_msg("%s: grey %d %d", kinds[k].name, pixels[0], pixels[1]);
        }
        assert_int_equal(read_all(&file, 3, pixels), SM_OK);
        if (memcmp(pixels, kinds[k].rgb, 6) != 0) {
            fail_msg("%s: colour %d %d %d, %d %d %d", kinds[k].name, pixels[0], pixels[1],
                     pixels[2], pixels[3], pixels[4], pixels[5]);
        }
        byte_list_free(&file);
    }
}

static void grey_in_colour_stays_as_it_is(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        const uint8_t rows[3] = {(uint8_t)value, (uint8_t)value, (uint8_t)value};
        uint8_t pixels[64];
        byte_list file = png_file(&(png_plan){1, 1, 8, PNG_RGB, rows});
        assert_int_equal(read_all(&file, 1, pixels), SM_OK);
        assert_int_equal(pixels[0], value);
        byte_list_free(&file);
    }
}

static byte_list some_file(void)
{
    static const uint8_t pixels[12] = {1, 20, 3, 40, 5, 60, 7, 80, 9, 100, 11, 120};
    return png_file(&(png_plan){3, 4, 8, PNG_GREY, pixels});
}

/* The last 12 bytes, which are the same in every file, tell nothing more. */
static void what_breaks_off_is_refused(void **state)
{
    (void)state;
    byte_list file = some_file();
    const size_t whole = file.size;
    uint8_t pixels[64];
    for (file.size = 0; file.size < whole - 12; file.size++) {
        /* a block of just this size, so that a sanitizer sees the first byte read beyond */
        byte_list part = {.data = malloc(file.size), .size = file.size};
        if (file.size > 0) {
            memcpy(part.data, file.data, file.size);
        }
        assert_int_equal(read_all(&part, 1, pixels), SM_ERROR_FORMAT);
        assert_memory_equal(sm_error_message(), "a.png: ", 7);
        byte_list_free(&part);
    }
    byte_list_free(&file);
}

static void changed_pixels_are_noticed(void **state)
{
    (void)state;
    byte_list file = some_file();
    uint8_t pixels[64];
    for (size_t i = 8 + 25 + 8; i < file.size - 12; i++) { /* from the compressed data on */
        file.data[i] ^= 0x10;
        assert_int_equal(read_all(&file, 1, pixels), SM_ERROR_FORMAT);
        file.data[i] ^= 0x10;
    }
    assert_int_equal(read_all(&file, 1, pixels), SM_OK);
    byte_list_free(&file);
}

static void what_is_no_png_is_told(void **state)
{
    (void)state;
    smi_png png = {0};
    static const uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F'};
    assert_int_equal(smi_png_open(jpeg, sizeof jpeg, "a.png", &png), SM_ERROR_FORMAT);
    assert_message("a.png: not a PNG file, as its first bytes would tell");
    assert_int_equal(smi_png_open(jpeg, 0, "a.png", &png), SM_ERROR_FORMAT);
    assert_message("a.png: not a PNG file, as its first bytes would tell");
    smi_png_close(&png);
}

static void assert_refused(const uint32_t height, const uint32_t width, const char *const message)
{
    byte_list file = png_file(&(png_plan){1, 1, 8, PNG_GREY, BYTES(0)});
    uint8_t pixels[64];
    for (size_t i = 0; i < 4; i++) {
        file.data[16 + i] = (uint8_t)(width >> (24 - 8 * i));
        file.data[20 + i] = (uint8_t)(height >> (24 - 8 * i));
    }
    assert_int_equal(read_all(&file, 1, pixels), SM_ERROR_FORMAT);
    assert_message("%s", message);
    byte_list_free(&file);
}

static void impossible_sizes_are_refused_before_anything_is_made(void **state)
{
    (void)state;
    assert_refused(
        100000, 100000,
        "a.png: 100,000 × 100,000 pixels; possible are 16,384 a side and 67,108,864 in all");
    assert_refused(
        16384, 4097,
        "a.png: 16,384 × 4,097 pixels; possible are 16,384 a side and 67,108,864 in all");
    assert_refused(
        UINT32_MAX, 1,
        "a.png: 4,294,967,295 × 1 pixels; possible are 16,384 a side and 67,108,864 in all");
    assert_refused(8000, 8000, "a.png: damaged PNG: too short for 8,000 × 8,000 pixels");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read),
        cmocka_unit_test(grey_in_colour_stays_as_it_is),
        cmocka_unit_test(what_breaks_off_is_refused),
        cmocka_unit_test(changed_pixels_are_noticed),
        cmocka_unit_test(what_is_no_png_is_told),
        cmocka_unit_test(impossible_sizes_are_refused_before_anything_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
