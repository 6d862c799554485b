#include "support/cmocka_all.h"

#include "base/names.h"
#include "base/utf8.h"

static void lists_are_copied(void **state)
{
    (void)state;
    char first[] = "setosa";
    const char *const names[] = {first, "versicolor", "Zürich", "日本", "🙂"};
    char **copies = NULL;
    assert_int_equal(smi_names_copy(names, 5, &copies), SM_OK);
    first[0] = 'X';
    assert_string_equal(copies[0], "setosa");
    assert_string_equal(copies[1], "versicolor");
    assert_string_equal(copies[4], "🙂");
    smi_names_free(copies, 5);
    smi_names_free(NULL, 5);
}

static void without_names_classes_are_numbered(void **state)
{
    (void)state;
    char **names = NULL;
    assert_int_equal(smi_names_copy(NULL, 12, &names), SM_OK);
    assert_string_equal(names[0], "0");
    assert_string_equal(names[9], "9");
    assert_string_equal(names[11], "11");
    smi_names_free(names, 12);
}

static void integers_become_their_decimal_text(void **state)
{
    (void)state;
    const int32_t values[] = {INT32_MIN, -1, 0, 255, INT32_MAX};
    char **const names = smi_names_from_integers(values, 5);
    assert_non_null(names);
    assert_string_equal(names[0], "-2147483648");
    assert_string_equal(names[1], "-1");
    assert_string_equal(names[2], "0");
    assert_string_equal(names[3], "255");
    assert_string_equal(names[4], "2147483647");
    smi_names_free(names, 5);
}

static void names_must_be_distinct(void **state)
{
    (void)state;
    const char *const names[] = {"b", "a", "c", "a"};
    char **copies = NULL;
    assert_int_equal(smi_names_copy(names, 4, &copies), SM_ERROR_DATA);
    assert_null(copies);
    assert_string_equal(sm_error_message(), "two classes have the name 'a'");
    assert_int_equal(smi_names_copy(names, 3, &copies), SM_OK);
    smi_names_free(copies, 3);
}

static void empty_missing_and_broken_names_are_refused(void **state)
{
    (void)state;
    const char *const bad[] = {"", NULL, "caf\xe9"};
    for (size_t i = 0; i < 3; i++) {
        const char *const names[] = {"good", bad[i]};
        char **copies = NULL;
        assert_int_equal(smi_names_copy(names, 2, &copies), SM_ERROR_DATA);
        assert_null(copies);
        assert_string_equal(sm_error_message(), "the name of class 1 is empty or not UTF-8");
    }
}

static void well_formed_utf8_is_known(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "ASCII \x01\x7f",
        "\xc2\x80",         /* U+0080, the first of two bytes */
        "\xdf\xbf",         /* U+07FF, the last */
        "\xe0\xa0\x80",     /* U+0800, the first of three bytes */
        "\xed\x9f\xbf",     /* U+D7FF, before the surrogates */
        "\xee\x80\x80",     /* U+E000, after them */
        "\xef\xbf\xbf",     /* U+FFFF, the last */
        "\xf0\x90\x80\x80", /* U+10000, the first of four bytes */
        "\xf4\x8f\xbf\xbf", /* U+10FFFF, the last of all */
        "a\xc3\xa4z",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(smi_is_utf8(good[i]));
    }
}

static void malformed_utf8_is_known(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a continuation that continues nothing */
        "\xbf",             /* the same */
        "a\x80z",           /* the same */
        "\xc0\x80",         /* U+0000, overlong: two bytes */
        "\xc1\xbf",         /* U+007F, overlong */
        "\xe0\x80\x80",     /* U+0000, overlong: three bytes */
        "\xe0\x9f\xbf",     /* U+07FF, overlong */
        "\xf0\x80\x80\x80", /* U+0000, overlong: four bytes */
        "\xf0\x8f\xbf\xbf", /* U+FFFF, overlong */
        "\xed\xa0\x80",     /* U+D800, the first surrogate */
        "\xed\xbf\xbf",     /* U+DFFF, the last */
        "\xf4\x90\x80\x80", /* U+110000, beyond the last */
        "\xf5\x80\x80\x80", /* never a first byte */
        "\xfe",             /* the same */
        "\xff",             /* the same */
        "\xc2",             /* truncated */
        "\xe0\xa0",         /* truncated */
        "\xe1\x80",         /* truncated */
        "\xf0\x90\x80",     /* truncated */
        "\xf1\x80",         /* truncated */
        "\xf1",             /* truncated */
        "\xc2z",            /* the next letter comes too early */
        "\xe1\x80z",        /* the same */
        "\xf1\x80\x80z",    /* the same */
        "\xe1\xc2\x80",     /* a sequence within a sequence */
        "caf\xe9",          /* Latin-1 */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(smi_is_utf8(bad[i]));
    }
}

static void names_are_found_in_another_list(void **state)
{
    (void)state;
    const char *const model[] = {"cat", "dog", "bird", "fish"};
    const char *const data[] = {"fish", "cat", "snake", "ca", "cats"};
    int32_t map[5] = {7, 7, 7, 7, 7};
    assert_int_equal(smi_names_match(data, 5, model, 4, map), SM_OK);
    assert_int_equal(map[0], 3);
    assert_int_equal(map[1], 0);
    assert_int_equal(map[2], -1);
    assert_int_equal(map[3], -1);
    assert_int_equal(map[4], -1);
}

static void many_names_are_found(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    int32_t ascending[COUNT];
    int32_t descending[COUNT];
    for (int32_t i = 0; i < COUNT; i++) {
        ascending[i] = i;
        descending[i] = COUNT - 1 - i;
    }
    char **const names = smi_names_from_integers(ascending, COUNT);
    char **const wanted = smi_names_from_integers(descending, COUNT);
    int32_t map[COUNT];
    assert_non_null(names);
    assert_non_null(wanted);
    assert_int_equal(
        smi_names_match((const char *const *)wanted, COUNT, (const char *const *)names, COUNT, map),
        SM_OK);
    assert_memory_equal(map, descending, sizeof map);
    smi_names_free(names, COUNT);
    smi_names_free(wanted, COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_copied),
        cmocka_unit_test(without_names_classes_are_numbered),
        cmocka_unit_test(integers_become_their_decimal_text),
        cmocka_unit_test(names_must_be_distinct),
        cmocka_unit_test(empty_missing_and_broken_names_are_refused),
        cmocka_unit_test(well_formed_utf8_is_known),
        cmocka_unit_test(malformed_utf8_is_known),
        cmocka_unit_test(names_are_found_in_another_list),
        cmocka_unit_test(many_names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
