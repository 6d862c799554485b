/* Any number of threads gives a network the same bits: objective, gradient and curvature on each of
 * the ways that rows take, and the saved file at the end of training. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/scratch.h"
#include "train/network_objective.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const size_t thread_counts[] = {1, 2, 3, 5, 8};

typedef struct plan {
    sm_element element;
    size_t rows;
    size_t features;
    size_t classes;
    size_t units[2];
    size_t thinned; /* but one entry in so many is 0; 0: none is made so */
    float shift;    /* of what the data have */
    size_t batch;   /* rows in no order, beside all of them */
} plan;

/* What rows and parameters make of it: see network_objective.h. */
static const plan plans[] = {
    {SM_F32, 1, 3, 2, {4, 3}, 0, 0.0F, 1},           /* next to nothing */
    {SM_U8, 300, 20, 5, {25, 15}, 0, 0.0F, 32},      /* one thread is enough */
    {SM_F32, 900, 200, 10, {128, 64}, 0, 0.5F, 130}, /* all threads on the same rows */
    {SM_U8, 700, 200, 10, {128, 64}, 97, 0.0F, 512}, /* the same with lists */
    {SM_F32, 700, 200, 10, {100, 70}, 97, 0.5F, 90}, /* the same, shifted */
    {SM_F32, 5000, 30, 4, {50, 15}, 0, 0.0F, 2500},  /* chunks */
    {SM_U8, 5000, 30, 4, {48, 15}, 97, 0.0F, 2500},  /* chunks of lists */
    {SM_F32, 5000, 30, 4, {25, 15}, 97, 0.5F, 4100}, /* the same, shifted */
    {SM_F32, 20011, 3, 2, {30, 5}, 0, 0.0F, 9000},   /* chunks that flush */
};

static sm_model *network_for(const made_data *const data, const plan *const of,
                             const double dropout)
{
    sm_model *model = NULL;
    sm_shape shape = sm_dataset_shape(data->dataset);
    shape.shift += of->shift;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    for (size_t l = 0; l < COUNT(of->units); l++) {
        sm_layer layer = sm_layer_default(of->units[l]);
        layer.activation = l == 0 ? SM_RELU : SM_TANH;
        layer.dropout = dropout;
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

static made_data data_for(const plan *const of, const uint64_t seed)
{
    made_data data = made_data_of(of->element, of->rows, of->features, of->classes, seed);
    if (of->thinned > 0) {
        made_data_thin_out(&data, of->thinned);
    }
    return data;
}

/* ---- the objective ---- */

/* Values and vectors, one behind the other. */
typedef struct outcome {
    smi_value values[4];
    float *vectors; /* gradient, curvature, gradient of the batch: 3 × count */
    size_t count;
} outcome;

static outcome evaluate(const made_data *const data, const sm_model *const model,
                        const plan *const of, const size_t threads)
{
    smi_pool *pool = NULL;
    smi_network_objective *objective = NULL;
    assert_int_equal(smi_pool_create(threads, &pool), SM_OK);
    assert_int_equal(smi_network_objective_create(model, data->dataset, 1e-3, SMI_PASS_CURVATURE, 3,
                                                  pool, &objective),
                     SM_OK);
    const smi_objective view = smi_network_objective_view(objective);
    const size_t count = view.parameter_count;
    float *const direction = calloc(count, sizeof *direction);
    size_t *const rows = calloc(of->batch, sizeof *rows);
    outcome result = {.vectors = calloc(3 * count, sizeof *result.vectors), .count = count};
    for (size_t i = 0; i < count; i++) {
        direction[i] = (float)cos(5.0 * (double)i);
    }
    for (size_t i = 0; i < of->batch; i++) {
        rows[i] = (i * i * 7 + 3 * i) % of->rows;
    }
    const float *const at = model->parameters;
    result.values[0] = smi_evaluate_all(&view, at, result.vectors);
    result.values[1] = smi_evaluate_all(&view, at, NULL);
    view.curvature(view.context, at, direction, result.vectors + count);
    view.begin_step(view.context, 7);
    result.values[2] = smi_evaluate(&view, at, rows, of->batch, result.vectors + 2 * count);
    result.values[3] = smi_evaluate(&view, at, rows, of->batch, NULL);
    free(direction);
    free(rows);
    smi_network_objective_free(objective);
    smi_pool_free(pool);
    return result;
}

static void the_objective_has_the_same_bits(void **state)
{
    (void)state;
    for (size_t p = 0; p < COUNT(plans); p++) {
        made_data data = data_for(&plans[p], 1);
        sm_model *const model = network_for(&data, &plans[p], 0.25);
        const outcome one = evaluate(&data, model, &plans[p], 1);
        assert_true(isfinite(one.values[0].objective) && isfinite(one.values[2].objective));
        assert_true(one.values[0].loss > 0.0);
        for (size_t t = 1; t < COUNT(thread_counts); t++) {
            const outcome many = evaluate(&data, model, &plans[p], thread_counts[t]);
            assert_memory_equal(one.values, many.values, sizeof one.values);
            assert_memory_equal(one.vectors, many.vectors, 3 * one.count * sizeof *one.vectors);
            free(many.vectors);
        }
        free(one.vectors);
        sm_model_free(model);
        made_data_free(&data);
    }
}

/* ---- training ---- */

typedef struct trained {
    uint8_t *file;
    size_t size;
    sm_train_summary summary;
} trained;

static trained train(const char *const folder, const made_data *const data,
                     const made_data *const held_out, const plan *const of,
                     sm_train_options options, const size_t threads)
{
    const scratch_path path = path_in(folder, "model");
    const bool minibatches = options.solver >= SM_SOLVER_SGD;
    sm_model *const model = network_for(data, of, minibatches ? 0.25 : 0.0);
    sm_history *history = NULL;
    trained result = {0};
    options.threads = threads;
    assert_int_equal(sm_train(model, data->dataset, held_out->dataset, &options, &history), SM_OK);
    assert_int_equal(sm_model_save(model, path.text), SM_OK);
    result.file = read_file(path.text, &result.size);
    assert_non_null(result.file);
    result.summary = sm_history_summary(history);
    sm_history_free(history);
    sm_model_free(model);
    return result;
}

static void check_same(const trained *const one, const trained *const many)
{
    assert_int_equal(one->size, many->size);
    assert_memory_equal(one->file, many->file, one->size);
    assert_true(one->summary.steps == many->summary.steps);
    assert_memory_equal(&one->summary.loss, &many->summary.loss, sizeof(double));
    assert_memory_equal(&one->summary.gradient_norm, &many->summary.gradient_norm, sizeof(double));
}

static void check_solver(void **const state, const sm_solver solver)
{
    for (size_t p = 0; p < COUNT(plans); p++) {
        made_data data = data_for(&plans[p], 1);
        made_data held_out = data_for(&plans[p], 2);
        sm_train_options options = sm_train_options_default();
        options.solver = solver;
        options.max_epochs = 2;
        options.max_steps = 8;
        options.tolerance = 0.0;
        options.batch_size = plans[p].batch;
        options.momentum = solver == SM_SOLVER_SGD ? 0.9 : 0.0;
        trained one = train(*state, &data, &held_out, &plans[p], options, 1);
        assert_true(one.summary.steps > 0);
        for (size_t t = 1; t < COUNT(thread_counts); t++) {
            trained many = train(*state, &data, &held_out, &plans[p], options, thread_counts[t]);
            check_same(&one, &many);
            free(many.file);
        }
        free(one.file);
        made_data_free(&held_out);
        made_data_free(&data);
    }
}

static void solvers_on_all_rows_give_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_LBFGS);
    check_solver(state, SM_SOLVER_NEWTON_CG);
    check_solver(state, SM_SOLVER_GD);
}

static void solvers_on_minibatches_give_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_AUTO);
    check_solver(state, SM_SOLVER_SGD);
    check_solver(state, SM_SOLVER_ADAM);
    check_solver(state, SM_SOLVER_ADAMW);
    check_solver(state, SM_SOLVER_ADAGRAD);
    check_solver(state, SM_SOLVER_FTRL);
}

static void l1_gives_the_same_bits(void **state)
{
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_GD, SM_SOLVER_ADAM,
                                        SM_SOLVER_FTRL};
    const plan of = plans[5];
    made_data data = data_for(&of, 1);
    for (size_t s = 0; s < COUNT(solvers); s++) {
        sm_train_options options = sm_train_options_default();
        options.solver = solvers[s];
        options.l1 = 1e-3;
        options.max_epochs = 3;
        trained one = train(*state, &data, &data, &of, options, 1);
        trained many = train(*state, &data, &data, &of, options, 5);
        check_same(&one, &many);
        free(one.file);
        free(many.file);
    }
    made_data_free(&data);
}

/* Each instruction set keeps the promise for itself. */
static void every_instruction_set_gives_the_same_bits(void **state)
{
    static const char *const sets[] = {"reference", "x86_64", "avx2", "avx512", "neon"};
    static const size_t of_plans[] = {2, 3, 6};
    for (size_t i = 0; i < COUNT(sets) * COUNT(of_plans); i++) {
        const plan *const of = &plans[of_plans[i % COUNT(of_plans)]];
        assert_int_equal(setenv("SOFTMAX_ISA", sets[i / COUNT(of_plans)], 1), 0);
        if (strcmp(sm_isa(), sets[i / COUNT(of_plans)]) != 0) {
            continue; /* not here */
        }
        made_data data = data_for(of, 1);
        sm_train_options options = sm_train_options_default();
        options.solver = SM_SOLVER_ADAM;
        options.batch_size = of->batch;
        options.max_steps = 3;
        trained one = train(*state, &data, &data, of, options, 1);
        trained many = train(*state, &data, &data, of, options, 5);
        check_same(&one, &many);
        free(one.file);
        free(many.file);
        made_data_free(&data);
    }
    assert_int_equal(unsetenv("SOFTMAX_ISA"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_objective_has_the_same_bits),
        cmocka_unit_test_setup_teardown(solvers_on_all_rows_give_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(solvers_on_minibatches_give_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(l1_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(every_instruction_set_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
