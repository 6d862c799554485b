/* What training tells of itself: progress, history, limits and validation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "unit/train/train_runs.h"

/* ---- progress and history ---- */

static void progress_numbers_steps_and_epochs(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_SGD); /* batches of 16: 4 an epoch */
    seen *const all = watch(&options);
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
    assert_int_equal(all->count, 16);
    for (size_t i = 0; i < all->count; i++) {
        const sm_progress *const step = &all->steps[i];
        assert_int_equal(step->step, i + 1);
        assert_int_equal(step->epoch, i / 4 + 1);
        assert_int_equal(step->planned_steps, 16);
        assert_true(step->epoch_ended == (i % 4 == 3));
        assert_true(isfinite(step->loss));
        assert_true(step->accuracy >= 0.0 && step->accuracy <= 1.0);
        assert_true(isnan(step->gradient_norm));
        assert_true(isnan(step->validation_loss) && isnan(step->validation_accuracy));
        assert_true(step->seconds >= 0.0 && (i == 0 || step->seconds >= step[-1].seconds));
    }
    assert_true(fabs(all->steps[0].loss - log(CLASSES)) <= 1e-6); /* before the first step */
    free(all);
    sm_model_free(model);
    made_data_free(&data);
}

static void planned_steps_follow_from_the_limits(void **state)
{
    (void)state;
    static const struct {
        sm_solver solver;
        size_t epochs;
        size_t steps;
        size_t planned;
    } cases[] = {
        {SM_SOLVER_SGD, 4, SM_UNLIMITED, 16},
        {SM_SOLVER_SGD, 4, 7, 7},
        {SM_SOLVER_SGD, SM_AUTO, 30, 30},
        {SM_SOLVER_SGD, SM_AUTO, SM_UNLIMITED, 80},
        {SM_SOLVER_GD, 4, SM_UNLIMITED, 4},
        {SM_SOLVER_GD, SM_AUTO, SM_UNLIMITED, 1000},
        {SM_SOLVER_GD, SM_AUTO, 3, 3},
        {SM_SOLVER_LBFGS, SM_AUTO, SM_UNLIMITED, 1000},
        {SM_SOLVER_LBFGS, 4, 1, 1},
        {SM_SOLVER_SGD, SM_AUTO, SM_UNLIMITED - 1, SM_UNLIMITED - 1},
    };
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(cases[i].solver);
        seen *const all = watch(&options);
        options.max_epochs = cases[i].epochs;
        options.max_steps = cases[i].steps;
        all->stop_after = 1;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
        assert_int_equal(all->count, 1);
        assert_int_equal(all->steps[0].planned_steps, cases[i].planned);
        free(all);
        sm_model_free(model);
    }
    made_data_free(&data);
}

static void returning_false_stops_as_if_a_limit_had_been_reached(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < SOLVERS; s++) {
        for (size_t stop = 1; stop <= 3; stop++) {
            sm_model *const stopped = made_data_model(&data);
            sm_model *const limited = made_data_model(&data);
            sm_train_options options = options_of(solvers[s]);
            sm_history *history = NULL;
            seen *const all = watch(&options);
            options.tolerance = 0.0;
            all->stop_after = stop;
            assert_int_equal(sm_train(stopped, data.dataset, NULL, &options, &history), SM_OK);
            assert_int_equal(all->count, stop);
            assert_true(sm_history_summary(history).interrupted);
            assert_int_equal(sm_history_summary(history).steps, stop);
            sm_history_free(history);
            options.on_progress = NULL;
            options.max_steps = stop;
            assert_int_equal(sm_train(limited, data.dataset, NULL, &options, &history), SM_OK);
            assert_false(sm_history_summary(history).interrupted);
            sm_history_free(history);
            const parameters a = parameters_of(stopped);
            const parameters b = parameters_of(limited);
            assert_memory_equal(&a, &b, sizeof a);
            free(all);
            sm_model_free(stopped);
            sm_model_free(limited);
        }
    }
    made_data_free(&data);
}

static void progress_tells_solver_rate_and_the_epoch_so_far(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < SOLVERS; s++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        seen *const all = watch(&options);
        if (s >= WITH_A_RATE) {
            options.schedule = SM_SCHEDULE_STEP;
            options.decay_steps = 2;
        }
        options.max_steps = 3;
        options.tolerance = 0.0;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        const sm_solver solver = sm_history_summary(history).solver;
        const size_t per_epoch = solver >= SM_SOLVER_SGD ? 4 : 1;
        const double first = all->steps[0].learning_rate;
        assert_true(isnan(first) == (solver < SM_SOLVER_GD));
        for (size_t i = 0; i < all->count; i++) {
            const sm_progress *const step = &all->steps[i];
            assert_int_equal(step->solver, solver);
            assert_int_equal(step->steps_per_epoch, per_epoch);
            assert_true(isnan(first) ||
                        fabs(step->learning_rate / first - (i < 2 ? 1.0 : 0.1)) <= 1e-12);
            assert_true(per_epoch > 1 || step->epoch_loss == step->loss);
        }
        if (per_epoch > 1) { /* batches of the same size so far */
            assert_true(fabs(all->steps[1].epoch_loss -
                             (all->steps[0].loss + all->steps[1].loss) / 2.0) <= 1e-12);
            assert_true(fabs(all->steps[1].epoch_accuracy -
                             (all->steps[0].accuracy + all->steps[1].accuracy) / 2.0) <= 1e-12);
        }
        sm_history_free(history);
        free(all);
        sm_model_free(model);
    }
    made_data_free(&data);
}

/* Compares the parameters that a callback sees last with those that the model has in the end. */
typedef struct last_parameters {
    size_t count;
    float values[64];
} last_parameters;

static bool keep_parameters(const sm_progress *const progress, void *const user)
{
    last_parameters *const last = user;
    memcpy(last->values, progress->parameters, last->count * sizeof *last->values);
    return true;
}

static void progress_shows_the_parameters_after_the_step(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < SOLVERS; s++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        last_parameters last = {.count = sm_model_parameter_count(model)};
        assert_true(last.count <= sizeof last.values / sizeof *last.values);
        options.on_progress = keep_parameters;
        options.user = &last;
        options.max_steps = 3;
        options.tolerance = 0.0;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
        const parameters end = parameters_of(model);
        assert_memory_equal(last.values, end.kernel, sizeof end.kernel);
        assert_memory_equal(last.values + sizeof end.kernel / sizeof(float), end.bias,
                            sizeof end.bias);
        sm_model_free(model);
    }
    made_data_free(&data);
}

static void epochs_hold_the_means_of_their_steps(void **state)
{
    (void)state;
    enum { ROWS = 50 };
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_SGD);
    sm_history *history = NULL;
    seen *const all = watch(&options);
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
    assert_int_equal(sm_history_epochs(history), 4);
    assert_null(sm_history_epoch(history, 4));
    assert_null(sm_history_epoch(history, SIZE_MAX));
    for (size_t e = 0; e < 4; e++) {
        const sm_epoch *const epoch = sm_history_epoch(history, e);
        double loss = 0.0;
        double correct = 0.0;
        for (size_t s = 4 * e; s < 4 * e + 4; s++) {
            const double rows = s % 4 == 3 ? ROWS - 48 : 16; /* the last batch is smaller */
            loss += rows * all->steps[s].loss;
            correct += rows * all->steps[s].accuracy;
        }
        assert_int_equal(epoch->step, 4 * e + 4);
        assert_true(fabs(epoch->loss - loss / ROWS) <= 1e-12);
        assert_true(fabs(epoch->accuracy - correct / ROWS) <= 1e-12);
        assert_true(epoch->seconds == all->steps[4 * e + 3].seconds);
        assert_true(isnan(epoch->validation_loss) && isnan(epoch->validation_accuracy));
    }
    assert_int_equal(sm_history_summary(history).epochs, 4);
    assert_int_equal(sm_history_summary(history).steps, 16);
    free(all);
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&data);
}

static void an_epoch_that_is_not_whole_is_counted_but_not_recorded(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_SGD);
    sm_history *history = NULL;
    options.max_steps = 6;
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
    assert_int_equal(sm_history_epochs(history), 1);
    assert_int_equal(sm_history_summary(history).epochs, 2); /* begun */
    assert_int_equal(sm_history_summary(history).steps, 6);
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&data);
}

static void without_steps_the_model_stays_and_is_summed_up(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < SOLVERS; s++) {
        for (int by_epochs = 0; by_epochs < 2; by_epochs++) {
            sm_model *const model = made_data_model(&data);
            sm_train_options options = options_of(solvers[s]);
            sm_history *history = NULL;
            seen *const all = watch(&options);
            assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, 3), SM_OK);
            const parameters before = parameters_of(model);
            options.max_steps = by_epochs == 1 ? SM_UNLIMITED : 0;
            options.max_epochs = by_epochs == 1 ? 0 : SM_AUTO;
            assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
            const parameters after = parameters_of(model);
            assert_memory_equal(&after, &before, sizeof after);
            assert_int_equal(all->count, 0);
            assert_int_equal(sm_history_epochs(history), 0);
            const sm_train_summary summary = sm_history_summary(history);
            assert_int_equal(summary.steps, 0);
            assert_int_equal(summary.epochs, 0);
            assert_true(isfinite(summary.loss) && summary.gradient_norm > 0.0);
            assert_false(summary.converged);
            free(all);
            sm_history_free(history);
            sm_model_free(model);
        }
    }
    made_data_free(&data);
}

static void a_thousand_epochs_are_all_kept(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 3, 1, 2, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_SGD);
    sm_history *history = NULL;
    options.max_epochs = 1000;
    options.batch_size = 3;
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
    assert_int_equal(sm_history_epochs(history), 1000);
    for (size_t e = 0; e < 1000; e++) {
        assert_int_equal(sm_history_epoch(history, e)->step, e + 1);
        assert_true(e == 0 || sm_history_epoch(history, e)->loss <=
                                  sm_history_epoch(history, e - 1)->loss + 1e-6);
    }
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&data);
    sm_history_free(NULL);
}

/* ---- validation ---- */

static void validation_is_what_evaluating_the_model_then_gives(void **state)
{
    (void)state;
    made_data train = made_data_of(SM_U8, 60, FEATURES, CLASSES, 1);
    made_data held_out = made_data_of(SM_U8, 33, FEATURES, CLASSES, 2);
    for (size_t s = 0; s < SOLVERS; s++) {
        for (size_t epochs = 1; epochs <= 3; epochs++) {
            sm_model *const model = made_data_model(&train);
            sm_train_options options = options_of(solvers[s]);
            sm_history *history = NULL;
            sm_metrics metrics;
            seen *const all = watch(&options);
            options.max_epochs = epochs;
            options.tolerance = 0.0;
            assert_int_equal(sm_train(model, train.dataset, held_out.dataset, &options, &history),
                             SM_OK);
            assert_int_equal(sm_evaluate(model, held_out.dataset, &metrics), SM_OK);
            assert_int_equal(sm_history_epochs(history), epochs);
            const sm_epoch *const last = sm_history_epoch(history, epochs - 1);
            assert_true(fabs(last->validation_loss - metrics.loss) <= 1e-6 * metrics.loss);
            assert_true(last->validation_accuracy == metrics.accuracy);
            const sm_progress *const step = &all->steps[all->count - 1];
            assert_true(step->validation_loss == last->validation_loss);
            assert_true(step->validation_accuracy == last->validation_accuracy);
            for (size_t i = 0; i < all->count; i++) {
                assert_true(isnan(all->steps[i].validation_loss) == !all->steps[i].epoch_ended);
            }
            free(all);
            sm_history_free(history);
            sm_model_free(model);
        }
    }
    made_data_free(&train);
    made_data_free(&held_out);
}

static void validation_changes_nothing_else(void **state)
{
    (void)state;
    made_data train = made_data_of(SM_F32, 60, FEATURES, CLASSES, 1);
    made_data held_out = made_data_of(SM_F32, 500, FEATURES, CLASSES, 2);
    for (size_t s = 0; s < SOLVERS; s++) {
        const sm_train_options options = options_of(solvers[s]);
        parameters trained[2];
        for (size_t i = 0; i < 2; i++) {
            sm_model *const model = made_data_model(&train);
            assert_int_equal(
                sm_train(model, train.dataset, i == 0 ? NULL : held_out.dataset, &options, NULL),
                SM_OK);
            trained[i] = parameters_of(model);
            sm_model_free(model);
        }
        assert_memory_equal(&trained[0], &trained[1], sizeof trained[0]);
    }
    made_data_free(&train);
    made_data_free(&held_out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_numbers_steps_and_epochs),
        cmocka_unit_test(planned_steps_follow_from_the_limits),
        cmocka_unit_test(returning_false_stops_as_if_a_limit_had_been_reached),
        cmocka_unit_test(progress_tells_solver_rate_and_the_epoch_so_far),
        cmocka_unit_test(progress_shows_the_parameters_after_the_step),
        cmocka_unit_test(epochs_hold_the_means_of_their_steps),
        cmocka_unit_test(an_epoch_that_is_not_whole_is_counted_but_not_recorded),
        cmocka_unit_test(without_steps_the_model_stays_and_is_summed_up),
        cmocka_unit_test(a_thousand_epochs_are_all_kept),
        cmocka_unit_test(validation_is_what_evaluating_the_model_then_gives),
        cmocka_unit_test(validation_changes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
