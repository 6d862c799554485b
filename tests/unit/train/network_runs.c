#include "unit/train/network_runs.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "support/slow.h"
#include "support/thread_counts.h"

const plan plans[PLANS] = {
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

/* Where time is short a third of the plans do for the solvers: what depends on the processor, and
 * runs on threads, is the objective, which test_network_threads.c evaluates on all of them. */
enum { PLANS_APART = RUNS_SLOWLY ? 3 : 1, MOST_STEPS = RUNS_SLOWLY ? 2 : 4 };

sm_model *network_for(const made_data *const data, const plan *const of, const double dropout)
{
    sm_model *model = NULL;
    sm_shape shape = sm_dataset_shape(data->dataset);
    shape.shift += of->shift;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    for (size_t l = 0; l < sizeof of->units / sizeof *of->units; l++) {
        sm_layer layer = sm_layer_default(of->units[l]);
        layer.activation = l == 0 ? SM_RELU : SM_TANH;
        layer.dropout = dropout;
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

made_data data_for(const plan *const of, const uint64_t seed)
{
    made_data data = made_data_of(of->element, of->rows, of->features, of->classes, seed);
    if (of->thinned > 0) {
        made_data_thin_out(&data, of->thinned);
    }
    return data;
}

trained train(const char *const folder, const made_data *const data,
              const made_data *const held_out, const plan *const of, sm_train_options options,
              const size_t threads)
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

void check_same(const trained *const one, const trained *const many)
{
    assert_int_equal(one->size, many->size);
    assert_memory_equal(one->file, many->file, one->size);
    assert_true(one->summary.steps == many->summary.steps);
    assert_memory_equal(&one->summary.loss, &many->summary.loss, sizeof(double));
    assert_memory_equal(&one->summary.gradient_norm, &many->summary.gradient_norm, sizeof(double));
}

static void check_solver(const char *const folder, const made_data *const data,
                         const made_data *const held_out, const plan *const of,
                         const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.max_epochs = 2;
    options.max_steps = MOST_STEPS;
    options.tolerance = 0.0;
    options.batch_size = of->batch;
    options.momentum = solver == SM_SOLVER_SGD ? 0.9 : 0.0;
    trained one = train(folder, data, held_out, of, options, thread_counts[0]);
    assert_true(one.summary.steps > 0);
    for (size_t t = 1; t < THREAD_COUNTS; t++) {
        trained many = train(folder, data, held_out, of, options, thread_counts[t]);
        check_same(&one, &many);
        free(many.file);
    }
    free(one.file);
}

void check_solvers(void **const state, const sm_solver *const solvers, const size_t count)
{
    for (size_t p = 0; p < PLANS; p += PLANS_APART) {
        made_data data = data_for(&plans[p], 1);
        made_data held_out = data_for(&plans[p], 2);
        for (size_t s = 0; s < count; s++) {
            check_solver(*state, &data, &held_out, &plans[p], solvers[s]);
        }
        made_data_free(&held_out);
        made_data_free(&data);
    }
}
