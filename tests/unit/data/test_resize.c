/* Resized pictures against the formulas in double precision, and by hand. */
#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/random.h"
#include "data/pictures/resize.h"

static void assert_row(const uint8_t *const row, const size_t before, const uint8_t *const expected,
                       const size_t after)
{
    uint8_t resized[16] = {0};
    smi_resize(row, (smi_picture_size){1, before}, 1, (smi_picture_size){1, after}, resized);
    assert_memory_equal(resized, expected, after);
    smi_resize(row, (smi_picture_size){before, 1}, 1, (smi_picture_size){after, 1}, resized);
    assert_memory_equal(resized, expected, after); /* a column likewise */
}

static void shrinking_averages_what_is_covered(void **state)
{
    (void)state;
    assert_row((const uint8_t[]){0, 10, 20, 31}, 4, (const uint8_t[]){5, 26}, 2);
    assert_row((const uint8_t[]){0, 30, 60}, 3, (const uint8_t[]){10, 50}, 2);
    assert_row((const uint8_t[]){1, 2, 3, 4, 250}, 5, (const uint8_t[]){52}, 1);
}

static void growing_goes_straight_from_centre_to_centre(void **state)
{
    (void)state;
    assert_row((const uint8_t[]){0, 100}, 2, (const uint8_t[]){0, 25, 75, 100}, 4);
    assert_row((const uint8_t[]){0, 60, 0}, 3, (const uint8_t[]){0, 24, 60, 24, 0}, 5);
    assert_row((const uint8_t[]){77}, 1, (const uint8_t[]){77, 77, 77}, 3);
}

static void the_same_size_changes_nothing(void **state)
{
    (void)state;
    assert_row((const uint8_t[]){9, 8, 250, 0}, 4, (const uint8_t[]){9, 8, 250, 0}, 4);
}

/* The weight of old pixel j in new pixel i, in double precision. */
static double weight_of(const size_t before, const size_t after, const size_t i, const size_t j)
{
    const double ratio = (double)before / (double)after;
    if (after <= before) {
        const double low = fmax((double)i * ratio, (double)j);
        const double high = fmin((double)(i + 1) * ratio, (double)(j + 1));
        return fmax(high - low, 0.0) / ratio;
    }
    const double most = (double)(before - 1);
    const double centre = fmin(fmax(((double)i + 0.5) * ratio - 0.5, 0.0), most);
    return fmax(1.0 - fabs(centre - (double)j), 0.0);
}

static void assert_formula(const uint8_t *const pixels, const smi_picture_size before,
                           const size_t channels, const smi_picture_size after)
{
    uint8_t resized[12 * 12 * 3];
    smi_resize(pixels, before, channels, after, resized);
    for (size_t i = 0; i < after.height * after.width * channels; i++) {
        const size_t row = i / channels / after.width;
        const size_t column = i / channels % after.width;
        double exact = 0.0;
        for (size_t y = 0; y < before.height; y++) {
            for (size_t x = 0; x < before.width; x++) {
                exact += weight_of(before.height, after.height, row, y) *
                         weight_of(before.width, after.width, column, x) *
                         pixels[(y * before.width + x) * channels + i % channels];
            }
        }
        assert_true(fabs(exact - resized[i]) < 0.5 + 1e-9);
    }
}

static void every_size_is_as_the_formulas_say(void **state)
{
    (void)state;
    enum { MOST = 12 };
    uint8_t pixels[MOST * MOST * 3];
    smi_random random = smi_random_start(1, 2);
    for (size_t i = 0; i < sizeof pixels; i++) {
        pixels[i] = (uint8_t)smi_random_below(&random, 256);
    }
    for (size_t before = 1; before <= MOST; before++) {
        for (size_t after = 1; after <= MOST; after++) {
            assert_formula(pixels, (smi_picture_size){before, 7}, 1, (smi_picture_size){after, 5});
            assert_formula(pixels, (smi_picture_size){3, before}, 3, (smi_picture_size){8, after});
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shrinking_averages_what_is_covered),
        cmocka_unit_test(growing_goes_straight_from_centre_to_centre),
        cmocka_unit_test(the_same_size_changes_nothing),
        cmocka_unit_test(every_size_is_as_the_formulas_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
