/* The bound on the distance to the minimum: never below the true distance, and small at the end. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "unit/train/exact_minimum.h"
#include "unit/train/exact_objective.h"

enum { CLASSES = 3 };

static const double penalties[] = {1e-4, 1e-2, 1.0};

/* Trains for so many steps; returns bound and true distance. */
typedef struct distance {
    double bound;
    double actual;
    double minimum;
} distance;

static distance after(const made_data *const data, const sm_train_options *const options)
{
    sm_model *const model = made_data_model(data);
    sm_history *history = NULL;
    assert_int_equal(sm_train(model, data->dataset, NULL, options, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    const exact_objective exact = exact_objective_of(model, data->dataset, options->l2);
    const double minimum = exact_minimum(data, &exact);
    sm_history_free(history);
    sm_model_free(model);
    return (distance){summary.optimality_gap_bound, summary.objective - minimum, minimum};
}

static void the_bound_holds_at_every_step(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_GD, SM_SOLVER_SGD};
    for (size_t features = 1; features <= 5; features++) {
        made_data data = made_data_of(SM_F32, 200, features, CLASSES, features);
        for (size_t p = 0; p < sizeof penalties / sizeof *penalties; p++) {
            for (size_t steps = 0; steps < 12; steps++) {
                sm_train_options options = sm_train_options_default();
                options.solver = solvers[steps % 3];
                options.l2 = penalties[p];
                options.max_steps = steps;
                options.threads = 1;
                const distance found = after(&data, &options);
                assert_true(found.bound >= found.actual - 1e-6 * found.minimum);
            }
        }
        made_data_free(&data);
    }
}

static void the_bound_becomes_small(void **state)
{
    (void)state;
    for (size_t features = 1; features <= 5; features++) {
        made_data data = made_data_of(SM_F32, 200, features, CLASSES, features);
        for (size_t p = 0; p < sizeof penalties / sizeof *penalties; p++) {
            sm_train_options options = sm_train_options_default();
            options.solver = SM_SOLVER_LBFGS;
            options.l2 = penalties[p];
            options.tolerance = 1e-6;
            options.threads = 1;
            const distance found = after(&data, &options);
            assert_true(found.bound <= 1e-4 * found.minimum);
        }
        made_data_free(&data);
    }
}

static void with_l1_it_shrinks_as_well(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 200, 5, CLASSES, 7);
    double last = INFINITY;
    for (double tolerance = 1e-1; tolerance > 1e-6; tolerance /= 10.0) {
        sm_model *const model = made_data_model(&data);
        sm_history *history = NULL;
        sm_train_options options = sm_train_options_default();
        options.l1 = 0.01;
        options.l2 = 0.01;
        options.tolerance = tolerance;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        assert_true(summary.optimality_gap_bound >= 0.0);
        assert_true(summary.optimality_gap_bound <= last);
        last = summary.optimality_gap_bound;
        sm_history_free(history);
        sm_model_free(model);
    }
    assert_true(last <= 1e-4);
    made_data_free(&data);
}

static void without_l2_there_is_none(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, 3, CLASSES, 1);
    sm_train_options options = sm_train_options_default();
    options.l2 = 0.0;
    options.max_steps = 3;
    assert_true(isnan(after(&data, &options).bound));
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bound_holds_at_every_step),
        cmocka_unit_test(the_bound_becomes_small),
        cmocka_unit_test(with_l1_it_shrinks_as_well),
        cmocka_unit_test(without_l2_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
