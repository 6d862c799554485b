#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/guarded.h"

#include "data/table/letters.h"
#include "data/table/text_terms.h"

/* ---- characters ---- */

static uint32_t character_of(const char *const text)
{
    uint32_t character = 0;
    assert_int_equal(smi_take_character(text, text + strlen(text), &character), strlen(text));
    return character;
}

static void characters_are_taken_and_put_back(void **state)
{
    (void)state;
    static const uint32_t ends[] = {0,      0x7f,   0x80,   0x7ff,   0x800,
                                    0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char bytes[SMI_LONGEST_CHARACTER] = {0};
        uint32_t character = 1;
        const size_t length = smi_put_letter(ends[i], bytes);
        assert_int_equal(smi_take_character(bytes, bytes + length, &character), length);
        assert_int_equal(character, ends[i]);
        assert_int_equal(smi_take_character(bytes, bytes + length - 1, &character), 0);
    }
}

static void bytes_that_are_no_character_are_not_taken(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\x80", /* goes on with nothing */
                                        "\xc0\x80",
                                        "\xc1\xbf", /* longer than need be */
                                        "\xe0\x9f\xbf",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xed\xa0\x80",     /* half of a pair of UTF-16 */
                                        "\xf4\x90\x80\x80", /* beyond the last character */
                                        "\xf8\x88\x80\x80\x80",
                                        "\303a",
                                        "\xff"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t character = 0;
        assert_int_equal(smi_take_character(wrong[i], wrong[i] + strlen(wrong[i]), &character), 0);
    }
}

static void letters_are_told_from_what_stands_between_words(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x80; c++) {
        const bool letter = c != 0 && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_",
                                             (int)c) != NULL;
        assert_int_equal(smi_is_letter(c), letter);
    }
    static const char *const letters[] = {"ä", "ß", "ÿ", "ª",  "µ",  "²",  "½",  "ſ", "Ω", "Я",
                                          "א", "ع", "अ", "漢", "か", "ー", "한", "①", "𝒳", "𠀀"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        assert_true(smi_is_letter(character_of(letters[i])));
    }
    static const char *const others[] = {" ",  "«",  "·",  "×",  "÷", "¿",
                                         "—",  "’",  "…",  "€",  "→", "■",
                                         "、", "「", "・", "！", "😀", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(smi_is_letter(character_of(others[i])));
    }
}

static void capitals_become_small_letters(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"A", "a"}, {"Z", "z"}, {"Ä", "ä"}, {"Ö", "ö"}, {"Ø", "ø"}, {"Þ", "þ"}, {"Ā", "ā"},
        {"Į", "į"}, {"İ", "i"}, {"Ĳ", "ĳ"}, {"Ĺ", "ĺ"}, {"Ň", "ň"}, {"Ŋ", "ŋ"}, {"Ŷ", "ŷ"},
        {"Ÿ", "ÿ"}, {"Ź", "ź"}, {"Ž", "ž"}, {"Ơ", "ơ"}, {"Ư", "ư"}, {"Ά", "ά"}, {"Ώ", "ώ"},
        {"Ω", "ω"}, {"Ϋ", "ϋ"}, {"Ѐ", "ѐ"}, {"Я", "я"}, {"Ґ", "ґ"}, {"ẞ", "ß"}, {"Ế", "ế"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(smi_lower_case(character_of(pairs[i][0])), character_of(pairs[i][1]));
        assert_int_equal(smi_lower_case(character_of(pairs[i][1])), character_of(pairs[i][1]));
    }
    static const char *const same[] = {"1", "_", "[", "@", "×", "÷", "ß", "ĸ", "ŉ", "ſ", "漢"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_int_equal(smi_lower_case(character_of(same[i])), character_of(same[i]));
    }
}

static void no_character_gets_longer_in_lower_case(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char before[SMI_LONGEST_CHARACTER] = {0};
        char after[SMI_LONGEST_CHARACTER] = {0};
        assert_true(smi_put_letter(smi_lower_case(c), after) <= smi_put_letter(c, before));
    }
}

/* ---- terms ---- */

/* The terms of a text that lies right before memory that may not be touched, with a bar behind
 * each. */
static void assert_terms(const char *const text, const size_t least, const size_t most,
                         const char *const expected)
{
    const size_t length = strlen(text);
    guarded block = guarded_make(length + 1);
    char *const at = memcpy(guarded_last(&block, length), text, length);
    smi_text_terms found = {0};
    assert_true(smi_text_terms_find(&found, at, length, least, most));
    char *const listed = calloc(16 * length + 2, 1);
    char *to = listed;
    assert_non_null(listed);
    for (size_t i = 0; i < found.count; i++) {
        memcpy(to, found.terms[i].at, found.terms[i].length);
        to += found.terms[i].length;
        *to++ = '|';
    }
    assert_string_equal(listed, expected);
    free(listed);
    smi_text_terms_free(&found);
    guarded_free(&block);
}

static void a_text_is_its_words_in_lower_case(void **state)
{
    (void)state;
    assert_terms("The quick-brown FOX, it jumped.", 1, 1, "the|quick|brown|fox|it|jumped|");
    assert_terms("  tabs\tand\r\nlines  ", 1, 1, "tabs|and|lines|");
    assert_terms("snake_case x86_64 3.14 42", 1, 1, "snake_case|x86_64|14|42|");
    assert_terms("", 1, 1, "");
    assert_terms("...", 1, 1, "");
}

/* One letter is no word: as scikit-learn has it. */
static void single_letters_are_no_words(void **state)
{
    (void)state;
    assert_terms("I don't like a b cd", 1, 1, "don|like|cd|");
    assert_terms("ß", 1, 1, "");
    assert_terms("漢", 1, 1, "");
    assert_terms("x", 1, 1, "");
    assert_terms("xy", 1, 1, "xy|");
}

static void letters_beyond_ascii_belong_to_words(void **state)
{
    (void)state;
    assert_terms("ÜBER Größe naïve", 1, 1, "über|größe|naïve|");
    assert_terms("«ПРИВЕТ» – мир…", 1, 1, "привет|мир|");
    assert_terms("İstanbul", 1, 1, "istanbul|");
    assert_terms("漢字 かな", 1, 1, "漢字|かな|");
}

static void bytes_that_are_no_text_end_words(void **state)
{
    (void)state;
    assert_terms("ab\xff"
                 "cd\xc3",
                 1, 1, "ab|cd|");
}

static void terms_of_several_words_have_a_blank_between_them(void **state)
{
    (void)state;
    assert_terms("To be, or a not", 1, 2, "to|to be|be|be or|or|or not|not|");
    assert_terms("to be or not", 2, 2, "to be|be or|or not|");
    assert_terms("to be or not", 3, 4, "to be or|to be or not|be or not|");
    assert_terms("to be", 3, 8, "");
    assert_terms("to be", 1, 8, "to|to be|be|");
}

static void memory_is_used_again(void **state)
{
    (void)state;
    smi_text_terms found = {0};
    assert_true(smi_text_terms_find(&found, "a longer text at first", 22, 1, 2));
    assert_int_equal(found.count, 7);
    const char *const words = found.words;
    assert_true(smi_text_terms_find(&found, "then short", 10, 1, 1));
    assert_int_equal(found.count, 2);
    assert_ptr_equal(found.words, words);
    assert_memory_equal(found.terms[1].at, "short", 5);
    smi_text_terms_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_taken_and_put_back),
        cmocka_unit_test(bytes_that_are_no_character_are_not_taken),
        cmocka_unit_test(letters_are_told_from_what_stands_between_words),
        cmocka_unit_test(capitals_become_small_letters),
        cmocka_unit_test(no_character_gets_longer_in_lower_case),
        cmocka_unit_test(a_text_is_its_words_in_lower_case),
        cmocka_unit_test(single_letters_are_no_words),
        cmocka_unit_test(letters_beyond_ascii_belong_to_words),
        cmocka_unit_test(bytes_that_are_no_text_end_words),
        cmocka_unit_test(terms_of_several_words_have_a_blank_between_them),
        cmocka_unit_test(memory_is_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
