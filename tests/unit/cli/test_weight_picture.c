/* Pictures of weights, at the sizes at which they are and are not made, and their colours. */
#include <math.h>
#include <png.h>
#include <stdlib.h>

#include "support/cmocka_all.h"

#include "base/random.h"
#include "cli/plot/first_layer.h"
#include "cli/watch/weight_picture.h"
#include "plot/palette.h"

/* Of so many outputs of a layer over pictures of this size, all weights 0. */
static cli_weight_picture make(const size_t height, const size_t width, const size_t outputs)
{
    const sm_shape shape = {
        .features = height * width, .image_height = height, .image_width = width};
    float *const kernel = calloc(shape.features * outputs, sizeof *kernel);
    cli_weight_picture picture;
    assert_non_null(kernel);
    assert_true(cli_weight_picture_make(&shape, kernel, outputs, &picture));
    free(kernel);
    return picture;
}

static void assert_size(const size_t height, const size_t width, const size_t outputs,
                        const size_t picture_height, const size_t picture_width)
{
    cli_weight_picture picture = make(height, width, outputs);
    assert_non_null(picture.png);
    assert_int_equal(picture.height, picture_height);
    assert_int_equal(picture.width, picture_width);
    cli_weight_picture_free(&picture);
}

static void tiles_lie_in_a_square(void **state)
{
    (void)state;
    assert_size(28, 28, 10, 3 * 29 - 1, 4 * 29 - 1);
    assert_size(28, 28, 100, 8 * 29 - 1, 8 * 29 - 1); /* the first 64 */
    assert_size(4, 5, 1, 4, 5);
}

/* A million pixels a side is what PNG files of libpng's have. */
static void long_tiles_lie_along_their_long_side(void **state)
{
    (void)state;
    assert_size(1, 600000, 3, 5, 600000);
    assert_size(600000, 1, 3, 600000, 5);
    assert_size(1, 1000000, 1, 1, 1000000);
}

static void of_what_is_too_large_there_is_none(void **state)
{
    (void)state;
    assert_null(make(1, 1000001, 2).png);
    assert_null(make(1000001, 1, 2).png);
    assert_null(make(2000, 2000, 1).png);
}

static void colours_are_those_of_other_pictures(void **state)
{
    (void)state;
    const sm_shape shape = {.features = 3, .image_height = 1, .image_width = 3};
    cli_weight_picture picture;
    uint8_t pixels[3][3];
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(cli_weight_picture_make(&shape, (const float[]){-2.0F, 0.0F, 2.0F}, 1, &picture));
    assert_true(png_image_begin_read_from_memory(&image, picture.png, picture.size));
    image.format = PNG_FORMAT_RGB;
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    const uint32_t expected[] = {SMI_BLUE, 0xffffff, SMI_RED};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pixels[i][0] << 16 | pixels[i][1] << 8 | pixels[i][2], expected[i]);
    }
    cli_weight_picture_free(&picture);
}

static int by_size(const void *const a, const void *const b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void colours_end_where_all_but_one_in_200_are(void **state)
{
    (void)state;
    enum { MOST = 1201 };
    smi_random random = smi_random_start(7, 0);
    float values[MOST];
    float sizes[MOST];
    for (size_t count = 1; count <= MOST; count += 100) {
        for (size_t i = 0; i < count; i++) {
            values[i] = ldexpf(smi_random_float(&random) - 0.5F, (int)(i % 40) - 20);
            sizes[i] = fabsf(values[i]);
        }
        double full = 0.0;
        assert_true(cli_full_colour(values, count, &full));
        qsort(sizes, count, sizeof *sizes, by_size);
        assert_true(full == (double)sizes[count - 1 - count / 200]);
    }
}

static void without_any_size_they_end_at_one(void **state)
{
    (void)state;
    double full = 0.0;
    assert_true(cli_full_colour((const float[]){0.0F, -0.0F}, 2, &full));
    assert_true(full == 1.0);
    assert_true(cli_full_colour(&(const float){NAN}, 1, &full));
    assert_true(full == 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_lie_in_a_square),
        cmocka_unit_test(long_tiles_lie_along_their_long_side),
        cmocka_unit_test(colours_are_those_of_other_pictures),
        cmocka_unit_test(of_what_is_too_large_there_is_none),
        cmocka_unit_test(colours_end_where_all_but_one_in_200_are),
        cmocka_unit_test(without_any_size_they_end_at_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
