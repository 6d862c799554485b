#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "data/table/term_hash.h"
#include "data/table/text_weights.h"

enum { MOST = 32 };

/* The terms of one word that tests use, as columns 0, 1, … */
static const char *const vocabulary_terms[] = {"cat", "dog", "mat", "on", "sat", "the"};
enum { VOCABULARY = 6 };

/* How many of "the cat sat on the mat", "the dog sat" and "a cat" have each. */
static const uint64_t texts[VOCABULARY] = {2, 1, 1, 1, 2, 2};

static smi_vocabulary make_vocabulary(void)
{
    smi_vocabulary vocabulary = {0};
    for (uint32_t i = 0; i < VOCABULARY; i++) {
        const char *const term = vocabulary_terms[i];
        assert_int_equal(smi_vocabulary_add(&vocabulary, term, strlen(term)), i);
    }
    return vocabulary;
}

/* The entries of a text as "column:value …". bits 0: those of the vocabulary. */
static void assert_entries(const char *const text, const unsigned bits,
                           const double *const frequencies, const char *const expected)
{
    smi_text_terms terms = {0};
    smi_occurrence occurrences[MOST];
    float values[MOST] = {0};
    uint32_t columns[MOST] = {0};
    smi_entries entries = {.values = values, .columns = columns, .room = MOST};
    smi_vocabulary vocabulary = make_vocabulary();
    assert_true(smi_text_terms_find(&terms, text, strlen(text), 1, 1));
    assert_true(terms.count <= MOST);
    const size_t count = bits == 0 ? smi_look_terms_up(&terms, &vocabulary, occurrences)
                                   : smi_hash_terms(&terms, bits, occurrences);
    smi_sort_occurrences(occurrences, count);
    smi_add_text_entries(occurrences, count, bits > 0, frequencies, 100, &entries);
    char listed[512] = "";
    size_t length = 0;
    for (size_t i = 0; i < entries.count; i++) {
        length += (size_t)snprintf(listed + length, sizeof listed - length, "%s%u:%.7g",
                                   i == 0 ? "" : " ", (unsigned)columns[i], (double)values[i]);
    }
    assert_string_equal(listed, expected);
    smi_vocabulary_free(&vocabulary);
    smi_text_terms_free(&terms);
}

static void counts_are_how_often_a_term_occurs(void **state)
{
    (void)state;
    assert_entries("the cat sat on the mat", 0, NULL, "100:1 102:1 103:1 104:1 105:2");
    assert_entries("the the the", 0, NULL, "105:3");
    assert_entries("something else", 0, NULL, "");
    assert_entries("", 0, NULL, "");
}

/* From scikit-learn: TfidfVectorizer(sublinear_tf=True).fit_transform(…) of the three texts. */
static void weights_are_those_of_scikit_learn(void **state)
{
    (void)state;
    double frequencies[VOCABULARY];
    for (size_t i = 0; i < VOCABULARY; i++) {
        frequencies[i] = smi_inverse_document_frequency(3, texts[i]);
    }
    assert_true(fabs(frequencies[0] - 1.2876820724517808) < 1e-15);
    assert_true(fabs(frequencies[1] - 1.6931471805599454) < 1e-15);
    assert_entries("the cat sat on the mat", 0, frequencies,
                   "100:0.3465925 102:0.4557275 103:0.4557275 104:0.3465925 105:0.5868322");
    assert_entries("the dog sat", 0, frequencies, "101:0.6809186 104:0.5178561 105:0.5178561");
    assert_entries("a cat", 0, frequencies, "100:1");
    assert_entries("something else", 0, frequencies, "");
}

/* A model that hashes depends on these: they may never change. */
static void hashes_are_the_same_for_good(void **state)
{
    (void)state;
    assert_true(smi_hash_term("", 0) == UINT64_C(0xefd01f60ba992926));
    assert_true(smi_hash_term("a", 1) == UINT64_C(0x82a2a958a9bece5b));
    assert_true(smi_hash_term("foobar", 6) == UINT64_C(0x2c22194922d1672b));
    assert_true(smi_hash_term("the cat", 7) == UINT64_C(0x4041c8de9374f0f7));
    assert_true(smi_hash_term("\xff", 1) != smi_hash_term("\x7f", 1));
    assert_int_equal(smi_hash_place(UINT64_C(0xfedcba9876543210), 8), 0x10);
    assert_int_equal(smi_hash_place(UINT64_C(0xfedcba9876543210), 32), 0x76543210);
}

/* By their hashes, cat is −1 at 0 of 4, the −1 at 1, mat −1 at 2, sat −1 and on +1 at 3. */
static void hashed_terms_have_places_and_signs(void **state)
{
    (void)state;
    assert_entries("the cat the mat", 2, NULL, "100:-1 101:-2 102:-1");
    assert_entries("sat on", 2, NULL, ""); /* they cancel */
    assert_entries("on sat on", 2, NULL, "103:1");
}

/* Each term is dampened on its own before they are added up: (1 + ln 2) − 1 = ln 2 at 3. */
static void hashed_terms_that_share_a_place_are_weighed_apart(void **state)
{
    (void)state;
    static const double frequencies[] = {1.0, 1.0, 1.0, 2.0};
    /* 2 ln 2 beside −1: 0.811016 and −0.585024 of a length of 1. */
    assert_entries("on sat on cat", 2, frequencies, "100:-0.5850242 103:0.8110158");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_how_often_a_term_occurs),
        cmocka_unit_test(weights_are_those_of_scikit_learn),
        cmocka_unit_test(hashes_are_the_same_for_good),
        cmocka_unit_test(hashed_terms_have_places_and_signs),
        cmocka_unit_test(hashed_terms_that_share_a_place_are_weighed_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
