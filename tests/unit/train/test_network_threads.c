/* Any number of threads gives a network the same bits: objective, gradient and curvature on each of
 * the ways that rows take, and the saved file at the end of training, with l1 and in each
 * instruction set; test_network_solvers_*.c have every solver. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "support/slow.h"
#include "support/thread_counts.h"
#include "train/network_objective.h"
#include "unit/train/network_runs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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
    view.look_closely(view.context, at);
    view.curvature(view.context, direction, result.vectors + count);
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
    for (size_t p = 0; p < PLANS; p++) {
        made_data data = data_for(&plans[p], 1);
        sm_model *const model = network_for(&data, &plans[p], 0.25);
        const outcome one = evaluate(&data, model, &plans[p], 1);
        assert_true(isfinite(one.values[0].objective) && isfinite(one.values[2].objective));
        assert_true(one.values[0].loss > 0.0);
        for (size_t t = 1; t < THREAD_COUNTS; t++) {
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

static void l1_gives_the_same_bits(void **state)
{
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_GD, SM_SOLVER_ADAM,
                                        SM_SOLVER_FTRL};
    const plan of = plans[5];
    made_data data = data_for(&of, 1);
    for (size_t s = 0; s < COUNT(solvers); s += RUN_IN_EMULATOR ? 3 : 1) {
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
    static const size_t of_plans[] = {6, 2, 3};
    for (size_t i = 0; i < COUNT(sets) * COUNT(of_plans); i++) {
        const size_t set = i / COUNT(of_plans);
        const size_t which = i % COUNT(of_plans);
        const plan *const of = &plans[of_plans[which]];
        assert_int_equal(setenv("SOFTMAX_ISA", sets[set], 1), 0);
        if (strcmp(sm_isa(), sets[set]) != 0) {
            continue; /* not here */
        }
        if (RUNS_SLOWLY && which != set % COUNT(of_plans)) {
            continue; /* one plan each is enough where time is short */
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
        cmocka_unit_test_setup_teardown(l1_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(every_instruction_set_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
