/* Tables of nothing but numbers: their rows are kept while they are learnt from, and are then the
 * same as those of a second pass. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/thread_counts.h"

#include "encoded_table.h"

/* How a table is read. */
typedef struct reading {
    size_t threads;
    bool forget; /* the rows that the profile has kept, so that there is a second pass */
    const char *weight;
    sm_missing missing;
} reading;

static encoded_table read_table(const char *const text, const reading how)
{
    sm_open_options options = sm_open_options_default();
    options.weight = how.weight;
    options.missing = how.missing;
    const table_reading all = {
        .options = &options, .threads = how.threads, .piece_size = 1024, .forget = how.forget};
    return encode_table(text, &all);
}

static void assert_same(const encoded_table *const one, const encoded_table *const other)
{
    assert_string_equal(one->columns, other->columns);
    assert_int_equal(one->count, other->count);
    assert_memory_equal(one->rows.x, other->rows.x, one->count * one->width * sizeof(float));
    assert_memory_equal(one->rows.labels, other->rows.labels, one->count * sizeof(int32_t));
    assert_int_equal(one->rows.weights == NULL, other->rows.weights == NULL);
    if (one->rows.weights != NULL) {
        assert_memory_equal(one->rows.weights, other->rows.weights, one->count * sizeof(float));
    }
}

/* The text comes to the same however it is read, and its rows are kept, or are not. */
static void assert_one_meaning(const char *const text, reading how, const bool kept)
{
    how.threads = 1;
    how.forget = true;
    encoded_table twice = read_table(text, how);
    how.forget = false;
    for (size_t t = 0; t < THREAD_COUNTS; t++) {
        how.threads = thread_counts[t];
        encoded_table once = read_table(text, how);
        assert_int_equal(once.kept, kept);
        assert_same(&once, &twice);
        free_encoded_table(&once);
    }
    free_encoded_table(&twice);
}

enum { ROWS = 1000, CELL = 16 };

/* A row of four numbers, a weight and a label. gaps: some have no value. */
static size_t write_row(char *const to, const unsigned r, const bool gaps)
{
    const double x = sin(r) * 1000.0;
    const bool none = gaps && r % 7 == 3;
    size_t used = (size_t)sprintf(to, "%.6g,%d,", x, r % 5 == 0 ? 0 : (int)r - 500);
    used += none ? (size_t)sprintf(to + used, "%s,", r % 2 == 0 ? "" : "NA")
                 : (size_t)sprintf(to + used, "%.17g,", x);
    used += (size_t)sprintf(to + used, "%s,%g,c%u\n", r % 3 == 0 ? "-0" : "1e-3",
                            1.0 + (double)(r % 4), r * r % 11);
    return used;
}

/* Freed by free(). end: rows behind the others. */
static char *make_numbers(const bool gaps, const char *const end)
{
    char *const text = malloc((size_t)ROWS * 8 * CELL + strlen(end) + CELL);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "a,b,c,d,w,y\n");
    for (unsigned r = 0; r < ROWS; r++) {
        used += write_row(text + used, r, gaps);
    }
    memcpy(text + used, end, strlen(end) + 1);
    return text;
}

static void rows_of_numbers_are_kept(void **state)
{
    (void)state;
    char *const text = make_numbers(false, "");
    assert_one_meaning(text, (reading){0}, true);
    assert_one_meaning(text, (reading){.weight = "w"}, true);
    assert_one_meaning(text, (reading){.missing = SM_MISSING_ERROR}, true);
    free(text);
}

static void missing_values_are_filled_in_at_the_end(void **state)
{
    (void)state;
    char *const text = make_numbers(true, "");
    assert_one_meaning(text, (reading){.missing = SM_MISSING_INDICATOR}, true);
    assert_one_meaning(text, (reading){.missing = SM_MISSING_MEAN}, true);
    assert_one_meaning(text, (reading){.missing = SM_MISSING_DROP, .weight = "w"}, true);
    free(text);
}

/* What was noted of its numbers before is not lost: `d` has few, and becomes categorical. */
static void one_text_lets_all_rows_go(void **state)
{
    (void)state;
    char *const late = make_numbers(true, "1,2,3,none,1,c0\n4,5,6,1e-3,1,c1\n");
    assert_one_meaning(late, (reading){0}, false);
    free(late);
    char *const early = make_numbers(true, "");
    char *const d = strstr(early, "-0,1,"); /* of the first row */
    d[0] = 'q';
    d[1] = '0';
    assert_one_meaning(early, (reading){0}, false);
    free(early);
}

/* Rows of 40 numbers, of which `share` percent are not 0: the first rows or all of them. */
static char *make_wide(const unsigned full_rows, const unsigned share)
{
    enum { WIDE = 40, WIDE_ROWS = 400 };
    char *const text = malloc((size_t)WIDE * (WIDE_ROWS + 1) * 8);
    assert_non_null(text);
    size_t used = 0;
    for (unsigned f = 0; f < WIDE; f++) {
        used += (size_t)sprintf(text + used, "x%u,", f);
    }
    used += (size_t)sprintf(text + used, "y\n");
    for (unsigned r = 0; r < WIDE_ROWS; r++) {
        for (unsigned f = 0; f < WIDE; f++) {
            const bool full = r < full_rows || (r * 37 + f * 61) % 100 < share;
            used += (size_t)sprintf(text + used, "%u,", full ? r + f + 1 : 0);
        }
        used += (size_t)sprintf(text + used, "%u\n", r % 3);
    }
    return text;
}

static void rows_of_zeros_are_not_kept(void **state)
{
    (void)state;
    char *text = make_wide(0, 60);
    assert_one_meaning(text, (reading){0}, true);
    free(text);
    text = make_wide(0, 20);
    assert_one_meaning(text, (reading){0}, false);
    free(text);
    text = make_wide(100, 1); /* they were, for a while */
    assert_one_meaning(text, (reading){0}, false);
    free(text);
}

static void zeros_have_no_sign(void **state)
{
    (void)state;
    encoded_table result = read_table("x,y\n-0,a\n-0.0e5,b\n0,a\n", (reading){.threads = 1});
    assert_true(result.kept);
    for (size_t r = 0; r < 3; r++) {
        assert_true(result.rows.x[r] == 0.0F && !signbit(result.rows.x[r]));
    }
    free_encoded_table(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_numbers_are_kept),
        cmocka_unit_test(missing_values_are_filled_in_at_the_end),
        cmocka_unit_test(one_text_lets_all_rows_go),
        cmocka_unit_test(rows_of_zeros_are_not_kept),
        cmocka_unit_test(zeros_have_no_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
