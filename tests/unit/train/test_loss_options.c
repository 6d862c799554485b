/* Training with a loss from probabilities and with smoothed labels: what it finds, what it says of
 * it, and what knows neither. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"

enum { ROWS = 200, FEATURES = 4, CLASSES = 3 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const double class_weights[CLASSES] = {0.5, 4.0, 1.0};

typedef struct outcome {
    sm_train_summary summary;
    float probabilities[ROWS * CLASSES];
    bool says_smoothing;
    bool says_probabilities;
} outcome;

static sm_train_options to_the_end(const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.l2 = 1e-2;
    options.tolerance = 1e-6;
    options.threads = 1;
    return options;
}

static outcome trained(const made_data *const data, const sm_dataset *const dataset,
                       const sm_train_options *const options)
{
    outcome result;
    sm_model *const model = made_data_model(data);
    sm_history *history = NULL;
    assert_int_equal(sm_train(model, dataset, NULL, options, &history), SM_OK);
    assert_int_equal(sm_predict(model, dataset, 0, ROWS, SM_PROBABILITIES, result.probabilities),
                     SM_OK);
    result.summary = sm_history_summary(history);
    result.says_smoothing = strstr(sm_model_training(model), "\"label_smoothing\":0.25}") != NULL;
    result.says_probabilities =
        strstr(sm_model_training(model), "\"loss_from\":\"probabilities\"") != NULL;
    sm_history_free(history);
    sm_model_free(model);
    return result;
}

static void check_near(const outcome *const a, const outcome *const b)
{
    const double objective = a->summary.objective;
    assert_true(fabs(objective - b->summary.objective) <= 2e-7 * objective);
    assert_true(fabs(a->summary.loss - b->summary.loss) <= 1e-5 * objective);
    for (size_t i = 0; i < ROWS * CLASSES; i++) {
        assert_true(fabs((double)a->probabilities[i] - (double)b->probabilities[i]) <= 2e-5);
    }
}

/* ---- smoothing ---- */

/* The same rows with the targets that smoothing stands for. targets: ROWS × CLASSES. */
static sm_dataset *smoothed(const made_data *const data, const float *const row_weights,
                            const double smoothing, float *const targets)
{
    sm_dataset *dataset = NULL;
    if (data->targets != NULL) {
        memcpy(targets, data->targets, ROWS * CLASSES * sizeof *targets);
    } else {
        sm_one_hot(data->labels, ROWS, CLASSES, targets);
    }
    for (size_t i = 0; i < ROWS * CLASSES; i++) {
        targets[i] = (float)((1.0 - smoothing) * (double)targets[i] + smoothing / CLASSES);
    }
    assert_int_equal(
        sm_dataset_borrow_f32(data->floats, ROWS, FEATURES, data->labels, CLASSES, &dataset),
        SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    if (row_weights != NULL) {
        assert_int_equal(sm_dataset_set_weights(dataset, row_weights), SM_OK);
    }
    return dataset;
}

static void the_optimum_is_that_of_smoothed_targets(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG};
    float row_weights[ROWS];
    for (size_t r = 0; r < ROWS; r++) {
        row_weights[r] = 0.25F + (float)(r % 7);
    }
    for (size_t i = 0; i < 16; i++) {
        const float *const weights = i / 4 % 2 == 0 ? NULL : row_weights;
        float targets[ROWS * CLASSES];
        made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 1);
        if (i / 2 % 2 == 1) {
            made_data_soften(&data);
        }
        if (weights != NULL) {
            assert_int_equal(sm_dataset_set_weights(data.dataset, weights), SM_OK);
        }
        sm_dataset *const other = smoothed(&data, weights, 0.25, targets);
        sm_train_options options = to_the_end(solvers[i % 2]);
        options.class_weights = i / 8 == 0 ? NULL : class_weights;
        const outcome expected = trained(&data, other, &options);
        options.label_smoothing = 0.25;
        const outcome found = trained(&data, data.dataset, &options);
        check_near(&expected, &found);
        assert_true(found.summary.accuracy == expected.summary.accuracy);
        assert_true(found.says_smoothing && !expected.says_smoothing);
        sm_dataset_free(other);
        made_data_free(&data);
    }
}

static void smoothing_moves_the_optimum(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 1);
    sm_train_options options = to_the_end(SM_SOLVER_LBFGS);
    const outcome sharp = trained(&data, data.dataset, &options);
    options.label_smoothing = 0.25;
    const outcome soft = trained(&data, data.dataset, &options);
    float largest[2] = {0.0F, 0.0F};
    for (size_t i = 0; i < ROWS * CLASSES; i++) {
        largest[0] = fmaxf(largest[0], sharp.probabilities[i]);
        largest[1] = fmaxf(largest[1], soft.probabilities[i]);
    }
    assert_true(largest[1] < largest[0]);
    assert_true(soft.summary.loss > sharp.summary.loss + 0.05);
    made_data_free(&data);
}

static void the_bound_on_the_distance_holds_with_smoothing(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 2);
    sm_train_options options = to_the_end(SM_SOLVER_LBFGS);
    options.label_smoothing = 0.25;
    options.class_weights = class_weights;
    const double minimum = trained(&data, data.dataset, &options).summary.objective;
    for (size_t steps = 0; steps < 12; steps++) {
        options.max_steps = steps;
        const sm_train_summary at = trained(&data, data.dataset, &options).summary;
        assert_true(at.optimality_gap_bound >= at.objective - minimum - 1e-6 * minimum);
    }
    options.max_steps = SM_UNLIMITED;
    const sm_train_summary end = trained(&data, data.dataset, &options).summary;
    assert_true(end.converged && end.optimality_gap_bound <= 1e-4 * minimum);
    made_data_free(&data);
}

/* ---- from probabilities ---- */

/* Where no probability is clipped, both losses are the same function. */
static void the_optimum_is_the_same_where_nothing_is_clipped(void **state)
{
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 3);
        if (i % 2 == 1) {
            made_data_soften(&data);
        }
        sm_train_options options = to_the_end(SM_SOLVER_LBFGS);
        options.class_weights = i / 2 % 2 == 0 ? NULL : class_weights;
        options.label_smoothing = i / 4 == 0 ? 0.0 : 0.25;
        const outcome expected = trained(&data, data.dataset, &options);
        options.loss = SM_LOSS_FROM_PROBABILITIES;
        const outcome found = trained(&data, data.dataset, &options);
        check_near(&expected, &found);
        assert_true(found.summary.converged);
        assert_true(found.says_probabilities && !expected.says_probabilities);
        assert_true(expected.summary.optimality_gap_bound >= 0.0);
        assert_true(isnan(found.summary.optimality_gap_bound));
        made_data_free(&data);
    }
}

/* Wide sparse data, where auto would take Newton's method. */
static void auto_keeps_away_from_second_derivatives(void **state)
{
    (void)state;
    static const float values[] = {1.0F, 1.0F, 2.0F};
    static const uint32_t columns[] = {17, 4000, 17};
    static const size_t row_starts[] = {0, 1, 2, 3};
    static const int32_t labels[] = {0, 1, 0};
    static const sm_solver expected[] = {SM_SOLVER_NEWTON_CG, SM_SOLVER_LBFGS};
    for (int i = 0; i < 2; i++) {
        sm_dataset *dataset = NULL;
        sm_model *model = NULL;
        sm_history *history = NULL;
        sm_train_options options = sm_train_options_default();
        options.loss = i == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES;
        assert_int_equal(
            sm_dataset_borrow_csr(values, columns, row_starts, 3, 5000, labels, 2, &dataset),
            SM_OK);
        assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
        assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
        assert_int_equal(sm_history_summary(history).solver, expected[i]);
        assert_true(sm_history_summary(history).reason[0] != '\0');
        sm_history_free(history);
        sm_model_free(model);
        sm_dataset_free(dataset);
    }
}

/* Clipping must not hide that the parameters are lost. */
static void divergence_is_noticed(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 4);
    for (int i = 0; i < 2; i++) {
        sm_model *const model = made_data_model(&data);
        sm_train_options options = sm_train_options_default();
        options.solver = SM_SOLVER_SGD;
        options.learning_rate = 1e38;
        options.l2 = 1.0;
        options.loss = i == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_ERROR_DIVERGED);
        sm_model_free(model);
    }
    made_data_free(&data);
}

/* ---- what both leave alone ---- */

static void validation_knows_neither(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 5);
    made_data held_out = made_data_of(SM_F32, 90, FEATURES, CLASSES, 6);
    sm_model *const model = made_data_model(&data);
    sm_history *history = NULL;
    sm_metrics metrics;
    sm_train_options options = to_the_end(SM_SOLVER_LBFGS);
    options.loss = SM_LOSS_FROM_PROBABILITIES;
    options.label_smoothing = 0.5;
    assert_int_equal(sm_train(model, data.dataset, held_out.dataset, &options, &history), SM_OK);
    assert_int_equal(sm_evaluate(model, held_out.dataset, &metrics), SM_OK);
    const sm_epoch *const last = sm_history_epoch(history, sm_history_epochs(history) - 1);
    assert_true(fabs(last->validation_loss - metrics.loss) <= 1e-6);
    assert_true(last->validation_accuracy == metrics.accuracy);
    assert_true(fabs(last->loss - metrics.loss) > 0.05);
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&held_out);
    made_data_free(&data);
}

/* Separable rows without a penalty have no best model, but for these two. */
static void with_either_there_is_a_best_model(void **state)
{
    (void)state;
    static const struct {
        sm_loss loss;
        double smoothing;
        bool separated;
    } cases[] = {{SM_LOSS_FROM_LOGITS, 0.0, true},
                 {SM_LOSS_FROM_LOGITS, 0.1, false},
                 {SM_LOSS_FROM_PROBABILITIES, 0.0, false}};
    static const float x[] = {-2.0F, -1.0F, 1.0F, 2.0F};
    static const int32_t labels[] = {0, 0, 1, 1};
    for (size_t i = 0; i < COUNT(cases); i++) {
        sm_dataset *dataset = NULL;
        sm_model *model = NULL;
        sm_history *history = NULL;
        sm_train_options options = sm_train_options_default();
        options.l2 = 0.0;
        options.loss = cases[i].loss;
        options.label_smoothing = cases[i].smoothing;
        assert_int_equal(sm_dataset_borrow_f32(x, 4, 1, labels, 2, &dataset), SM_OK);
        assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
        assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        assert_true(summary.separated == cases[i].separated);
        assert_true(summary.accuracy == 1.0 && summary.converged);
        sm_history_free(history);
        sm_model_free(model);
        sm_dataset_free(dataset);
    }
}

static void the_bits_do_not_depend_on_threads(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_SGD, SM_SOLVER_ADAM};
    for (size_t i = 0; i < COUNT(solvers) * 4; i++) {
        made_data data = made_data_of(SM_U8, 3000, 60, CLASSES, 7);
        sm_train_options options = sm_train_options_default();
        options.solver = solvers[i / 4];
        options.max_epochs = 3;
        options.loss = i % 2 == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES;
        options.label_smoothing = 0.1;
        options.class_weights = i / 2 % 2 == 0 ? NULL : class_weights;
        float first[100 * CLASSES];
        for (size_t threads = 1; threads <= 5; threads += 2) {
            float found[100 * CLASSES];
            sm_model *const model = made_data_model(&data);
            options.threads = threads;
            assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
            assert_int_equal(sm_predict(model, data.dataset, 0, 100, SM_LOGITS, found), SM_OK);
            if (threads == 1) {
                memcpy(first, found, sizeof first);
            }
            assert_memory_equal(found, first, sizeof first);
            sm_model_free(model);
        }
        made_data_free(&data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_that_of_smoothed_targets),
        cmocka_unit_test(smoothing_moves_the_optimum),
        cmocka_unit_test(the_bound_on_the_distance_holds_with_smoothing),
        cmocka_unit_test(the_optimum_is_the_same_where_nothing_is_clipped),
        cmocka_unit_test(auto_keeps_away_from_second_derivatives),
        cmocka_unit_test(divergence_is_noticed),
        cmocka_unit_test(validation_knows_neither),
        cmocka_unit_test(with_either_there_is_a_best_model),
        cmocka_unit_test(the_bits_do_not_depend_on_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
