/* What is learnt from a table, and what its rows become, have the same bits for any number of
 * threads: texts, hashes, buckets and crossed columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/random.h"
#include "encoded_table.h"

enum { ROWS = 3000, WORDS_A_ROW = 12, ROW_SIZE = 160, PIECE_SIZE = 4096 };

/* Rows of a number, a colour and a text, which come in many pieces. Freed by free(). */
static char *make_table(void)
{
    static const char *const colours[] = {"red", "green", "blue", ""};
    char *const text = malloc((size_t)ROWS * ROW_SIZE);
    assert_non_null(text);
    size_t length = (size_t)sprintf(text, "label,n,colour,text\n");
    smi_random random = smi_random_start(7, 0);
    for (unsigned r = 0; r < ROWS; r++) {
        length += (size_t)sprintf(text + length, "%c,%.4g,%s,", 'a' + (char)(r % 3),
                                  smi_random_double(&random) * 100.0,
                                  colours[smi_random_below(&random, 4)]);
        for (unsigned w = 0; w < WORDS_A_ROW; w++) {
            length +=
                (size_t)sprintf(text + length, "w%u ", (unsigned)smi_random_below(&random, 1 + r));
        }
        length += (size_t)sprintf(text + length, "\n");
    }
    return text;
}

static void assert_same_on_all_threads(const sm_open_options *const options)
{
    char *const text = make_table();
    table_reading how = {
        .options = options, .threads = 1, .piece_size = PIECE_SIZE, .sparse = true};
    encoded_table one = encode_table(text, &how);
    const smi_csr *const csr = &one.rows.csr;
    const size_t count = csr->row_starts[ROWS];
    assert_int_equal(one.count, ROWS);
    assert_true(one.pieces > 20);
    assert_true(count > ROWS);
    for (how.threads = 2; how.threads <= 5; how.threads += 3) {
        encoded_table other = encode_table(text, &how);
        assert_string_equal(other.columns, one.columns);
        assert_int_equal(other.rows.csr.row_starts[ROWS], count);
        assert_memory_equal(other.rows.csr.values, csr->values, count * sizeof *csr->values);
        assert_memory_equal(other.rows.csr.columns, csr->columns, count * sizeof *csr->columns);
        free_encoded_table(&other);
    }
    free_encoded_table(&one);
    free(text);
}

static const sm_column all_kinds[] = {{.name = "n", .kind = SM_COLUMN_BUCKETS, .size = 10},
                                      {.name = "colour", .kind = SM_COLUMN_HASH, .size = 4},
                                      {.name = "colour,n", .kind = SM_COLUMN_CROSS, .size = 6},
                                      {.name = "text", .kind = SM_COLUMN_TEXT}};

static void terms_are_the_same(void **state)
{
    (void)state;
    sm_open_options options = sm_open_options_default();
    options.columns = all_kinds;
    options.column_count = 4;
    options.text.most_words = 2;
    assert_same_on_all_threads(&options);
}

static void hashed_terms_are_the_same(void **state)
{
    (void)state;
    sm_open_options options = sm_open_options_default();
    options.columns = all_kinds;
    options.column_count = 4;
    options.text.hash_bits = 8;
    assert_same_on_all_threads(&options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_the_same),
        cmocka_unit_test(hashed_terms_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
