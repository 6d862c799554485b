/* Classes that are matched by name, data that do not fit the model, and training that diverges. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "unit/train/train_runs.h"

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

static void what_cannot_even_begin_is_no_optimum(void **state)
{
    (void)state;
    const float x[] = {3e38F, 3e38F, -3e38F, -3e38F};
    const float kernel[] = {3e38F, 3e38F, -3e38F, -3e38F};
    const float bias[] = {0.0F, 0.0F};
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    sm_history *history = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 2, 2, (const int32_t[]){0, 1}, 2, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, NULL, &history), SM_ERROR_DIVERGED);
    assert_true(isnan(sm_history_summary(history).relative_gradient_norm));
    assert_false(sm_history_summary(history).converged);
    sm_history_free(history);
    sm_model_free(model);
    sm_dataset_free(dataset);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_matched_by_name),
        cmocka_unit_test(data_that_do_not_fit_the_model_are_refused),
        cmocka_unit_test(targets_must_list_the_classes_in_the_models_order),
        cmocka_unit_test(divergence_names_the_step_and_keeps_finite_parameters),
        cmocka_unit_test(what_cannot_even_begin_is_no_optimum),
        cmocka_unit_test(a_last_step_that_went_too_far_is_noticed),
        cmocka_unit_test(a_diverged_model_can_be_trained_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
