/* The kernel that turns rows of bytes round, of every table, against the reference, and that
 * against what it is said to do. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST_FEATURES = 200, MOST_PAIRS = MOST_FEATURES / 2 };

/* Rows that each end where nothing may be read, and room for their lists. */
typedef struct rows_of_bytes {
    guarded memory[SMI_LISTED_ROWS];
    const void *x[SMI_LISTED_ROWS];
    float scales[MOST_FEATURES];
} rows_of_bytes;

typedef struct lists {
    smi_row_pair pairs[MOST_PAIRS];
    uint32_t row_numbers[MOST_PAIRS * SMI_LISTED_ROWS];
    float values[2 * MOST_PAIRS * SMI_LISTED_ROWS];
} lists;

/* Three bytes in four are 0, those of every seventh row all, and one feature is never. */
static void fill(rows_of_bytes *const rows, const size_t count, const size_t features)
{
    smi_random random = smi_random_start(count, features);
    for (size_t r = 0; r < count; r++) {
        uint8_t *const x = guarded_last(&rows->memory[r], features);
        for (size_t f = 0; f < features; f++) {
            const bool blank = r % 7 == 6 || (f != 3 && smi_random_below(&random, 4) > 0);
            x[f] = (uint8_t)(blank ? 0 : 1 + smi_random_below(&random, 255));
        }
        rows->x[r] = x;
    }
    for (size_t f = 0; f < features; f++) {
        rows->scales[f] = 1.0F / (float)(1 + f);
    }
}

static void check_against_bytes(const smi_byte_rows *const bytes, const lists *const got)
{
    for (size_t f = 0; f < bytes->count; f += 2) {
        const smi_row_pair *const pair = &got->pairs[f / 2];
        size_t next = 0;
        for (size_t r = 0; r < bytes->rows; r++) {
            const uint8_t *const x = (const uint8_t *)bytes->x[r] + bytes->first;
            const uint8_t odd = f + 1 < bytes->count ? x[f + 1] : 0;
            if (x[f] == 0 && odd == 0) {
                continue;
            }
            assert_true(next < pair->count);
            assert_int_equal(pair->columns[next], r);
            assert_true(pair->values[2 * next] == (float)x[f] * bytes->scales[f]);
            assert_true(odd == 0 ? pair->values[2 * next + 1] == 0.0F
                                 : pair->values[2 * next + 1] == (float)odd * bytes->scales[f + 1]);
            next++;
        }
        assert_int_equal(next, pair->count);
    }
}

static void check_same(const smi_byte_rows *const bytes, const lists *const expected,
                       const lists *const got)
{
    for (size_t p = 0; p < (bytes->count + 1) / 2; p++) {
        const smi_row_pair *const one = &expected->pairs[p];
        const smi_row_pair *const other = &got->pairs[p];
        assert_int_equal(other->count, one->count);
        if (one->count > 0) {
            assert_memory_equal(other->columns, one->columns, one->count * sizeof *one->columns);
            assert_memory_equal(other->values, one->values, 2 * one->count * sizeof *one->values);
        }
    }
}

static void every_table_lists_pairs_of_bytes(void **state)
{
    (void)state;
    static const size_t row_counts[] = {1, 2, 3, 15, 16, 17, 63, 64, 100, 127, 128};
    static const size_t feature_counts[] = {1, 2, 3, 4, 5, 31, 63, 64, 65, 66, 127, 128, 129, 200};
    rows_of_bytes *const rows = calloc(1, sizeof *rows);
    lists *const expected = calloc(1, sizeof *expected);
    lists *const got = calloc(1, sizeof *got);
    assert_true(rows != NULL && expected != NULL && got != NULL);
    for (size_t r = 0; r < SMI_LISTED_ROWS; r++) {
        rows->memory[r] = guarded_make(MOST_FEATURES);
    }
    for (size_t i = 0; i < sizeof row_counts / sizeof *row_counts; i++) {
        for (size_t j = 0; j < sizeof feature_counts / sizeof *feature_counts; j++) {
            const size_t features = feature_counts[j];
            const size_t first = features / 5;
            fill(rows, row_counts[i], features);
            const smi_byte_rows bytes = {.x = rows->x,
                                         .rows = row_counts[i],
                                         .first = first,
                                         .count = features - first,
                                         .scales = rows->scales};
            smi_kernels_reference.list_pairs(&bytes, expected->pairs, expected->row_numbers,
                                             expected->values);
            check_against_bytes(&bytes, expected);
            const smi_kernels *kernels = NULL;
            for (size_t k = 0; (kernels = smi_kernels_supported(k)) != NULL; k++) {
                kernels->list_pairs(&bytes, got->pairs, got->row_numbers, got->values);
                check_same(&bytes, expected, got);
            }
        }
    }
    for (size_t r = 0; r < SMI_LISTED_ROWS; r++) {
        guarded_free(&rows->memory[r]);
    }
    free(rows);
    free(expected);
    free(got);
}

/* The lists of full rows take all the room that is promised, and no more. */
static void full_rows_fill_the_room(void **state)
{
    (void)state;
    enum { FEATURES = 65, PAIRS = 33 };
    uint8_t x[FEATURES];
    const void *rows[SMI_LISTED_ROWS];
    float scales[FEATURES];
    smi_row_pair pairs[PAIRS];
    guarded numbers_memory = guarded_make(sizeof(uint32_t) * PAIRS * SMI_LISTED_ROWS);
    guarded values_memory = guarded_make(sizeof(float) * 2 * PAIRS * SMI_LISTED_ROWS);
    uint32_t *const row_numbers =
        guarded_last(&numbers_memory, sizeof(uint32_t) * PAIRS * SMI_LISTED_ROWS);
    float *const values = guarded_last(&values_memory, sizeof(float) * 2 * PAIRS * SMI_LISTED_ROWS);
    memset(x, 255, sizeof x);
    for (size_t r = 0; r < SMI_LISTED_ROWS; r++) {
        rows[r] = x;
    }
    for (size_t f = 0; f < FEATURES; f++) {
        scales[f] = 1.0F;
    }
    const smi_byte_rows bytes = {
        .x = rows, .rows = SMI_LISTED_ROWS, .count = FEATURES, .scales = scales};
    const smi_kernels *kernels = NULL;
    for (size_t k = 0; (kernels = smi_kernels_supported(k)) != NULL; k++) {
        kernels->list_pairs(&bytes, pairs, row_numbers, values);
        for (size_t p = 0; p < PAIRS; p++) {
            assert_int_equal(pairs[p].count, SMI_LISTED_ROWS);
            assert_true(pairs[p].columns[SMI_LISTED_ROWS - 1] == SMI_LISTED_ROWS - 1);
        }
    }
    guarded_free(&numbers_memory);
    guarded_free(&values_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_lists_pairs_of_bytes),
        cmocka_unit_test(full_rows_fill_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
