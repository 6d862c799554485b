#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/palette.h"
#include "plot/script.h"
#include "support/cmocka_all.h"

static void assert_script(smi_script *const script, const char *const expected)
{
    assert_false(script->failed);
    assert_int_equal(script->length, strlen(expected));
    assert_memory_equal(script->text, expected, script->length);
    smi_script_free(script);
    assert_null(script->text);
}

static void assert_quoted(const char *const text, const size_t most, const char *const expected)
{
    smi_script script = {0};
    smi_script_quote(&script, text, most);
    assert_script(&script, expected);
}

static void pieces_are_put_together(void **state)
{
    (void)state;
    smi_script script = {0};
    smi_script_add(&script, "plot ");
    smi_script_quote(&script, "a", 9);
    smi_script_add(&script, " %d:%.3g\n", 7, 0.5);
    assert_script(&script, "plot 'a' 7:0.5\n");
}

static void it_grows_as_needed(void **state)
{
    (void)state;
    smi_script script = {0};
    for (int i = 0; i < 100000; i++) {
        smi_script_add(&script, "%05d\n", i);
    }
    assert_false(script.failed);
    assert_int_equal(script.length, 600000);
    assert_memory_equal(script.text + 74070, "12345\n", 6);
    smi_script_free(&script);
}

static void nothing_ends_a_string_early(void **state)
{
    (void)state;
    assert_quoted("it's", 99, "'it'.\"\\047\".'s'");
    assert_quoted("'.system('a')", 99, "''.\"\\047\".'.system('.\"\\047\".'a'.\"\\047\".')'");
    assert_quoted("`id` $(id) \"id\" @x \\", 99, "'`id` $(id) \"id\" @x \\'");
    assert_quoted("two\nlines\r\t\x1b[2J\x7f", 99, "'two lines   [2J '");
    assert_quoted("\xc2\x85x\xc2\x9b", 99, "' x '"); /* controls of two bytes */
    assert_quoted("", 99, "''");
}

static void text_of_all_scripts_passes(void **state)
{
    (void)state;
    assert_quoted("\u05e9\u05dc\u05d5\u05dd \u65e5\u672c \U0001f600 \u00e9", 99,
                  "'\u05e9\u05dc\u05d5\u05dd \u65e5\u672c \U0001f600 \u00e9'");
    assert_quoted("a\xff\xe2\x82z\xe2", 99, "'a???z?'"); /* not UTF-8 */
}

static void what_fonts_may_lack_becomes_boxes_where_it_must(void **state)
{
    (void)state;
    smi_script script = {.common = true};
    smi_script_quote(&script, "\u00e9\u0436\u05e9\u03a9\u2260\u0177 it's", 99);
    assert_false(script.lost);
    smi_script_quote(&script, "\u65e5a\U0001f600\u0e01", 99);
    assert_true(script.lost);
    assert_script(&script, "'\u00e9\u0436\u05e9\u03a9\u2260\u0177 it'.\"\\047\".'s'"
                           "'\u25a1a\u25a1\u25a1'");
}

static void text_does_not_turn_what_is_around_it(void **state)
{
    (void)state;
    smi_script script = {0};
    assert_quoted("\u202eab\u202c\u2066c\u2069\u202a", 3, "'abc'");
    assert_quoted("a\u202ebcd", 3, "'ab\u2026'");
    assert_quoted("\u200ea\u200fb\u061cc\u200b\u2060\ufeff\u2028", 3, "'abc'");
    assert_quoted("\u0645\u06cc\u200c\u062e", 4, "'\u0645\u06cc\u200c\u062e'"); /* a joiner */
    assert_int_equal(smi_script_plain(&script, "\u2067a\u2069", 9), 1);
    assert_script(&script, "a");
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    assert_quoted("\u00e9\u00e9\u00e9", 3, "'\u00e9\u00e9\u00e9'");
    assert_quoted("\u00e9\u00e9\u00e9\u00e9", 3, "'\u00e9\u00e9\u2026'");
    assert_quoted("ab", 1, "'\u2026'");
    assert_quoted("'''", 2, "''.\"\\047\".'\u2026'");
}

static void tics_are_formats(void **state)
{
    (void)state;
    smi_script script = {0};
    smi_script_quote_tic(&script, "100 % it's %s", 99);
    assert_script(&script, "'100 %% it'.\"\\047\".'s %%s'");
}

static void text_for_people_has_no_quotes(void **state)
{
    (void)state;
    smi_script script = {0};
    assert_int_equal(smi_script_plain(&script, "it's 5 %\x1b[2J", 99), 12);
    assert_int_equal(smi_script_plain(&script, "\u00e9\u00e9\u00e9\u00e9", 3), 3);
    assert_script(&script, "it's 5 % [2J\u00e9\u00e9\u2026");
}

static void colours_mix_with_white(void **state)
{
    (void)state;
    assert_int_equal(smi_lighter(SMI_BLUE, 1.0), SMI_BLUE);
    assert_int_equal(smi_lighter(SMI_BLUE, 0.0), 0xffffff);
    assert_int_equal(smi_lighter(0x004080, 0.5), 0x80a0c0);
}

static void neighbouring_classes_differ_in_colour_and_shape(void **state)
{
    (void)state;
    for (size_t c = 0; c < 70; c++) {
        for (size_t other = c + 1; other < 70; other++) {
            assert_true(smi_class_colour(c) != smi_class_colour(other) ||
                        smi_class_shape(c) != smi_class_shape(other));
        }
    }
    for (size_t c = 0; c < 10; c++) { /* for the digits, colours alone do */
        for (size_t other = c + 1; other < 10; other++) {
            assert_true(smi_class_colour(c) != smi_class_colour(other));
        }
    }
    assert_int_equal(smi_class_colour(0), SMI_BLUE);
    assert_int_equal(smi_class_colour(1), SMI_GREEN);
    assert_int_equal(smi_class_colour(2), SMI_RED);
}

static double linear(const uint32_t part)
{
    const double share = (double)(part & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* As WCAG 2 has it, from 1 to 21. */
static double contrast(const uint32_t one, const uint32_t other)
{
    const uint32_t colours[2] = {one, other};
    double brightness[2];
    for (size_t i = 0; i < 2; i++) {
        brightness[i] = 0.05 + 0.2126 * linear(colours[i] >> 16) +
                        0.7152 * linear(colours[i] >> 8) + 0.0722 * linear(colours[i]);
    }
    return fmax(brightness[0], brightness[1]) / fmin(brightness[0], brightness[1]);
}

static void points_stand_out_from_regions_of_their_class(void **state)
{
    (void)state;
    for (size_t c = 0; c < 10; c++) {
        const uint32_t region = smi_lighter(smi_class_colour(c), 0.32);
        assert_true(
            fmax(contrast(smi_class_colour(c), region), contrast(smi_class_rim(c), region)) > 2.0);
        assert_true(contrast(smi_class_colour(c), smi_class_rim(c)) > 2.0);
    }
    assert_int_equal(smi_class_rim(10), smi_class_rim(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_put_together),
        cmocka_unit_test(it_grows_as_needed),
        cmocka_unit_test(nothing_ends_a_string_early),
        cmocka_unit_test(text_of_all_scripts_passes),
        cmocka_unit_test(what_fonts_may_lack_becomes_boxes_where_it_must),
        cmocka_unit_test(text_does_not_turn_what_is_around_it),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(tics_are_formats),
        cmocka_unit_test(text_for_people_has_no_quotes),
        cmocka_unit_test(colours_mix_with_white),
        cmocka_unit_test(neighbouring_classes_differ_in_colour_and_shape),
        cmocka_unit_test(points_stand_out_from_regions_of_their_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
