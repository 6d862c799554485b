/* Training as a caller sees it: progress, history, limits, validation, and what goes wrong. */
#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"

enum { FEATURES = 4, CLASSES = 3, KERNEL = FEATURES * CLASSES };

/* Those that go to a tolerance, then those with a learning rate. */
static const sm_solver solvers[] = {SM_SOLVER_AUTO, SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG,
                                    SM_SOLVER_GD, SM_SOLVER_SGD};
enum { WITH_A_RATE = 3, ON_BATCHES = 4, SOLVERS = 5 };

static sm_train_options options_of(const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.threads = 2;
    options.batch_size = 16;
    options.max_epochs = 4;
    return options;
}

/* The parameters, to compare. */
typedef struct parameters {
    float kernel[KERNEL];
    float bias[CLASSES];
} parameters;

static parameters parameters_of(const sm_model *const model)
{
    parameters all;
    assert_int_equal(sm_model_get_parameters(model, 0, all.kernel, all.bias), SM_OK);
    return all;
}

/* What the callback saw. It asserts nothing: a failing assertion would jump out of sm_train(). */
typedef struct seen {
    sm_progress steps[512];
    size_t count;
    size_t stop_after; /* 0: never */
} seen;

static bool look(const sm_progress *const progress, void *const user)
{
    seen *const all = user;
    if (all->count < 512) {
        all->steps[all->count++] = *progress;
    }
    return all->count != all->stop_after;
}

static seen *watch(sm_train_options *const options)
{
    seen *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    options->on_progress = look;
    options->user = all;
    return all;
}

/* ---- the outcome ---- */

static void training_lowers_the_loss_and_finds_the_classes(void **state)
{
    (void)state;
    for (size_t s = 0; s < SOLVERS; s++) {
        made_data data = made_data_of(SM_U8, 300, FEATURES, CLASSES, 1);
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        sm_metrics metrics;
        options.max_epochs = 200;
        options.learning_rate = 2.0;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        assert_int_equal(sm_evaluate(model, data.dataset, &metrics), SM_OK);
        assert_true(summary.loss < 0.8 * log(CLASSES));
        assert_true(summary.accuracy > 0.6); /* a third is chance */
        assert_true(summary.seconds > 0.0);
        assert_false(summary.interrupted);
        /* what training says of the model is what evaluating it says, up to rounding */
        assert_true(fabs(summary.loss - metrics.loss) <= 1e-5 * metrics.loss);
        assert_true(fabs(summary.accuracy - metrics.accuracy) <= 1.0 / 300);
        double square = 0.0;
        const parameters trained = parameters_of(model);
        for (size_t i = 0; i < KERNEL; i++) {
            square += (double)trained.kernel[i] * (double)trained.kernel[i];
        }
        assert_true(fabs(summary.objective - (summary.loss + options.l2 / 2.0 * square)) <= 1e-12);
        sm_history_free(history);
        sm_model_free(model);
        made_data_free(&data);
    }
}

static void training_goes_on_from_the_present_parameters(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    sm_model *const whole = made_data_model(&data);
    sm_model *const halves = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_GD);
    options.tolerance = 0.0;
    options.max_epochs = 6;
    assert_int_equal(sm_train(whole, data.dataset, NULL, &options, NULL), SM_OK);
    options.max_epochs = 3;
    assert_int_equal(sm_train(halves, data.dataset, NULL, &options, NULL), SM_OK);
    assert_int_equal(sm_train(halves, data.dataset, NULL, &options, NULL), SM_OK);
    const parameters a = parameters_of(whole);
    const parameters b = parameters_of(halves);
    assert_memory_equal(&a, &b, sizeof a);
    sm_model_free(whole);
    sm_model_free(halves);
    made_data_free(&data);
}

static void without_options_the_defaults_are_used(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 80, FEATURES, CLASSES, 1);
    sm_model *const implied = made_data_model(&data);
    sm_model *const stated = made_data_model(&data);
    const sm_train_options options = sm_train_options_default();
    assert_int_equal(sm_train(implied, data.dataset, NULL, NULL, NULL), SM_OK);
    assert_int_equal(sm_train(stated, data.dataset, NULL, &options, NULL), SM_OK);
    const parameters a = parameters_of(implied);
    const parameters b = parameters_of(stated);
    assert_memory_equal(&a, &b, sizeof a);
    sm_model_free(implied);
    sm_model_free(stated);
    made_data_free(&data);
}

static void convergence_is_what_the_tolerance_says(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 100, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < ON_BATCHES; s++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        options.max_epochs = 1000;
        options.tolerance = 1e-2;
        options.learning_rate = 0.5;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        sm_train_summary summary = sm_history_summary(history);
        assert_true(summary.converged);
        assert_true(summary.relative_gradient_norm <= 1e-2);
        assert_true(summary.steps > 0 && summary.steps < 1000);
        sm_history_free(history);
        options.tolerance = 0.0;
        options.max_epochs = 2;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        summary = sm_history_summary(history);
        assert_false(summary.converged);
        assert_true(summary.relative_gradient_norm > 0.0);
        sm_history_free(history);
        sm_model_free(model);
    }
    made_data_free(&data);
}

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

/* ---- classes by name ---- */

/* The same rows with the classes listed the other way round. */
static void reverse_classes(made_data *const data, const char *const *const names)
{
    const char *reversed[CLASSES];
    for (size_t c = 0; c < CLASSES; c++) {
        reversed[c] = names[CLASSES - 1 - c];
    }
    for (size_t r = 0; r < data->rows; r++) {
        data->labels[r] = CLASSES - 1 - data->labels[r];
    }
    assert_int_equal(sm_dataset_set_class_names(data->dataset, reversed), SM_OK);
}

static void classes_are_matched_by_name(void **state)
{
    (void)state;
    static const char *const names[CLASSES] = {"ash", "birch", "cedar"};
    made_data plain = made_data_of(SM_F32, 60, FEATURES, CLASSES, 1);
    made_data reversed = made_data_of(SM_F32, 60, FEATURES, CLASSES, 1);
    assert_int_equal(sm_dataset_set_class_names(plain.dataset, names), SM_OK);
    reverse_classes(&reversed, names);
    for (size_t s = 0; s < SOLVERS; s++) {
        const sm_train_options options = options_of(solvers[s]);
        parameters trained[4];
        sm_history *histories[4];
        for (size_t i = 0; i < 4; i++) { /* training and validation in either order */
            sm_model *const model = made_data_model(&plain);
            assert_int_equal(sm_train(model, i % 2 == 0 ? plain.dataset : reversed.dataset,
                                      i / 2 == 0 ? plain.dataset : reversed.dataset, &options,
                                      &histories[i]),
                             SM_OK);
            trained[i] = parameters_of(model);
            sm_model_free(model);
        }
        for (size_t i = 1; i < 4; i++) {
            const sm_epoch *const first = sm_history_epoch(histories[0], 0);
            const sm_epoch *const other = sm_history_epoch(histories[i], 0);
            assert_memory_equal(&trained[0], &trained[i], sizeof trained[0]);
            assert_true(first->validation_loss == other->validation_loss);
            assert_true(first->validation_accuracy == other->validation_accuracy);
        }
        for (size_t i = 0; i < 4; i++) {
            sm_history_free(histories[i]);
        }
    }
    made_data_free(&plain);
    made_data_free(&reversed);
}

/* ---- what cannot be trained on ---- */

static void check_refused(sm_model *const model, const sm_dataset *const train,
                          const sm_dataset *const validation, const sm_status status,
                          const char *const message)
{
    const parameters before = parameters_of(model);
    sm_history *history = NULL;
    const sm_train_options options = options_of(SM_SOLVER_LBFGS);
    assert_int_equal(sm_train(model, train, validation, &options, &history), status);
    assert_non_null(strstr(sm_error_message(), message));
    assert_null(history);
    const parameters after = parameters_of(model);
    assert_memory_equal(&after, &before, sizeof after);
    assert_string_equal(sm_model_training(model), "");
}

static void data_that_do_not_fit_the_model_are_refused(void **state)
{
    (void)state;
    static const char *const other_names[CLASSES] = {"0", "1", "other"};
    made_data data = made_data_of(SM_F32, 20, FEATURES, CLASSES, 1);
    made_data wide = made_data_of(SM_F32, 20, FEATURES + 1, CLASSES, 1);
    made_data more = made_data_of(SM_F32, 20, FEATURES, CLASSES + 1, 1);
    made_data renamed = made_data_of(SM_F32, 20, FEATURES, CLASSES, 1);
    sm_dataset *unlabelled = NULL;
    assert_int_equal(sm_dataset_set_class_names(renamed.dataset, other_names), SM_OK);
    assert_int_equal(sm_dataset_borrow_f32(data.floats, 20, FEATURES, NULL, CLASSES, &unlabelled),
                     SM_OK);
    const struct {
        const sm_dataset *dataset;
        const char *message;
    } cases[] = {{wide.dataset, "5 features"},
                 {more.dataset, "class '3'"},
                 {renamed.dataset, "class 'other'"},
                 {unlabelled, "no labels"}};
    sm_model *const model = made_data_model(&data);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_refused(model, cases[i].dataset, NULL, SM_ERROR_DATA, cases[i].message);
        check_refused(model, data.dataset, cases[i].dataset, SM_ERROR_DATA, cases[i].message);
    }
    check_refused(model, NULL, NULL, SM_ERROR_ARGUMENT, "train is NULL");
    assert_int_equal(sm_train(NULL, data.dataset, NULL, NULL, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_train: model is NULL");
    sm_model_free(model);
    sm_dataset_free(unlabelled);
    made_data_free(&renamed);
    made_data_free(&more);
    made_data_free(&wide);
    made_data_free(&data);
}

static void targets_must_list_the_classes_in_the_models_order(void **state)
{
    (void)state;
    static const char *const names[CLASSES] = {"ash", "birch", "cedar"};
    made_data data = made_data_of(SM_F32, 20, FEATURES, CLASSES, 1);
    made_data soft = made_data_of(SM_F32, 20, FEATURES, CLASSES, 1);
    assert_int_equal(sm_dataset_set_class_names(data.dataset, names), SM_OK);
    reverse_classes(&soft, names);
    made_data_soften(&soft);
    sm_model *const model = made_data_model(&data);
    check_refused(model, soft.dataset, NULL, SM_ERROR_DATA,
                  "targets must list the model's classes in its order");
    sm_model_free(model);
    made_data_free(&soft);
    made_data_free(&data);
}

/* ---- divergence ---- */

static void divergence_names_the_step_and_keeps_finite_parameters(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = WITH_A_RATE; s < SOLVERS; s++) { /* gd and sgd */
        sm_model *const model = made_data_model(&data);
        sm_model *const shorter = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        seen *const all = watch(&options);
        options.learning_rate = 1e30;
        options.l2 = 1.0;
        options.max_epochs = 50;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history),
                         SM_ERROR_DIVERGED);
        assert_non_null(history);
        const sm_train_summary summary = sm_history_summary(history);
        char named[32];
        (void)snprintf(named, sizeof named, "after step %zu;", summary.steps);
        assert_non_null(strstr(sm_error_message(), named));
        assert_int_equal(all->count, summary.steps);
        assert_true(summary.steps >= 1 && !summary.converged);
        const parameters kept = parameters_of(model);
        for (size_t i = 0; i < KERNEL; i++) {
            assert_true(isfinite(kept.kernel[i]));
        }
        assert_int_equal(sm_history_epochs(history),
                         s == WITH_A_RATE ? summary.steps : summary.steps / 4);
        sm_history_free(history);
        /* the last finite ones are those a step earlier */
        options.on_progress = NULL;
        options.max_steps = summary.steps - 1;
        assert_int_equal(sm_train(shorter, data.dataset, NULL, &options, NULL), SM_OK);
        const parameters expected = parameters_of(shorter);
        assert_memory_equal(&kept, &expected, sizeof kept);
        free(all);
        sm_model_free(shorter);
        sm_model_free(model);
    }
    made_data_free(&data);
}

static void a_last_step_that_went_too_far_is_noticed(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = WITH_A_RATE; s < SOLVERS; s++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        options.learning_rate = 1e300; /* no float: the first step leads to infinity */
        options.max_steps = 1;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history),
                         SM_ERROR_DIVERGED);
        assert_non_null(strstr(sm_error_message(), "after step 1;"));
        const parameters kept = parameters_of(model);
        assert_true(kept.kernel[0] == 0.0F && kept.bias[0] == 0.0F);
        assert_int_equal(sm_history_summary(history).steps, 1);
        assert_true(isfinite(sm_history_summary(history).objective));
        sm_history_free(history);
        sm_model_free(model);
    }
    made_data_free(&data);
}

static void a_diverged_model_can_be_trained_again(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = options_of(SM_SOLVER_SGD);
    options.learning_rate = 1e300;
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_ERROR_DIVERGED);
    options.learning_rate = 0.1;
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
    sm_model_free(model);
    made_data_free(&data);
}

/* ---- odd data ---- */

static void features_that_are_all_zero_leave_the_shares_of_the_classes(void **state)
{
    (void)state;
    enum { ROWS = 10 };
    static const uint8_t x[ROWS * FEATURES] = {0};
    static const int32_t labels[ROWS] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    float probabilities[CLASSES];
    sm_train_options options = options_of(SM_SOLVER_LBFGS);
    options.max_epochs = 100;
    options.tolerance = 1e-6;
    assert_int_equal(sm_dataset_borrow_u8(x, ROWS, FEATURES, labels, CLASSES, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, &options, NULL), SM_OK);
    const parameters trained = parameters_of(model);
    for (size_t i = 0; i < KERNEL; i++) {
        assert_true(trained.kernel[i] == 0.0F);
    }
    assert_int_equal(sm_predict(model, dataset, 0, 1, SM_PROBABILITIES, probabilities), SM_OK);
    assert_true(fabs((double)probabilities[0] - 0.5) <= 1e-4);
    assert_true(fabs((double)probabilities[1] - 0.3) <= 1e-4);
    assert_true(fabs((double)probabilities[2] - 0.2) <= 1e-4);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

static void data_that_teach_nothing_converge_at_once(void **state)
{
    (void)state;
    static const float x[4] = {0.0F};
    static const int32_t labels[4] = {0, 1, 0, 1};
    for (size_t s = 0; s < ON_BATCHES; s++) {
        sm_dataset *dataset = NULL;
        sm_model *model = NULL;
        sm_history *history = NULL;
        const sm_train_options options = options_of(solvers[s]);
        assert_int_equal(sm_dataset_borrow_f32(x, 4, 1, labels, 2, &dataset), SM_OK);
        assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
        assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        assert_true(summary.converged);
        assert_int_equal(summary.steps, 0);
        assert_true(summary.gradient_norm == 0.0 && summary.relative_gradient_norm == 0.0);
        sm_history_free(history);
        sm_model_free(model);
        sm_dataset_free(dataset);
    }
}

static void one_row_of_each_class_is_enough(void **state)
{
    (void)state;
    for (size_t s = 0; s < SOLVERS; s++) {
        made_data data = made_data_of(SM_F32, CLASSES, FEATURES, CLASSES, 4);
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_metrics metrics;
        options.max_epochs = 200;
        options.batch_size = 1000; /* more than there are rows */
        options.learning_rate = 0.5;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
        assert_int_equal(sm_evaluate(model, data.dataset, &metrics), SM_OK);
        assert_true(metrics.accuracy == 1.0);
        sm_model_free(model);
        made_data_free(&data);
    }
}

static void one_row_alone_can_be_trained_on(void **state)
{
    (void)state;
    static const float x[] = {1.0F, -2.0F};
    static const int32_t label[] = {1};
    for (size_t s = 0; s < SOLVERS; s++) {
        sm_dataset *dataset = NULL;
        sm_model *model = NULL;
        sm_metrics metrics;
        const sm_train_options options = options_of(solvers[s]);
        assert_int_equal(sm_dataset_borrow_f32(x, 1, 2, label, 2, &dataset), SM_OK);
        assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
        assert_int_equal(sm_train(model, dataset, NULL, &options, NULL), SM_OK);
        assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_OK);
        assert_true(metrics.accuracy == 1.0 && metrics.loss < log(2.0));
        sm_model_free(model);
        sm_dataset_free(dataset);
    }
}

static void soft_targets_are_learnt(void **state)
{
    (void)state;
    enum { ROWS = 8 };
    static const float x[ROWS] = {0.0F};
    float targets[ROWS * 2];
    int32_t labels[ROWS] = {0};
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    float probabilities[2];
    for (size_t r = 0; r < ROWS; r++) {
        targets[2 * r] = 0.125F;
        targets[2 * r + 1] = 0.875F;
    }
    sm_train_options options = options_of(SM_SOLVER_LBFGS);
    options.max_epochs = 100;
    options.tolerance = 1e-6;
    assert_int_equal(sm_dataset_borrow_f32(x, ROWS, 1, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, &options, NULL), SM_OK);
    assert_int_equal(sm_predict(model, dataset, 0, 1, SM_PROBABILITIES, probabilities), SM_OK);
    assert_true(fabs((double)probabilities[1] - 0.875) <= 1e-5);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* ---- the description ---- */

static json_t *training_of(const sm_model *const model)
{
    json_t *const training = json_loads(sm_model_training(model), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(training);
    return training;
}

static double number_of(const json_t *const object, const char *const key)
{
    assert_true(json_is_number(json_object_get(object, key)));
    return json_number_value(json_object_get(object, key));
}

static void a_trained_model_says_how_it_was_trained(void **state)
{
    (void)state;
    static const char *const names[] = {"lbfgs", "lbfgs", "newton-cg", "gd", "sgd"};
    made_data data = made_data_of(SM_F32, 50, FEATURES, CLASSES, 1);
    for (size_t s = 0; s < SOLVERS; s++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = options_of(solvers[s]);
        sm_history *history = NULL;
        options.seed = UINT64_MAX; /* beyond what JSON integers hold here */
        options.tolerance = 0.0;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        json_t *const training = training_of(model);
        const json_t *const solver = json_object_get(training, "solver");
        assert_string_equal(json_string_value(json_object_get(solver, "name")), names[s]);
        assert_true(number_of(training, "l2") == options.l2);
        assert_true(number_of(training, "rows") == 50.0);
        assert_true(number_of(training, "steps") == (double)summary.steps);
        assert_true(number_of(training, "epochs") == (double)summary.epochs);
        assert_true(number_of(training, "loss") == summary.loss);
        assert_true(number_of(training, "objective") == summary.objective);
        assert_string_equal(json_string_value(json_object_get(training, "isa")), sm_isa());
        if (solvers[s] == SM_SOLVER_SGD) {
            assert_true(number_of(solver, "batch_size") == 16.0);
            assert_string_equal(json_string_value(json_object_get(solver, "seed")),
                                "18446744073709551615");
        }
        json_decref(training);
        sm_history_free(history);
        sm_model_free(model);
    }
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_lowers_the_loss_and_finds_the_classes),
        cmocka_unit_test(training_goes_on_from_the_present_parameters),
        cmocka_unit_test(without_options_the_defaults_are_used),
        cmocka_unit_test(convergence_is_what_the_tolerance_says),
        cmocka_unit_test(progress_numbers_steps_and_epochs),
        cmocka_unit_test(planned_steps_follow_from_the_limits),
        cmocka_unit_test(returning_false_stops_as_if_a_limit_had_been_reached),
        cmocka_unit_test(epochs_hold_the_means_of_their_steps),
        cmocka_unit_test(an_epoch_that_is_not_whole_is_counted_but_not_recorded),
        cmocka_unit_test(without_steps_the_model_stays_and_is_summed_up),
        cmocka_unit_test(a_thousand_epochs_are_all_kept),
        cmocka_unit_test(validation_is_what_evaluating_the_model_then_gives),
        cmocka_unit_test(validation_changes_nothing_else),
        cmocka_unit_test(classes_are_matched_by_name),
        cmocka_unit_test(data_that_do_not_fit_the_model_are_refused),
        cmocka_unit_test(targets_must_list_the_classes_in_the_models_order),
        cmocka_unit_test(divergence_names_the_step_and_keeps_finite_parameters),
        cmocka_unit_test(a_last_step_that_went_too_far_is_noticed),
        cmocka_unit_test(a_diverged_model_can_be_trained_again),
        cmocka_unit_test(features_that_are_all_zero_leave_the_shares_of_the_classes),
        cmocka_unit_test(data_that_teach_nothing_converge_at_once),
        cmocka_unit_test(one_row_of_each_class_is_enough),
        cmocka_unit_test(one_row_alone_can_be_trained_on),
        cmocka_unit_test(soft_targets_are_learnt),
        cmocka_unit_test(a_trained_model_says_how_it_was_trained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
