/* The whole way on real data: $SOFTMAX_DATA/mnist, or nothing when it is not there. */
#include <math.h>
#include <stdlib.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/sanitizer.h"

static void lbfgs_with_its_defaults_learns_mnist(void **state)
{
    (void)state;
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    sm_model *model = NULL;
    sm_history *history = NULL;
    sm_metrics metrics;
    if (BUILT_WITH_SANITIZER) {
        print_message("skipped: it takes too long with a sanitizer\n");
        skip();
    }
    if (getenv("SOFTMAX_DATA") == NULL || sm_dataset_open("mnist:train", &train) != SM_OK) {
        print_message("skipped: there is no MNIST in $SOFTMAX_DATA\n");
        skip();
    }
    assert_int_equal(sm_dataset_open("mnist:test", &test), SM_OK);
    assert_int_equal(sm_dataset_rows(train), 60000);
    assert_int_equal(sm_dataset_rows(test), 10000);
    assert_int_equal(sm_model_create(sm_dataset_shape(train), &model), SM_OK);
    assert_int_equal(sm_train(model, train, NULL, NULL, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    assert_int_equal(sm_evaluate(model, test, &metrics), SM_OK);
    print_message("objective %.6f after %zu steps, test accuracy %.4f\n", summary.objective,
                  summary.steps, metrics.accuracy);
    assert_true(summary.converged);
    assert_true(fabs(summary.objective - 0.259248) <= 1e-4 * 0.259248);
    assert_true(metrics.accuracy >= 0.925);
    sm_history_free(history);
    sm_model_free(model);
    sm_dataset_free(test);
    sm_dataset_free(train);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lbfgs_with_its_defaults_learns_mnist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
