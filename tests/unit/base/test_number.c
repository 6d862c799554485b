#include <locale.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/number.h"

static void whole_numbers_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t value;
    } cases[] = {{"0", 0},
                 {"7", 7},
                 {"000123", 123},
                 {"4294967296", UINT64_C(4294967296)},
                 {"18446744073709551615", UINT64_MAX}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t value = 99;
        assert_true(smi_parse_u64(cases[i].text, &value));
        assert_true(value == cases[i].value);
    }
}

static void what_is_no_whole_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        " 1",
        "1 ",
        "+1",
        "-1",
        "-0",
        "1.0",
        "1e3",
        "0x1",
        "1,000",
        "1\n",
        "١",
        "abc",
        "1a",
        "18446744073709551616",
        "28446744073709551615",
        "100000000000000000000",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint64_t value = 99;
        assert_false(smi_parse_u64(bad[i], &value));
        assert_int_equal(value, 99);
    }
}

typedef struct decimal {
    const char *text;
    double value;
} decimal;

static const decimal decimals[] = {
    {"0", 0.0},
    {"1", 1.0},
    {"-1.5e-3", -1.5e-3},
    {".5", 0.5},
    {"5.", 5.0},
    {"1E5", 1e5},
    {"1e+5", 1e5},
    {"007", 7.0},
    {"0.1", 0.1},
    {"1e-400", 0.0},
    {"4.9e-324", 0x1p-1074},
    {"1.7976931348623157e308", 0x1.fffffffffffffp1023},
    {"3.14159265358979323846264338327950288", 0x1.921fb54442d18p+1},
};

static const char *const no_decimals[] = {
    "",     " ",   " 1", "1 ", "1,5", "1.5.2", "--1",    "1-",   "1e",       "e5",
    "e",    ".",   "-",  "+",  "nan", "NaN",   "inf",    "-inf", "infinity", "0x10",
    "1e5e", "1_0", "1f", "1d", "abc", "1e309", "-1e309", "1\n",  "٫5",       "1e99999999999",
};

static void decimal_numbers_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        double value = 99.0;
        assert_true(smi_parse_double(decimals[i].text, &value));
        assert_true(value == decimals[i].value);
    }
}

static void what_is_no_decimal_number_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof no_decimals / sizeof *no_decimals; i++) {
        double value = 99.0;
        assert_false(smi_parse_double(no_decimals[i], &value));
        assert_true(value == 99.0);
    }
}

static void the_locale_of_the_process_makes_no_difference(void **state)
{
    static const char *const with_comma[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8",
                                             "fr_FR"};
    const char *set = NULL;
    for (size_t i = 0; i < sizeof with_comma / sizeof *with_comma && set == NULL; i++) {
        set = setlocale(LC_ALL, with_comma[i]);
    }
    if (set == NULL) {
        print_message("no locale with a decimal comma is installed here\n");
        skip();
    }
    const bool comma = strcmp(localeconv()->decimal_point, ",") == 0;
    decimal_numbers_are_read(state);
    what_is_no_decimal_number_is_refused(state);
    const bool kept = strcmp(localeconv()->decimal_point, ",") == 0;
    setlocale(LC_ALL, "C");
    assert_true(comma);
    assert_true(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_read),
        cmocka_unit_test(what_is_no_whole_number_is_refused),
        cmocka_unit_test(decimal_numbers_are_read),
        cmocka_unit_test(what_is_no_decimal_number_is_refused),
        cmocka_unit_test(the_locale_of_the_process_makes_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
