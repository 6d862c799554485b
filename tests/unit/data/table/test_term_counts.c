#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "data/table/term_counts.h"

static void add(smi_term_counts *const counts, const char *const term, const uint64_t text)
{
    assert_true(smi_term_counts_add(counts, term, strlen(term), text));
}

static uint64_t texts_with(const smi_term_counts *const counts, const char *const term)
{
    const uint32_t number = smi_vocabulary_find(&counts->terms, term, strlen(term));
    return number == SMI_NO_WORD ? 0 : counts->texts[number];
}

static void a_text_counts_once_for_a_term(void **state)
{
    (void)state;
    smi_term_counts counts = {0};
    add(&counts, "cat", 1);
    add(&counts, "dog", 1);
    add(&counts, "cat", 1);
    add(&counts, "cat", 3);
    assert_int_equal(counts.terms.count, 2);
    assert_int_equal(texts_with(&counts, "cat"), 2);
    assert_int_equal(texts_with(&counts, "dog"), 1);
    smi_term_counts_free(&counts);
}

static void counts_are_merged(void **state)
{
    (void)state;
    smi_term_counts all = {0};
    smi_term_counts piece = {0};
    add(&piece, "cat", 1);
    add(&piece, "dog", 1);
    assert_true(smi_term_counts_merge(&all, &piece));
    smi_term_counts_clear(&piece);
    add(&piece, "eel", 1); /* the numbers of texts begin again */
    add(&piece, "dog", 1);
    add(&piece, "dog", 2);
    assert_true(smi_term_counts_merge(&all, &piece));
    assert_int_equal(all.terms.count, 3);
    assert_int_equal(texts_with(&all, "cat"), 1);
    assert_int_equal(texts_with(&all, "dog"), 3);
    assert_int_equal(texts_with(&all, "eel"), 1);
    smi_term_counts_free(&piece);
    smi_term_counts_free(&all);
}

static void rare_terms_are_left_out_and_the_others_sorted(void **state)
{
    (void)state;
    smi_term_counts counts = {0};
    add(&counts, "eel", 1);
    add(&counts, "dogs", 1);
    add(&counts, "dog", 1);
    add(&counts, "cat", 1);
    add(&counts, "eel", 2);
    add(&counts, "dog", 2);
    add(&counts, "dogs", 2);
    add(&counts, "dogs", 3);
    assert_true(smi_term_counts_sort(&counts, 2));
    assert_int_equal(counts.terms.count, 3);
    static const char *const terms[] = {"dog", "dogs", "eel"};
    static const uint64_t texts[] = {2, 3, 2};
    for (uint32_t i = 0; i < 3; i++) {
        assert_string_equal(smi_vocabulary_word(&counts.terms, i), terms[i]);
        assert_int_equal(counts.texts[i], texts[i]);
    }
    assert_int_equal(texts_with(&counts, "cat"), 0);
    smi_term_counts_free(&counts);
}

static void nothing_may_be_left(void **state)
{
    (void)state;
    smi_term_counts counts = {0};
    assert_true(smi_term_counts_sort(&counts, 1));
    add(&counts, "cat", 1);
    assert_true(smi_term_counts_sort(&counts, 2));
    assert_int_equal(counts.terms.count, 0);
    assert_int_equal(texts_with(&counts, "cat"), 0);
    smi_term_counts_free(&counts);
}

static void many_terms_are_kept_apart(void **state)
{
    (void)state;
    enum { TERMS = 20000 };
    smi_term_counts counts = {0};
    for (uint64_t text = 1; text <= 2; text++) {
        for (unsigned i = 0; i < TERMS; i += (unsigned)text) {
            char term[16];
            (void)snprintf(term, sizeof term, "term %05u", i);
            add(&counts, term, text);
        }
    }
    assert_true(smi_term_counts_sort(&counts, 1));
    assert_int_equal(counts.terms.count, TERMS);
    for (uint32_t i = 0; i < TERMS; i++) {
        char term[16];
        (void)snprintf(term, sizeof term, "term %05u", (unsigned)i);
        assert_string_equal(smi_vocabulary_word(&counts.terms, i), term);
        assert_int_equal(counts.texts[i], i % 2 == 0 ? 2 : 1);
    }
    smi_term_counts_free(&counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_counts_once_for_a_term),
        cmocka_unit_test(counts_are_merged),
        cmocka_unit_test(rare_terms_are_left_out_and_the_others_sorted),
        cmocka_unit_test(nothing_may_be_left),
        cmocka_unit_test(many_terms_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
