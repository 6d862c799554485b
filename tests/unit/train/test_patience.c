/* Early stopping, as a caller of sm_train() sees it, with every solver. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"

enum { FEATURES = 30, CLASSES = 3, KERNEL = FEATURES * CLASSES };

static const sm_solver solvers[] = {SM_SOLVER_AUTO,    SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG,
                                    SM_SOLVER_GD,      SM_SOLVER_SGD,   SM_SOLVER_ADAM,
                                    SM_SOLVER_ADAGRAD, SM_SOLVER_FTRL};

/* Few rows to train on, many features, no penalty, and a fourth of the labels wrong: learning by
 * heart begins soon. */
typedef struct problem {
    made_data data;
    sm_dataset *train;
    sm_dataset *validation;
} problem;

static problem new_problem(void)
{
    problem both = {.data = made_data_of(SM_F32, 300, FEATURES, CLASSES, 1)};
    for (size_t r = 0; r < 300; r += 4) {
        both.data.labels[r] = (both.data.labels[r] + 1) % CLASSES;
    }
    const sm_split_options split = sm_split_options_default(240);
    assert_int_equal(sm_dataset_split(both.data.dataset, &split, &both.train, &both.validation),
                     SM_OK);
    return both;
}

static void free_problem(problem *const both)
{
    sm_dataset_free(both->train);
    sm_dataset_free(both->validation);
    made_data_free(&both->data);
}

static sm_train_options options_of(const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.threads = 1;
    options.l2 = 0.0;
    options.tolerance = 0.0;
    options.batch_size = 10;
    options.max_epochs = 3000;
    options.patience = 4;
    options.learning_rate = solver == SM_SOLVER_ADAM ? 0.01 : 0.5;
    return options;
}

typedef struct outcome {
    sm_train_summary summary;
    float kernel[KERNEL];
    float bias[CLASSES];
    double losses[3000];
    size_t epochs;
} outcome;

static outcome result; /* large */

static const outcome *train(const problem *const both, const sm_train_options *const options)
{
    sm_model *const model = made_data_model(&both->data);
    sm_history *history = NULL;
    assert_int_equal(sm_train(model, both->train, both->validation, options, &history), SM_OK);
    result.summary = sm_history_summary(history);
    result.epochs = sm_history_epochs(history);
    for (size_t e = 0; e < result.epochs; e++) {
        result.losses[e] = sm_history_epoch(history, e)->validation_loss;
    }
    assert_int_equal(sm_model_get_parameters(model, 0, result.kernel, result.bias), SM_OK);
    sm_history_free(history);
    sm_model_free(model);
    return &result;
}

static size_t best_of(const outcome *const all)
{
    size_t best = 0;
    for (size_t e = 1; e < all->epochs; e++) {
        best = all->losses[e] < all->losses[best] ? e : best;
    }
    return best + 1;
}

static void it_stops_and_keeps_the_best(void **state)
{
    (void)state;
    problem both = new_problem();
    for (size_t s = 0; s < sizeof solvers / sizeof *solvers; s++) {
        sm_train_options options = options_of(solvers[s]);
        const outcome early = *train(&both, &options);
        assert_true(early.summary.stopped_early);
        assert_int_equal(early.summary.best_epoch, best_of(&early));
        assert_int_equal(early.summary.epochs, early.summary.best_epoch + 4);
        assert_int_equal(early.epochs, early.summary.epochs);
        /* the parameters are those that training just so long gives */
        options.patience = SM_UNLIMITED;
        options.max_epochs = early.summary.best_epoch;
        const outcome *const just = train(&both, &options);
        assert_memory_equal(early.kernel, just->kernel, sizeof early.kernel);
        assert_memory_equal(early.bias, just->bias, sizeof early.bias);
        assert_true(early.summary.loss == just->summary.loss);
        assert_int_equal(just->summary.best_epoch, 0);
        assert_false(just->summary.stopped_early);
    }
    free_problem(&both);
}

static void a_limit_before_it_runs_out_keeps_the_best_as_well(void **state)
{
    (void)state;
    problem both = new_problem();
    sm_train_options options = options_of(SM_SOLVER_SGD);
    const size_t best = train(&both, &options)->summary.best_epoch;
    options.max_epochs = best + 2;
    const outcome *const limited = train(&both, &options);
    assert_false(limited->summary.stopped_early);
    assert_int_equal(limited->summary.best_epoch, best);
    assert_int_equal(limited->summary.epochs, best + 2);
    free_problem(&both);
}

static void patience_that_suffices_changes_nothing_else(void **state)
{
    (void)state;
    problem both = new_problem();
    sm_train_options options = options_of(SM_SOLVER_LBFGS);
    options.patience = 1000; /* epochs, where a few reach the tolerance */
    options.l2 = 0.1;
    options.tolerance = 1e-3;
    const outcome patient = *train(&both, &options);
    options.patience = SM_UNLIMITED;
    const outcome *const without = train(&both, &options);
    assert_true(patient.summary.best_epoch > 0);
    assert_false(patient.summary.stopped_early);
    assert_int_equal(patient.epochs, without->epochs);
    assert_memory_equal(patient.losses, without->losses, patient.epochs * sizeof(double));
    free_problem(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stops_and_keeps_the_best),
        cmocka_unit_test(a_limit_before_it_runs_out_keeps_the_best_as_well),
        cmocka_unit_test(patience_that_suffices_changes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
