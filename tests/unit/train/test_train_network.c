/* Training networks with hidden layers, through the public interface: how it is done, and what
 * comes of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"

/* A network with up to two hidden layers. */
static sm_model *network(const sm_dataset *const dataset, const size_t first, const size_t second,
                         const sm_activation activation, const double dropout)
{
    sm_model *model = NULL;
    sm_layer layer = sm_layer_default(first);
    layer.activation = activation;
    layer.dropout = dropout;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    layer.units = second;
    if (second > 0) {
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

/* Training data, and fresh data of the same kind. */
typedef struct parts {
    sm_dataset *train;
    sm_dataset *test;
} parts;

static parts open_parts(const char *const data)
{
    parts both = {NULL, NULL};
    assert_int_equal(sm_dataset_open(data, &both.train), SM_OK);
    assert_int_equal(sm_dataset_open_test(data, &both.test), SM_OK);
    assert_non_null(both.test);
    return both;
}

static void free_parts(const parts *const both)
{
    sm_dataset_free(both->train);
    sm_dataset_free(both->test);
}

static sm_metrics evaluate(const sm_model *const model, const sm_dataset *const dataset)
{
    sm_metrics metrics;
    assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_OK);
    return metrics;
}

/* What one layer of each of two models holds is the same. */
static void assert_same_parameters(const sm_model *const a, const sm_model *const b)
{
    for (size_t l = 0; l < sm_model_layer_count(a); l++) {
        const sm_layer_info info = sm_model_layer_info(a, l);
        const size_t weights = info.inputs * info.outputs;
        float *const values = calloc(2 * info.parameters, sizeof *values);
        assert_non_null(values);
        float *const others = values + info.parameters;
        assert_int_equal(sm_model_get_parameters(a, l, values, values + weights), SM_OK);
        assert_int_equal(sm_model_get_parameters(b, l, others, others + weights), SM_OK);
        assert_memory_equal(values, others, info.parameters * sizeof *values);
        free(values);
    }
}

/* ---- what it reaches ---- */

/* Four blobs, 25-15-4, Adam: softmax inside the model or outside of it. */
static void blobs_with_both_organisations_of_the_loss(void **state)
{
    (void)state;
    const parts blobs = open_parts("blobs");
    for (int loss = SM_LOSS_FROM_LOGITS; loss <= SM_LOSS_FROM_PROBABILITIES; loss++) {
        sm_model *const model = network(blobs.train, 25, 15, SM_RELU, 0.0);
        sm_train_options options = sm_train_options_default();
        options.solver = SM_SOLVER_ADAM;
        options.learning_rate = 0.001;
        options.max_epochs = 10;
        options.batch_size = 32;
        options.l2 = 0.0;
        options.loss = (sm_loss)loss;
        assert_int_equal(sm_train(model, blobs.train, NULL, &options, NULL), SM_OK);
        assert_true(evaluate(model, blobs.train).accuracy >= 0.98);
        assert_true(evaluate(model, blobs.test).accuracy >= 0.98);
        sm_model_free(model);
    }
    free_parts(&blobs);
}

/* Circles one inside the other, which no model without hidden layers tells apart. */
static void circles_with_two_hidden_layers(void **state)
{
    (void)state;
    const parts circles = open_parts("circles");
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(circles.train), &model), SM_OK);
    assert_int_equal(sm_train(model, circles.train, NULL, NULL, NULL), SM_OK);
    assert_true(evaluate(model, circles.test).accuracy < 0.5);
    sm_model_free(model);

    model = network(circles.train, 25, 15, SM_RELU, 0.0);
    sm_train_options options = sm_train_options_default();
    options.learning_rate = 0.01;
    options.batch_size = 32;
    assert_int_equal(sm_train(model, circles.train, NULL, &options, NULL), SM_OK);
    assert_true(evaluate(model, circles.test).accuracy >= 0.97);
    sm_model_free(model);
    free_parts(&circles);
}

static void every_activation_learns(void **state)
{
    (void)state;
    const parts circles = open_parts("circles:classes=2");
    for (int activation = SM_RELU; activation <= SM_SIGMOID; activation++) {
        sm_model *const model = network(circles.train, 20, 0, (sm_activation)activation, 0.0);
        sm_train_options options = sm_train_options_default();
        options.learning_rate = 0.05;
        assert_int_equal(sm_train(model, circles.train, NULL, &options, NULL), SM_OK);
        assert_true(evaluate(model, circles.test).accuracy >= 0.95);
        sm_model_free(model);
    }
    free_parts(&circles);
}

/* The default solver is Adam, and says why. */
static void auto_takes_adam(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 4, 3, 1);
    sm_model *const model = network(data.dataset, 5, 0, SM_RELU, 0.0);
    sm_history *history = NULL;
    assert_int_equal(sm_train(model, data.dataset, NULL, NULL, &history), SM_OK);
    assert_int_equal(sm_history_summary(history).solver, SM_SOLVER_ADAM);
    assert_true(strlen(sm_history_summary(history).reason) > 0);
    assert_true(isnan(sm_history_summary(history).optimality_gap_bound));
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&data);
}

/* On all rows, with a smooth activation: a point where the gradient is next to none. */
static void solvers_on_all_rows_reach_their_tolerance(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG};
    made_data data = made_data_of(SM_F32, 200, 4, 3, 1);
    for (size_t s = 0; s < sizeof solvers / sizeof *solvers; s++) {
        sm_model *const model = network(data.dataset, 6, 0, SM_TANH, 0.0);
        sm_history *history = NULL;
        sm_train_options options = sm_train_options_default();
        options.solver = solvers[s];
        options.l2 = 1e-2;
        options.tolerance = 1e-4;
        const double before = evaluate(model, data.dataset).loss;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        const sm_train_summary summary = sm_history_summary(history);
        assert_true(summary.converged && !summary.stalled);
        assert_true(summary.relative_gradient_norm <= 1e-4);
        assert_true(summary.loss < 0.8 * before);
        assert_true(fabs(summary.loss - evaluate(model, data.dataset).loss) <= 1e-6);
        sm_history_free(history);
        sm_model_free(model);
    }
    made_data_free(&data);
}

/* ---- dropout ---- */

/* It changes what is learnt, and nothing of what the model says: neither on the way, in validation,
 * nor at the end. */
static void dropout_is_for_training_alone(void **state)
{
    (void)state;
    const parts blobs = open_parts("blobs");
    sm_model *const model = network(blobs.train, 50, 25, SM_RELU, 0.4);
    sm_model *const same = network(blobs.train, 50, 25, SM_RELU, 0.0);
    sm_history *history = NULL;
    sm_train_options options = sm_train_options_default();
    options.max_epochs = 20;
    assert_int_equal(sm_train(model, blobs.train, blobs.test, &options, &history), SM_OK);
    const sm_epoch last = *sm_history_epoch(history, sm_history_epochs(history) - 1);
    const sm_metrics on_train = evaluate(model, blobs.train);
    const sm_metrics on_test = evaluate(model, blobs.test);
    assert_true(on_test.accuracy >= 0.95);
    assert_true(last.loss > 1.2 * on_train.loss); /* with outputs left out, and rows' before */
    assert_true(fabs(sm_history_summary(history).loss - on_train.loss) <= 1e-6);
    assert_true(fabs(last.validation_loss - on_test.loss) <= 1e-6);
    sm_history_free(history);

    for (size_t l = 0; l < sm_model_layer_count(model); l++) {
        float parameters[51 * 50];
        const sm_layer_info info = sm_model_layer_info(model, l);
        float *const bias = parameters + info.inputs * info.outputs;
        assert_true(info.parameters <= sizeof parameters / sizeof *parameters);
        assert_int_equal(sm_model_get_parameters(model, l, parameters, bias), SM_OK);
        assert_int_equal(sm_model_set_parameters(same, l, parameters, bias), SM_OK);
    }
    assert_true(evaluate(same, blobs.test).loss == on_test.loss);
    sm_model_free(same);
    sm_model_free(model);
    free_parts(&blobs);
}

static void the_seed_decides_what_is_left_out(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 100, 4, 3, 1);
    double losses[3];
    for (size_t i = 0; i < 3; i++) {
        sm_model *const model = network(data.dataset, 30, 0, SM_RELU, 0.5);
        sm_history *history = NULL;
        sm_train_options options = sm_train_options_default();
        options.seed = i / 2;
        options.shuffle = false;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
        losses[i] = sm_history_summary(history).loss;
        sm_history_free(history);
        sm_model_free(model);
    }
    assert_true(losses[0] == losses[1]);
    assert_true(losses[0] != losses[2]);
    made_data_free(&data);
}

static void dropout_is_refused_by_solvers_that_compare_values(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG, SM_SOLVER_GD};
    made_data data = made_data_of(SM_F32, 60, 4, 3, 1);
    sm_model *const model = network(data.dataset, 5, 0, SM_RELU, 0.0);
    sm_model *const untouched = network(data.dataset, 5, 7, SM_RELU, 0.0);
    const sm_layer layer = {.units = 7, .activation = SM_RELU, .dropout = 0.5};
    assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    for (size_t s = 0; s < sizeof solvers / sizeof *solvers; s++) {
        sm_train_options options = sm_train_options_default();
        options.solver = solvers[s];
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_ERROR_ARGUMENT);
        assert_non_null(strstr(sm_error_message(), "layer 'dense_1' has dropout"));
        assert_non_null(strstr(sm_error_message(), sm_solver_name(solvers[s])));
        assert_same_parameters(model, untouched);
    }
    sm_model_free(untouched);
    sm_model_free(model);
    made_data_free(&data);
}

/* ---- on the way ---- */

static void early_stopping_keeps_the_best_epoch(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 40, 10, 3, 1); /* few: soon learnt by heart */
    made_data held_out = made_data_of(SM_F32, 300, 10, 3, 2);
    sm_model *const model = network(data.dataset, 60, 0, SM_RELU, 0.0);
    sm_history *history = NULL;
    sm_train_options options = sm_train_options_default();
    options.learning_rate = 0.02;
    options.batch_size = 10;
    options.max_epochs = 200;
    options.patience = 5;
    assert_int_equal(sm_train(model, data.dataset, held_out.dataset, &options, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    assert_true(summary.stopped_early);
    assert_int_equal(summary.best_epoch + options.patience, summary.epochs);
    const sm_epoch *const best = sm_history_epoch(history, summary.best_epoch - 1);
    const sm_epoch *const last = sm_history_epoch(history, summary.epochs - 1);
    const double loss = evaluate(model, held_out.dataset).loss;
    assert_true(fabs(loss - best->validation_loss) <= 1e-6);
    assert_true(loss < last->validation_loss);
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&held_out);
    made_data_free(&data);
}

static void class_weights_move_the_borders(void **state)
{
    (void)state;
    static const double weights[] = {1.0, 1.0, 20.0};
    made_data data = made_data_of(SM_F32, 600, 2, 3, 1);
    double recall[2];
    for (int weighted = 0; weighted < 2; weighted++) {
        sm_model *const model = network(data.dataset, 10, 0, SM_TANH, 0.0);
        sm_metrics metrics;
        sm_class_metrics classes[3];
        sm_train_options options = sm_train_options_default();
        options.learning_rate = 0.01;
        options.class_weights = weighted == 1 ? weights : NULL;
        assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_OK);
        assert_int_equal(sm_evaluate_fully(model, data.dataset, &metrics, classes, NULL, NULL),
                         SM_OK);
        recall[weighted] = classes[2].recall;
        sm_model_free(model);
    }
    assert_true(recall[0] < 0.9);
    assert_true(recall[1] > 0.95);
    made_data_free(&data);
}

/* The step that goes too far is taken back, whether the next one meets what it has done or there is
 * no next one. */
static void check_divergence(const made_data *const data, const size_t max_steps)
{
    sm_model *const model = network(data->dataset, 8, 6, SM_RELU, 0.0);
    sm_model *const stopped = network(data->dataset, 8, 6, SM_RELU, 0.0);
    sm_history *history = NULL;
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 1e25;
    options.batch_size = 50;
    options.max_steps = max_steps;
    assert_int_equal(sm_train(model, data->dataset, NULL, &options, &history), SM_ERROR_DIVERGED);
    assert_non_null(strstr(sm_error_message(), "after step 1;"));
    assert_non_null(strstr(sm_error_message(), "'dense_1'"));
    assert_non_null(history);
    assert_int_equal(sm_history_summary(history).steps, 1);
    assert_true(isfinite(sm_history_summary(history).loss));

    options.max_steps = 0;
    assert_int_equal(sm_train(stopped, data->dataset, NULL, &options, NULL), SM_OK);
    assert_same_parameters(model, stopped);
    sm_history_free(history);
    sm_model_free(stopped);
    sm_model_free(model);
}

/* Weights of about 1e25 are still finite after the step, and so is what the first layer makes of
 * the data; the second multiplies twice by such numbers. */
static void divergence_names_layer_and_step(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 200, 4, 3, 1);
    check_divergence(&data, SM_UNLIMITED);
    check_divergence(&data, 1);
    made_data_free(&data);
}

/* A logit of −∞ is a class that cannot be, which only its rows' loss tells of. */
static void divergence_to_one_side_is_named_too(void **state)
{
    (void)state;
    static const float hidden[] = {1e30F};
    static const float outputs[] = {-1e30F, 0.0F};
    static const float zeros[] = {0.0F, 0.0F};
    static const float x[] = {1.0F, 2.0F, 3.0F};
    static const int32_t labels[] = {1, 0, 1};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 3, 1, labels, 2, &dataset), SM_OK);
    sm_model *const model = network(dataset, 1, 0, SM_RELU, 0.0);
    assert_int_equal(sm_model_set_parameters(model, 0, hidden, zeros), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 1, outputs, zeros), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, NULL, NULL), SM_ERROR_DIVERGED);
    assert_non_null(strstr(sm_error_message(), "to begin with"));
    assert_non_null(strstr(sm_error_message(), "'dense_1'"));
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* Sparse rows and full ones are the same data. */
static void sparse_rows_train_as_full_ones_do(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 150, 40, 3, 1);
    made_data_thin_out(&data, 97);
    made_sparse sparse = made_sparse_of(&data);
    sm_model *const full = network(data.dataset, 16, 5, SM_RELU, 0.0);
    sm_model *const listed = network(sparse.dataset, 16, 5, SM_RELU, 0.0);
    sm_train_options options = sm_train_options_default();
    options.max_epochs = 3;
    assert_int_equal(sm_train(full, data.dataset, NULL, &options, NULL), SM_OK);
    assert_int_equal(sm_train(listed, sparse.dataset, NULL, &options, NULL), SM_OK);
    assert_true(fabs(evaluate(full, data.dataset).loss - evaluate(listed, sparse.dataset).loss) <=
                1e-5);
    sm_model_free(listed);
    sm_model_free(full);
    made_sparse_free(&sparse);
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blobs_with_both_organisations_of_the_loss),
        cmocka_unit_test(circles_with_two_hidden_layers),
        cmocka_unit_test(every_activation_learns),
        cmocka_unit_test(auto_takes_adam),
        cmocka_unit_test(solvers_on_all_rows_reach_their_tolerance),
        cmocka_unit_test(dropout_is_for_training_alone),
        cmocka_unit_test(the_seed_decides_what_is_left_out),
        cmocka_unit_test(dropout_is_refused_by_solvers_that_compare_values),
        cmocka_unit_test(early_stopping_keeps_the_best_epoch),
        cmocka_unit_test(class_weights_move_the_borders),
        cmocka_unit_test(divergence_names_layer_and_step),
        cmocka_unit_test(divergence_to_one_side_is_named_too),
        cmocka_unit_test(sparse_rows_train_as_full_ones_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
