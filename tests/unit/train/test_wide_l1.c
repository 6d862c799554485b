/* The L1 penalty where there are very many parameters, which has another method: it comes to the
 * same minimum, on any number of threads. */
#include <math.h>

#include <softmax.h>

#include "support/cmocka_all.h"

enum { ROWS = 200, FEATURES = 40, ENTRIES = 6, CLASSES = 3, APART = 600 };

/* What training on sparse rows comes to whose features lie `apart`: with those between, which are
 * all 0, there may be very many. zeros: out, weights that are 0 among the others. */
static sm_train_summary trained_apart(const size_t apart, const size_t threads, size_t *const zeros)
{
    static float values[ROWS * ENTRIES];
    static uint32_t columns[ROWS * ENTRIES];
    static float kernel[FEATURES * APART * CLASSES];
    size_t starts[ROWS + 1] = {0};
    int32_t labels[ROWS];
    float bias[CLASSES];
    for (size_t r = 0; r < ROWS; r++) {
        const size_t class = r % 4 % CLASSES;
        labels[r] = (int32_t) class;
        starts[r + 1] = (r + 1) * ENTRIES;
        for (size_t e = 0; e < ENTRIES; e++) { /* ascending, some of them by class */
            const size_t feature = e * 6 + (e < 3 ? (r + e) % 5 : (class + r % 2 * e) % 5);
            columns[r * ENTRIES + e] = (uint32_t)(feature * apart);
            values[r * ENTRIES + e] = 0.25F * (float)(1 + (r * 7 + e * 3) % 5);
        }
    }
    sm_train_options options = sm_train_options_default();
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    sm_history *history = NULL;
    options.l1 = 0.01;
    options.l2 = 1e-3;
    options.threads = threads;
    options.tolerance = 1e-5;
    assert_int_equal(sm_dataset_borrow_csr(values, columns, starts, ROWS, FEATURES * apart, labels,
                                           CLASSES, &dataset),
                     SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    *zeros = 0;
    for (size_t i = 0; i < FEATURES * apart * CLASSES; i++) {
        const bool between = i / CLASSES % apart != 0;
        assert_true(!between || kernel[i] == 0.0F);
        *zeros += !between && kernel[i] == 0.0F;
    }
    sm_history_free(history);
    sm_model_free(model);
    sm_dataset_free(dataset);
    return summary;
}

/* Very many parameters have another method, which comes to the same minimum. */
static void wide_sparse_data_come_to_the_same_minimum(void **state)
{
    (void)state;
    size_t few_zeros = 0;
    size_t many_zeros = 0;
    const sm_train_summary few = trained_apart(1, 1, &few_zeros);
    const sm_train_summary many = trained_apart(APART, 1, &many_zeros);
    assert_true(few.converged && many.converged);
    assert_true(fabs(few.objective - many.objective) <= 1e-6 * few.objective);
    assert_int_equal(few_zeros, many_zeros);
    assert_true(few_zeros > 10 && few_zeros < FEATURES * CLASSES - 10);
    const sm_train_summary again = trained_apart(APART, 3, &many_zeros);
    assert_true(again.steps == many.steps && again.objective == many.objective);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_sparse_data_come_to_the_same_minimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
