#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/guarded.h"

#include "base/decimal.h"
#include "base/random.h"
#include "base/read_float.h"

/* Text with digits behind its end gives the same, where they may be read. */
static void assert_same_in_margin(const char *const text, const size_t length, const bool expected,
                                  const float value)
{
    char padded[2 * SMI_LONGEST_DECIMAL];
    float found = NAN;
    const char *at = padded;
    memcpy(padded, text, length);
    memset(padded + length, '9', SMI_DECIMAL_MARGIN);
    const bool done = smi_take_float_in_margin(&at, padded + length, &found);
    assert_int_equal(done, expected);
    assert_true(!done || memcmp(&found, &value, sizeof value) == 0);
    assert_true(done || isnan(found));
}

/* Read as a whole, the text is the number only if all of it was taken, whatever lies behind it. */
static void assert_same_as_a_whole(const char *const text, const size_t length, const bool expected,
                                   const float value)
{
    static const char behind[] = {',', '9', '.', 'e', '-', '\n', '\0'};
    char padded[2 * SMI_LONGEST_DECIMAL];
    memcpy(padded, text, length);
    for (size_t i = 0; i < sizeof behind; i++) {
        float found = NAN;
        memset(padded + length, behind[i], SMI_DECIMAL_MARGIN);
        assert_int_equal(smi_read_float(padded, padded + length, &found), expected);
        if (expected) {
            assert_memory_equal(&found, &value, sizeof value);
        }
    }
}

/* Reads `text`, which lies right before memory that may not be touched, and checks how much of it
 * was taken. Returns the value; NaN when it was refused. */
static float take(const guarded *const block, const char *const text, const size_t taken)
{
    const size_t length = strlen(text);
    const char *const first = memcpy(guarded_last(block, length), text, length);
    const char *at = first;
    float value = NAN;
    const bool done = smi_take_float(&at, first + length, &value);
    assert_int_equal((size_t)(at - first), done ? taken : 0);
    assert_true(done || isnan(value));
    assert_same_in_margin(text, length, done, value);
    assert_same_as_a_whole(text, length, done && taken == length, value);
    return value;
}

static void assert_bits(const char *const text, const float value, const float expected)
{
    if (memcmp(&value, &expected, sizeof value) != 0) {
        fail_msg("%s: %a, not %a", text, (double)value, (double)expected);
    }
}

/* The whole text is a number, and the same one as the C library makes of it. */
static void assert_exact(const guarded *const block, const char *const text)
{
    assert_bits(text, take(block, text, strlen(text)), strtof(text, NULL));
}

static void numbers_are_taken_in_every_form(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "+1",
                                        "1.",
                                        ".5",
                                        "-.5",
                                        "1e3",
                                        "1E3",
                                        "1e+3",
                                        "1e-3",
                                        "00012",
                                        "0.000",
                                        "12.50",
                                        "-320755e-6",
                                        "0e999999999",
                                        "1e-999999999",
                                        "123456789012345678901234567890",
                                        "0.0000000000000000000000000000000000000001",
                                        "340282346638528859811704183484516925440",
                                        "1234567",
                                        "12345678",
                                        "123456789",
                                        "1234567.1234567",
                                        "1234567.12345678",
                                        "12345678.1234567",
                                        "-.1234567",
                                        "+1234567.",
                                        "1.5e-2",
                                        "12345678901234567890",
                                        "0.00000000000000000001234567890123456789",
                                        "00000000000000000000.5"};
    guarded block = guarded_make(2048);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_exact(&block, texts[i]);
    }
    guarded_free(&block);
}

static void what_is_no_number_is_left_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",    ".",    "-",   "+",   "-.", "e5", "1e",   "1e+",   "1e-x",  "nan",
        "inf", "-inf", "--1", "+-1", "x1", " 1", "1e39", "-1e39", "1e400", "3.4028236e38"};
    guarded block = guarded_make(2048);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(isnan(take(&block, texts[i], 0)));
    }
    guarded_free(&block);
}

static void what_follows_a_number_is_left(void **state)
{
    (void)state;
    guarded block = guarded_make(2048);
    assert_bits("1 2", take(&block, "1 2", 1), 1.0F);
    assert_bits("1.5.5", take(&block, "1.5.5", 3), 1.5F);
    assert_bits("0x10", take(&block, "0x10", 1), 0.0F);
    assert_bits("7,5", take(&block, "7,5", 1), 7.0F);
    assert_bits("1e5e5", take(&block, "1e5e5", 3), 1e5F);
    guarded_free(&block);
}

static void the_nearest_float_is_found_also_from_the_middle_between_two(void **state)
{
    (void)state;
    static const char *const texts[] = {"16777217", /* 2^24 + 1: to even, down */
                                        "16777219", /* to even, up */
                                        "16777217.0000000000000000000000000000001", /* just above */
                                        "16777216.9999999999999999999999999999999", /* just below */
                                        "1.00000005960464477539062500",             /* 1 + 2^-24 */
                                        "1.00000005960464477539062501",
                                        "1.00000005960464477539062499",
                                        "0.30000001192092895507812500",
                                        "9007199254740993",
                                        "3.4028235e38",
                                        "3.40282346638528859811704183484516925e38",
                                        "3.40282356779733661637539395458142568447e38",
                                        "1.17549435e-38",
                                        "1.1754942e-38",
                                        "1.40129846e-45",
                                        "7.0064923216240853546186479164495806564e-46",
                                        "7.0064923216240853546186479164495806566e-46",
                                        "1e-46",
                                        "8.5e-45",
                                        "2.3509886e-38",
                                        "4.70197740328915e-38"};
    guarded block = guarded_make(2048);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_exact(&block, texts[i]);
    }
    guarded_free(&block);
}

static void numbers_of_every_length_are_exact(void **state)
{
    (void)state;
    static const char digits[] = "98765432109876543210";
    static const char *const signs[] = {"", "-", "+"};
    guarded block = guarded_make(2048);
    char text[64];
    for (int whole = 0; whole <= 18; whole++) {
        for (int part = whole == 0; part <= 18; part++) {
            for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
                (void)snprintf(text, sizeof text, "%s%.*s.%.*s", signs[s], whole, digits, part,
                               digits);
                assert_exact(&block, text);
                text[strlen(text) - (size_t)part - 1] = '\0'; /* without the point */
                assert_true(whole == 0 || take(&block, text, strlen(text)) == strtof(text, NULL));
            }
        }
    }
    guarded_free(&block);
}

/* Numbers as programs write them: of any size, with 1 to 25 digits; and just beside the middle
 * between two floats, where a conversion in two steps goes wrong. */
static void random_numbers_are_exact(void **state)
{
    (void)state;
    guarded block = guarded_make(2048);
    smi_random random = smi_random_start(11, SMI_STREAM_PARAMETERS);
    char text[128];
    for (size_t i = 0; i < 300000; i++) {
        uint32_t bits = (uint32_t)smi_random_u64(&random);
        const unsigned form = (unsigned)(smi_random_u64(&random) % 4);
        float value = 0.0F;
        bits = (bits >> 23 & 0xff) >= 0xfe ? bits >> 2 : bits;
        bits = form == 3 ? bits % 0x01000000 : bits;
        memcpy(&value, &bits, sizeof value);
        const double middle = ((double)value + (double)nextafterf(value, INFINITY)) / 2.0;
        const int digits = (int)(smi_random_u64(&random) % 25);
        if (form == 0) {
            (void)snprintf(text, sizeof text, "%.*e", digits, (double)value);
        } else if (form == 1) {
            (void)snprintf(text, sizeof text, "%.*f", digits,
                           (double)smi_random_float(&random) * (digits < 12 ? 1000.0 : 1.0));
        } else {
            (void)snprintf(text, sizeof text, "%.*e", 14 + digits, middle);
        }
        assert_exact(&block, text);
    }
    guarded_free(&block);
}

static void a_number_may_be_long_but_not_endless(void **state)
{
    (void)state;
    char text[SMI_LONGEST_DECIMAL + 2];
    guarded block = guarded_make(2 * SMI_LONGEST_DECIMAL);
    memset(text, '1', sizeof text);
    text[1] = '.';
    text[SMI_LONGEST_DECIMAL] = '\0';
    assert_exact(&block, text);
    text[SMI_LONGEST_DECIMAL] = '1';
    text[SMI_LONGEST_DECIMAL + 1] = '\0';
    assert_true(isnan(take(&block, text, 0)));
    guarded_free(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_taken_in_every_form),
        cmocka_unit_test(what_is_no_number_is_left_alone),
        cmocka_unit_test(what_follows_a_number_is_left),
        cmocka_unit_test(the_nearest_float_is_found_also_from_the_middle_between_two),
        cmocka_unit_test(numbers_of_every_length_are_exact),
        cmocka_unit_test(random_numbers_are_exact),
        cmocka_unit_test(a_number_may_be_long_but_not_endless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
