/* Passes over vectors in slices: every entry once, and sums with the same bits for any number of
 * threads. */
#include "train/slices.h"

#include <stdlib.h>

#include "support/cmocka_all.h"

typedef struct vector {
    const float *values;
    unsigned char *visits;
} vector;

static double visit(const void *const context, const size_t begin, const size_t count)
{
    const vector *const of = context;
    double sum = 0.0;
    for (size_t i = begin; i < begin + count; i++) {
        of->visits[i]++;
        sum += (double)of->values[i];
    }
    return sum;
}

static void every_entry_is_worked_on_once(void **state)
{
    (void)state;
    enum { MOST = 2100000 };
    static const size_t lengths[] = {0,     1,     1023,    1024,    1025,    16384,
                                     16385, 40000, 1048576, 1048577, 1100000, MOST};
    float *const values = calloc(MOST, sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < MOST; i++) {
        values[i] = 1.0F / (float)(i + 1);
    }
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        unsigned char *const visits = calloc(MOST + 1, 1);
        assert_non_null(visits);
        const vector all = {values, visits};
        const double sum = smi_run_slices(NULL, lengths[l], visit, &all);
        for (size_t threads = 1; threads <= 8; threads += 3) {
            smi_pool *pool = NULL;
            assert_int_equal(smi_pool_create(threads, &pool), SM_OK);
            assert_true(smi_run_slices(pool, lengths[l], visit, &all) == sum);
            smi_pool_free(pool);
        }
        for (size_t i = 0; i <= MOST; i++) {
            assert_int_equal(visits[i], i < lengths[l] ? 4 : 0);
        }
        free(visits);
    }
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_entry_is_worked_on_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
