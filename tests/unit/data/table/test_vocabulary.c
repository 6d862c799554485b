#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/nearest.h"
#include "data/table/cell.h"
#include "data/table/vocabulary.h"

static void add(smi_vocabulary *const vocabulary, const char *const words)
{
    for (const char *at = words; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        assert_int_not_equal(smi_vocabulary_add(vocabulary, at, length), SMI_NO_WORD);
        at += length + (at[length] == ' ');
    }
}

/* In the order of their numbers. */
static void assert_words(const smi_vocabulary *const vocabulary, const char *const expected)
{
    char text[256] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const char *const word = smi_vocabulary_word(vocabulary, i);
        assert_int_equal(smi_vocabulary_find(vocabulary, word, strlen(word)), i);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i == 0 ? "" : " ", word);
    }
    assert_string_equal(text, expected);
}

static void words_are_numbered_as_they_come(void **state)
{
    (void)state;
    smi_vocabulary vocabulary = {0};
    assert_int_equal(smi_vocabulary_find(&vocabulary, "b", 1), SMI_NO_WORD);
    add(&vocabulary, "b a b ab a");
    assert_words(&vocabulary, "b a ab");
    assert_int_equal(smi_vocabulary_find(&vocabulary, "abc", 2), 2);
    assert_int_equal(smi_vocabulary_find(&vocabulary, "abc", 3), SMI_NO_WORD);
    assert_int_equal(smi_vocabulary_add(&vocabulary, "", 0), 3);
    smi_vocabulary_clear(&vocabulary);
    assert_int_equal(smi_vocabulary_find(&vocabulary, "b", 1), SMI_NO_WORD);
    add(&vocabulary, "c b");
    assert_words(&vocabulary, "c b");
    smi_vocabulary_free(&vocabulary);
}

static void many_words_keep_their_numbers(void **state)
{
    (void)state;
    enum { WORDS = 5000 };
    smi_vocabulary some = {0};
    smi_vocabulary all = {0};
    add(&all, "w4999 w1");
    for (unsigned i = 0; i < WORDS; i++) {
        char word[16];
        const int length = snprintf(word, sizeof word, "w%u", i);
        assert_int_equal(smi_vocabulary_add(&some, word, (size_t)length), i);
    }
    assert_true(smi_vocabulary_add_all(&all, &some));
    assert_int_equal(all.count, WORDS);
    assert_int_equal(smi_vocabulary_find(&all, "w4999", 5), 0);
    assert_int_equal(smi_vocabulary_find(&all, "w0", 2), 2);
    assert_int_equal(smi_vocabulary_find(&some, "w1234", 5), 1234);
    smi_vocabulary_free(&some);
    smi_vocabulary_free(&all);
}

static void assert_sorted(const char *const words, const bool by_value, const char *const expected)
{
    smi_vocabulary vocabulary = {0};
    add(&vocabulary, words);
    assert_true(smi_vocabulary_sort(&vocabulary, by_value));
    assert_words(&vocabulary, expected);
    smi_vocabulary_free(&vocabulary);
}

static void words_are_sorted_by_bytes_and_whole_numbers_by_value(void **state)
{
    (void)state;
    assert_sorted("b a B ab", true, "B a ab b");
    assert_sorted("10 9 -1 +3 -20 007 0", true, "-20 -1 0 +3 007 9 10");
    assert_sorted("10 9 1", false, "1 10 9");
    assert_sorted("10 9 x", true, "10 9 x");
    assert_sorted("10 9 1.0", true, "1.0 10 9");
    assert_sorted("99999999999999999999 3 -99999999999999999999", true,
                  "-99999999999999999999 3 99999999999999999999");
    assert_sorted("-0 0 1 -1", true, "-1 -0 0 1");
    assert_sorted("", true, "");
}

/* ---- cells ---- */

/* With the margin that cells have; one with quotes and one without at a time. */
static smi_cell cell_of(const char *const text, const bool quoted)
{
    enum { LONGEST = 64 };
    static char texts[2][LONGEST + SMI_CELL_MARGIN];
    const size_t length = strlen(text);
    assert_true(length <= LONGEST);
    memset(texts[quoted], '9', sizeof texts[quoted]);
    memcpy(texts[quoted], text, length);
    return (smi_cell){.at = texts[quoted], .length = length, .quoted = quoted};
}

static void a_cell_may_hold_no_value(void **state)
{
    (void)state;
    static const char *const missing[] = {"",     "NA",   "N/A", "NaN", "nan",  "null",
                                          "NULL", "None", "?",   "n/a", "#N/A", "<NA>"};
    static const char *const values[] = {"na", "NAN", "none", "Null", "-", "??",
                                         "#",  "<NA", "NAs",  "0",    "N"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        const smi_cell plain = cell_of(missing[i], false);
        const smi_cell quoted = cell_of(missing[i], true);
        assert_true(smi_cell_is_missing(&plain));
        assert_int_equal(smi_cell_is_missing(&quoted), missing[i][0] == '\0');
    }
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const smi_cell plain = cell_of(values[i], false);
        assert_false(smi_cell_is_missing(&plain));
    }
}

static void a_cell_is_a_number_as_a_whole_or_not_at_all(void **state)
{
    (void)state;
    static const char *const large[] = {"1e999", "-1e39", "inf", "Infinity",
                                        "-INF",  "+nan",  "NaN", "1e+40"};
    static const char *const texts[] = {"",  "1,5",     "12 kg", "0x10", "1e", "e5",
                                        ".", "infinit", "--1",   "1..2", "in", "nano"};
    float number = 7.0F;
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        const smi_cell cell = cell_of(large[i], false);
        assert_int_equal(smi_cell_number(&cell, &number), SMI_READ_TOO_LARGE);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const smi_cell cell = cell_of(texts[i], false);
        assert_int_equal(smi_cell_number(&cell, &number), SMI_READ_TEXT);
    }
    assert_true(number == 7.0F);
    const smi_cell cell = cell_of("-1.5e2", true);
    assert_int_equal(smi_cell_number(&cell, &number), SMI_READ_NUMBER);
    assert_true(number == -150.0F);
}

static void a_long_cell_is_shown_in_part(void **state)
{
    (void)state;
    char shown[SMI_SHOWN_SIZE];
    char text[200];
    memset(text, 'x', sizeof text);
    for (size_t i = 58; i < 64; i += 2) { /* would be cut within a character */
        text[i] = '\xc3';
        text[i + 1] = '\xa4';
    }
    const smi_cell cell = {.at = text, .length = sizeof text};
    smi_cell_show(&cell, shown);
    assert_int_equal(strlen(shown), 63);
    assert_string_equal(shown + 56, "xx\xc3\xa4...");
}

/* ---- names ---- */

static void the_nearest_name_is_found(void **state)
{
    (void)state;
    static const char *const names[] = {"species", "island", "sex", "bill_length_mm"};
    assert_int_equal(smi_nearest_name("specie", names, 4), 0);
    assert_int_equal(smi_nearest_name("Species", names, 4), 0);
    assert_int_equal(smi_nearest_name("ilsand", names, 4), 1);
    assert_int_equal(smi_nearest_name("bill_lenght", names, 4), 3);
    assert_int_equal(smi_nearest_name("weight", names, 4), SIZE_MAX);
    assert_int_equal(smi_nearest_name("x", names, 0), SIZE_MAX);
    char list[64];
    smi_list_names(names, 3, list, sizeof list);
    assert_string_equal(list, "species, island, sex");
    smi_list_names(names, 4, list, sizeof list);
    assert_string_equal(list, "species, island, sex, and 1 more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_numbered_as_they_come),
        cmocka_unit_test(many_words_keep_their_numbers),
        cmocka_unit_test(words_are_sorted_by_bytes_and_whole_numbers_by_value),
        cmocka_unit_test(a_cell_may_hold_no_value),
        cmocka_unit_test(a_cell_is_a_number_as_a_whole_or_not_at_all),
        cmocka_unit_test(a_long_cell_is_shown_in_part),
        cmocka_unit_test(the_nearest_name_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
