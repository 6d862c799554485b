/* How much room text takes, where it is cut, and what of it a tile's title keeps. */
#include <stdlib.h>
#include <string.h>

#include "plot/text_room.h"
#include "plot/tile_title.h"
#include "support/cmocka_all.h"

static void letters_take_a_column_and_wide_ones_two(void **state)
{
    (void)state;
    assert_int_equal(smi_text_columns(""), 0);
    assert_int_equal(smi_text_columns("caf\u00e9"), 4);
    assert_int_equal(smi_text_columns("\u05e9\u05dc\u05d5\u05dd"), 4);
    assert_int_equal(smi_text_columns("\u65e5\u672c"), 4);
    assert_int_equal(smi_text_columns("\ud55c\u3042\uff21\U0001f600"), 8);
    assert_int_equal(smi_text_columns("\uff71"), 1); /* half as wide, by its name */
    assert_int_equal(smi_text_columns("a\u202eb\u200b"), 2);
    assert_int_equal(smi_text_columns("a\xff\xe2"), 3); /* not UTF-8 */
}

/* The text's first `size` bytes fit, and take so many columns. */
static void assert_fits(const char *const text, const size_t most, const size_t size,
                        const size_t columns, const bool cut)
{
    const smi_text_part part = smi_fit_text(text, most);
    assert_int_equal(part.end - text, size);
    assert_int_equal(part.columns, columns);
    assert_int_equal(part.cut, cut);
}

static void what_is_cut_has_room_for_an_ellipsis(void **state)
{
    (void)state;
    assert_fits("abcd", 4, 4, 4, false);
    assert_fits("abcde", 4, 3, 4, true);
    assert_fits("abc", 1, 0, 1, true);
    assert_fits("", 1, 0, 0, false);
    assert_fits("\u65e5\u672c", 4, 6, 4, false);
    assert_fits("\u65e5\u672c\u8a9e", 5, 6, 5, true);
    assert_fits("\u65e5\u672c\u8a9e", 4, 3, 3, true); /* half of one does not fit */
}

static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    assert_true(smi_text_width("", 9) == 0.0);
    assert_true(smi_text_width("il", 9) < smi_text_width("en", 9));
    assert_true(smi_text_width("en", 9) < smi_text_width("MW", 9));
    assert_true(smi_text_width("\u65e5\u672c", 9) == 2.0);
    assert_true(smi_text_width("iiiii", 3) == smi_text_width("ii", 3) + 1.0); /* and an ellipsis */
    assert_true(smi_text_width("\x01\xff", 9) > 0.0);
}

static void assert_title(const smi_tile *const tile, const size_t most, const char *const expected)
{
    char title[SMI_TILE_TITLE_SIZE];
    smi_tile_title(tile, most, title);
    assert_string_equal(title, expected);
}

static void titles_share_the_room(void **state)
{
    (void)state;
    const smi_tile one = {.title = "y: handwriting"};
    assert_title(&one, 28, "y: handwriting");
    assert_title(&one, 8, "y: hand\u2026");
    const smi_tile two = {.title = "y: seven", .second = "\u0177: two", .note = " (97 %)"};
    assert_title(&two, 28, "y: seven / \u0177: two (97 %)");
    assert_title(&two, 18, "y: seven / \u0177: two");
    assert_title(&two, 12, "y: \u2026 / \u0177: t\u2026");
    const smi_tile wide = {.title = "y: \u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"};
    assert_title(&wide, 8, "y: \u65e5\u672c\u2026");
}

static void what_is_not_seen_takes_no_room_in_titles(void **state)
{
    (void)state;
    enum { COUNT = 1000, SIZE = 3 };
    char *const unseen = calloc(COUNT + 1, SIZE);
    assert_non_null(unseen);
    for (size_t i = 0; i < COUNT; i++) {
        memcpy(unseen + SIZE * i, "\u202e", SIZE);
    }
    memcpy(unseen + (size_t)SIZE * COUNT, "ab", 2);
    const smi_tile tile = {.title = unseen, .second = unseen, .note = unseen};
    assert_title(&tile, 28, "ab / abab");
    free(unseen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_take_a_column_and_wide_ones_two),
        cmocka_unit_test(what_is_cut_has_room_for_an_ellipsis),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(titles_share_the_room),
        cmocka_unit_test(what_is_not_seen_takes_no_room_in_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
