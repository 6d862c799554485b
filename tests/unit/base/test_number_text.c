#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/decimal.h"
#include "base/number.h"
#include "base/number_text.h"
#include "base/random.h"

/* Both the text and its length must be right. */
static void assert_text(const char *const text, const size_t length, const char *const expected)
{
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void floats_are_written_as_people_would(void **state)
{
    static const struct {
        float value;
        const char *text;
    } cases[] = {
        {0.0F, "0"},
        {-0.0F, "-0"},
        {1.0F, "1"},
        {-17.0F, "-17"},
        {0.1F, "0.1"},
        {0.3F, "0.3"},
        {-2.5F, "-2.5"},
        {123456.7F, "123456.7"},
        {9999999.0F, "9999999"},
        {16777216.0F, "16777216"},
        {0.0001F, "0.0001"},
        {0.00012F, "0.00012"},
        {0.00001F, "1e-5"},
        {1.5e-6F, "1.5e-6"},
        {1e9F, "1e9"},
        {1e10F, "1e10"},
        {2.5e20F, "2.5e20"},
        {FLT_MAX, "3.4028235e38"},
        {-FLT_MAX, "-3.4028235e38"},
        {FLT_MIN, "1.1754944e-38"},
        {1e-45F, "1e-45"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[SMI_NUMBER_TEXT_SIZE];
        assert_text(text, smi_float_text(cases[i].value, text), cases[i].text);
    }
}

/* The fewest digits with which the C library brings a float back. */
static int fewest_digits(const float value)
{
    char text[64];
    for (int digits = 1; digits < 9; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) {
            return digits;
        }
    }
    return 9;
}

/* Digits of a text, zeros on either side aside. */
static int count_digits(const char *const text)
{
    int count = 0;
    int zeros = 0;
    for (const char *at = text; *at != '\0' && *at != 'e'; at++) {
        if (*at < '0' || *at > '9') {
            continue;
        }
        zeros = *at == '0' ? zeros + 1 : 0;
        count += count > 0 || *at != '0';
    }
    return count > zeros ? count - zeros : count;
}

static void floats_come_back_from_few_digits(void **state)
{
    smi_random random = smi_random_start(1, 0);
    size_t longer = 0;
    const size_t count = 200000;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const uint32_t bits = (uint32_t)smi_random_u64(&random);
        char text[SMI_NUMBER_TEXT_SIZE];
        float value = 0.0F;
        float back = 0.0F;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        const size_t length = smi_float_text(value, text);
        const char *at = text;
        assert_true(smi_take_float(&at, text + length, &back));
        assert_ptr_equal(at, text + length);
        assert_memory_equal(&back, &value, sizeof value);
        longer += count_digits(text) > fewest_digits(value);
    }
    assert_true(longer < count / 100);
}

static void doubles_come_back(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.0, "0"},
                 {-0.0, "-0"},
                 {0.1, "0.1"},
                 {5.0, "5"},
                 {-2.5, "-2.5"},
                 {1.0 / 3.0, "0.3333333333333333"},
                 {1e300, "1e+300"},
                 {2.5e-308, "2.5e-308"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {123456789012.25, "123456789012.25"}};
    smi_random random = smi_random_start(2, 0);
    char text[SMI_NUMBER_TEXT_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(text, smi_double_text(cases[i].value, text), cases[i].text);
    }
    for (size_t i = 0; i < 20000; i++) {
        const uint64_t bits = smi_random_u64(&random);
        double value = 0.0;
        double back = 0.0;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            (void)smi_double_text(value, text);
            assert_true(smi_parse_double(text, &back));
            assert_memory_equal(&back, &value, sizeof value);
        }
    }
}

static void integers_are_written_to_the_last_digit(void **state)
{
    char text[SMI_NUMBER_TEXT_SIZE];
    (void)state;
    assert_text(text, smi_integer_text(0, text), "0");
    assert_text(text, smi_integer_text(-7, text), "-7");
    assert_text(text, smi_integer_text(INT64_MAX, text), "9223372036854775807");
    assert_text(text, smi_integer_text(INT64_MIN, text), "-9223372036854775808");
}

/* A comma for a point would be two cells in a table. */
static void the_point_is_a_point_in_every_locale(void **state)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    (void)state;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (setlocale(LC_NUMERIC, locales[i]) == NULL) {
            continue; /* not installed */
        }
        char text[SMI_NUMBER_TEXT_SIZE];
        assert_text(text, smi_double_text(2.5, text), "2.5");
        assert_text(text, smi_float_text(2.5F, text), "2.5");
    }
    setlocale(LC_NUMERIC, "C");
}

static void counts_are_grouped_and_of_their_number(void **state)
{
    static const struct {
        uint64_t count;
        const char *noun;
        const char *text;
    } cases[] = {
        {0, "row", "0 rows"},
        {1, "row", "1 row"},
        {999, "row", "999 rows"},
        {40074, "row", "40,074 rows"},
        {1000000, "byte", "1,000,000 bytes"},
        {1, "class", "1 class"},
        {2, "class", "2 classes"},
        {UINT64_MAX, "step", "18,446,744,073,709,551,615 steps"},
    };
    char text[SMI_COUNTED_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(smi_counted_text(cases[i].count, cases[i].noun, text), cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floats_are_written_as_people_would),
        cmocka_unit_test(floats_come_back_from_few_digits),
        cmocka_unit_test(doubles_come_back),
        cmocka_unit_test(integers_are_written_to_the_last_digit),
        cmocka_unit_test(the_point_is_a_point_in_every_locale),
        cmocka_unit_test(counts_are_grouped_and_of_their_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
