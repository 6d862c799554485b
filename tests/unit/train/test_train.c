/* Training as a caller sees it: what it comes to, on ordinary data and on odd ones. */
#include <jansson.h>
#include <math.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "unit/train/train_runs.h"

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
        cmocka_unit_test(features_that_are_all_zero_leave_the_shares_of_the_classes),
        cmocka_unit_test(data_that_teach_nothing_converge_at_once),
        cmocka_unit_test(one_row_of_each_class_is_enough),
        cmocka_unit_test(one_row_alone_can_be_trained_on),
        cmocka_unit_test(soft_targets_are_learnt),
        cmocka_unit_test(a_trained_model_says_how_it_was_trained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
