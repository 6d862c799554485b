/* Charts of characters, as they stand on the screen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "cli/watch/live_chart.h"

/* The charts, with a NUL; freed by smi_script_free(). */
static smi_script draw(const smi_curve_point *const points, const size_t count,
                       const cli_chart_style style, const size_t lines)
{
    smi_script text = {0};
    assert_int_equal(cli_draw_charts(&text, points, count, &style), lines);
    smi_script_add(&text, "%c", 0);
    assert_false(text.failed);
    return text;
}

static const smi_curve_point falling[] = {
    {1.0, 2.0, 0.25, NAN, NAN}, {2.0, 1.0, 0.75, NAN, NAN}, {3.0, 0.5, 1.0, NAN, NAN}};

static void a_curve_goes_from_left_to_right(void **state)
{
    (void)state;
    smi_script text = draw(falling, 3, (cli_chart_style){.columns = 29, .lines = 9}, 9);
    assert_string_equal(text.text, "loss  o train 0.5\n"
                                   "       2 oo\n"
                                   "          ooo\n"
                                   "             ooo\n"
                                   "    1.25       ooo\n"
                                   "                  ooo\n"
                                   "                     ooooo\n"
                                   "     0.5                  ooo\n"
                                   "         1            epoch 3\n");
    smi_script_free(&text);
}

static void validation_is_told_from_training(void **state)
{
    (void)state;
    const smi_curve_point points[] = {{1.0, 1.0, NAN, NAN, NAN}, {2.0, 1.0, NAN, 3.0, NAN}};
    smi_script text = draw(points, 2, (cli_chart_style){.columns = 34, .lines = 6}, 6);
    assert_string_equal(text.text, "loss  o train 1  x validation 3\n"
                                   "       3                         x\n"
                                   "\n"
                                   "\n"
                                   "       1 ooooooooooooooooooooooooo\n"
                                   "         1                 epoch 2\n");
    smi_script_free(&text);
}

/* U+28C0 is the two dots at the bottom, U+2809 those at the top. */
static void dots_are_finer_and_coloured(void **state)
{
    (void)state;
    const smi_curve_point flat[] = {{1.0, 1.0, 0.5, NAN, NAN}, {2.0, 1.0, 0.5, NAN, NAN}};
    const cli_chart_style style = {.columns = 61, .lines = 7, .dots = true, .colour = true};
    smi_script text = draw(flat, 2, style, 7);
    assert_non_null(strstr(text.text, "loss  \033[38;5;32m\xe2\x94\x81\033[0m train 1"));
    assert_non_null(strstr(text.text, "accuracy  \033[38;5;32m\xe2\x94\x81\033[0m 0.5\n"));
    assert_non_null(strstr(text.text, "       1 \033[38;5;32m\xe2\xa0\xa4"));
    smi_script_free(&text);
}

static void assert_nothing(const smi_curve_point *const points, const size_t count,
                           const size_t columns, const size_t lines)
{
    smi_script text = draw(points, count, (cli_chart_style){.columns = columns, .lines = lines}, 0);
    assert_string_equal(text.text, "");
    smi_script_free(&text);
}

static void without_room_or_values_nothing_is_drawn(void **state)
{
    (void)state;
    const smi_curve_point none[] = {{1.0, NAN, NAN, NAN, NAN}};
    const smi_curve_point infinite[] = {{1.0, -INFINITY, 0.5, INFINITY, NAN}};
    assert_nothing(falling, 3, 28, 20);
    assert_nothing(falling, 3, 80, 5);
    assert_nothing(falling, 0, 80, 20);
    assert_nothing(none, 1, 80, 20);
    assert_nothing(infinite, 1, 80, 20);
}

/* Ends of what floats hold, and a single epoch. */
static void extreme_values_stay_within(void **state)
{
    (void)state;
    const smi_curve_point wide[] = {{1.0, 1e308, 1e-300, -1e308, 0.0},
                                    {2.0, 0.0, 0.0, INFINITY, 1.0}};
    smi_script text = {0};
    const cli_chart_style style = {.columns = 1000, .lines = 1000, .dots = true};
    (void)cli_draw_charts(&text, wide, 2, &style);
    assert_int_not_equal(cli_draw_charts(&text, falling, 1, &style), 0);
    smi_script_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curve_goes_from_left_to_right),
        cmocka_unit_test(validation_is_told_from_training),
        cmocka_unit_test(dots_are_finer_and_coloured),
        cmocka_unit_test(without_room_or_values_nothing_is_drawn),
        cmocka_unit_test(extreme_values_stay_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
