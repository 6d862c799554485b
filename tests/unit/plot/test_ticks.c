/* Which numbers stand along an axis, what is written there, and how much room that takes. */
#include "plot/ticks.h"

#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"

/* Texts: one after the other, with a blank between them. */
static void assert_ticks(const double from, const double to, const size_t wanted,
                         const char *const texts)
{
    const smi_ticks ticks = smi_ticks_of(from, to, wanted);
    char all[SMI_MOST_TICKS * SMI_TICK_SIZE + 1] = "";
    size_t longest = 0;
    for (size_t i = 0; i < ticks.count; i++) {
        assert_true(i == 0 || ticks.numbers[i] > ticks.numbers[i - 1]);
        (void)strcat(all, i == 0 ? "" : " ");
        (void)strcat(all, ticks.texts[i]);
        longest = strlen(ticks.texts[i]) > longest ? strlen(ticks.texts[i]) : longest;
    }
    assert_string_equal(all, texts);
    assert_int_equal(ticks.columns, longest);
}

static void they_are_round_and_have_the_decimals_they_need(void **state)
{
    (void)state;
    assert_ticks(0.0, 1.0, 6, "0.0 0.2 0.4 0.6 0.8 1.0");
    assert_ticks(0.0, 7.3, 5, "0 1 2 3 4 5 6 7");
    assert_ticks(-1.2, 1.3, 6, "-1.0 -0.5 0.0 0.5 1.0");
    assert_ticks(172.0, 231.0, 6, "180 190 200 210 220 230");
    assert_ticks(0.98, 1.0, 5, "0.980 0.985 0.990 0.995 1.000");
    assert_ticks(0.0, 3e-5, 6, "0.000000 0.000005 0.000010 0.000015 0.000020 0.000025 0.000030");
}

static void very_large_and_very_small_ones_have_exponents(void **state)
{
    (void)state;
    assert_ticks(0.0, 3.2e9, 4, "0 1e+09 2e+09 3e+09");
    assert_ticks(-2.1e-8, 2.1e-8, 4, "-2e-08 -1e-08 0 1e-08 2e-08");
    assert_ticks(-1e300, 1e300, 3, "-1e+300 -5e+299 0 5e+299 1e+300");
}

static void no_two_are_written_alike(void **state)
{
    (void)state;
    assert_ticks(-12340000.0, -12300000.0, 4,
                 "-1.234e+07 -1.233e+07 -1.232e+07 -1.231e+07 -1.23e+07");
    assert_ticks(123456789.0, 123456791.0, 3,
                 "123456789 123456789.5 123456790 123456790.5 123456791");
    assert_ticks(999000.0, 1001000.0, 4, "9.99e+05 9.995e+05 1e+06 1.0005e+06 1.001e+06");
}

static void what_is_long_stands_less_often_beside_others(void **state)
{
    (void)state;
    const smi_ticks many = smi_ticks_beside(0.0, 900000.0, 9, 90);
    const smi_ticks few = smi_ticks_beside(0.0, 900000.0, 9, 40);
    assert_int_equal(many.count, 10);
    assert_true(few.count >= 2 && few.count < 6);
    assert_true((double)(few.columns + 2) * 900000.0 / few.step <= 40.0);
}

static void there_are_two_however_narrow_the_axis(void **state)
{
    (void)state;
    assert_true(smi_ticks_beside(0.0, 900000.0, 6, 3).count >= 2);
}

static void a_script_has_them_in_place_of_gnuplot_s(void **state)
{
    static const char expected[] = "set ytics ('0.0' 0, '0.5' 0.5, '1.0' 1)\n";
    (void)state;
    const smi_ticks ticks = smi_ticks_of(0.0, 1.0, 2);
    smi_script script = {0};
    smi_ticks_add(&script, 'y', &ticks);
    assert_false(script.failed);
    assert_int_equal(script.length, strlen(expected));
    assert_memory_equal(script.text, expected, script.length);
    smi_script_free(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_round_and_have_the_decimals_they_need),
        cmocka_unit_test(very_large_and_very_small_ones_have_exponents),
        cmocka_unit_test(no_two_are_written_alike),
        cmocka_unit_test(what_is_long_stands_less_often_beside_others),
        cmocka_unit_test(there_are_two_however_narrow_the_axis),
        cmocka_unit_test(a_script_has_them_in_place_of_gnuplot_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
