/* What is learnt from a table, and what its rows become, have the same bits for any number of
 * threads: texts, hashes, buckets and crossed columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/memory.h"
#include "base/random.h"
#include "data/table/encode.h"

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

/* Everything that comes of the table on so many threads. */
typedef struct outcome {
    char *columns;
    smi_encoded_rows rows;
    size_t count;
} outcome;

static void free_outcome(outcome *const result)
{
    smi_free(result->columns);
    smi_encoded_rows_free(&result->rows);
}

static outcome read_on(const char *const text, const sm_open_options *const options,
                       const size_t threads)
{
    smi_spool *spool = NULL;
    smi_csv *csv = NULL;
    smi_pool *pool = NULL;
    smi_table table = {0};
    smi_notes notes = {0};
    smi_profile profile = {0};
    outcome result = {0};
    const smi_csv_options how = {.piece_size = PIECE_SIZE};
    assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
    assert_int_equal(smi_csv_open(spool, &how, &csv), SM_OK);
    assert_int_equal(smi_pool_create(threads, &pool), SM_OK);
    assert_int_equal(smi_columns_choose(csv, options, true, &table), SM_OK);
    assert_int_equal(smi_profile_make(&table, pool, options, &notes, &profile), SM_OK);
    assert_int_equal(profile.rows, ROWS);
    assert_true(profile.piece_count > 20);
    assert_true(smi_vocabulary_sort(&profile.labels, true));
    assert_int_equal(
        smi_encode(&table, pool, &profile, &profile.labels, true, &notes, &result.rows), SM_OK);
    assert_int_equal(smi_schema_write(table.schema, &result.columns), SM_OK);
    result.count = result.rows.csr.row_starts[ROWS];
    smi_schema_free(table.schema);
    smi_profile_free(&profile);
    smi_notes_free(&notes);
    smi_pool_free(pool);
    smi_csv_free(csv);
    return result;
}

static void assert_same_on_all_threads(const sm_open_options *const options)
{
    char *const text = make_table();
    outcome one = read_on(text, options, 1);
    assert_true(one.count > ROWS);
    for (size_t threads = 2; threads <= 5; threads += 3) {
        outcome other = read_on(text, options, threads);
        assert_string_equal(other.columns, one.columns);
        assert_int_equal(other.count, one.count);
        assert_memory_equal(other.rows.csr.values, one.rows.csr.values,
                            one.count * sizeof *one.rows.csr.values);
        assert_memory_equal(other.rows.csr.columns, one.rows.csr.columns,
                            one.count * sizeof *one.rows.csr.columns);
        free_outcome(&other);
    }
    free_outcome(&one);
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
