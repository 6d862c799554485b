/* The loop on minibatches: what it tells the objective, and rules that run in slices. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/run_solver.h"
#include "sys/pool.h"
#include "train/history.h"

/* Enough parameters for several slices, the last of them short and under the penalties in part. */
enum { COUNT = 100003, PENALIZED = COUNT - 1234, ROWS = 10, MOST_CALLS = 64 };

/* ½ Σ (1 + i mod 7) · (x_i − i mod 5)², each row the same. */
typedef struct bowl {
    size_t count;
    size_t calls;
    size_t steps[MOST_CALLS];      /* what begin_step() was told, and */
    bool evaluated_at[MOST_CALLS]; /* whether an evaluation followed */
} bowl;

static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    bowl *const self = context;
    double value = 0.0;
    (void)rows;
    (void)count;
    for (size_t i = 0; i < self->count; i++) {
        const float away = parameters[i] - (float)(i % 5);
        gradient[i] = (float)(1 + i % 7) * away;
        value += 0.5 * (double)gradient[i] * (double)away;
    }
    if (self->calls > 0) {
        self->evaluated_at[self->calls - 1] = true;
    }
    return (smi_value){.objective = value, .loss = value};
}

static void begin_step(void *const context, const size_t step)
{
    bowl *const self = context;
    assert_true(self->calls < MOST_CALLS);
    self->steps[self->calls++] = step;
}

/* Runs a solver from the parameters x. */
static sm_status solve(smi_solver *const solver, const sm_train_options *const options,
                       const smi_objective *const objective, float *const x)
{
    sm_history *history = NULL;
    smi_fit fit;
    float *const finite = calloc(objective->parameter_count, sizeof *finite);
    assert_non_null(finite);
    assert_int_equal(smi_history_create(&history), SM_OK);
    smi_fit_start(&fit, options, ROWS, (ROWS - 1) / options->batch_size + 1, NULL, history);
    const sm_status status = run_solver(solver, objective, &fit, x, finite);
    sm_history_free(history);
    free(finite);
    return status;
}

static void the_objective_is_told_of_each_step(void **state)
{
    (void)state;
    bowl self = {.count = 3};
    const smi_objective objective = {.parameter_count = 3,
                                     .penalized_count = 3,
                                     .row_count = ROWS,
                                     .context = &self,
                                     .evaluate = evaluate,
                                     .begin_step = begin_step};
    sm_train_options options = sm_train_options_default();
    float x[3] = {1.0F, 2.0F, 3.0F};
    options.solver = SM_SOLVER_SGD;
    options.batch_size = 4;
    options.max_steps = 7;
    assert_int_equal(solve(smi_solve_sgd, &options, &objective, x), SM_OK);
    assert_int_equal(self.calls, 8);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(self.steps[i], i + 1);
        assert_true(self.evaluated_at[i]);
    }
    assert_int_equal(self.steps[7], 0);
    assert_false(self.evaluated_at[7]);
}

/* Also when it ends by divergence. */
static void the_last_word_is_0(void **state)
{
    (void)state;
    bowl self = {.count = 1};
    const smi_objective objective = {.parameter_count = 1,
                                     .row_count = ROWS,
                                     .context = &self,
                                     .evaluate = evaluate,
                                     .begin_step = begin_step};
    sm_train_options options = sm_train_options_default();
    float x = 1.0F;
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 1e30;
    options.max_steps = 50;
    assert_int_equal(solve(smi_solve_sgd, &options, &objective, &x), SM_ERROR_DIVERGED);
    assert_true(self.calls >= 2);
    assert_int_equal(self.steps[self.calls - 1], 0);
}

/* The parameters of `solver` after a few steps, on a pool of so many threads; 0: without a pool. */
static void run(smi_solver *const solver, const sm_train_options *const options,
                const size_t threads, float *const x)
{
    bowl self = {.count = COUNT};
    smi_objective objective = {.parameter_count = COUNT,
                               .penalized_count = PENALIZED,
                               .row_count = ROWS,
                               .context = &self,
                               .evaluate = evaluate};
    if (threads > 0) {
        assert_int_equal(smi_pool_create(threads, &objective.pool), SM_OK);
    }
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = (float)(i % 11) - 4.0F;
    }
    assert_int_equal(solve(solver, options, &objective, x), SM_OK);
    smi_pool_free(objective.pool);
}

/* Every 385 = 5 · 7 · 11 parameters the problem comes again, and so must the result, wherever
 * slices and vectors begin and end. */
static void check_periods(const float *const x)
{
    enum { PERIOD = 385 };
    for (size_t i = PERIOD; i < PENALIZED; i++) {
        assert_memory_equal(&x[i], &x[i - PERIOD], sizeof *x);
    }
    for (size_t i = PENALIZED + PERIOD; i < COUNT; i++) {
        assert_memory_equal(&x[i], &x[i - PERIOD], sizeof *x);
    }
}

static void slices_change_no_bit(void **state)
{
    (void)state;
    smi_solver *const solvers[] = {smi_solve_sgd, smi_solve_adam, smi_solve_adamw,
                                   smi_solve_adagrad, smi_solve_ftrl};
    float *const one = calloc(2 * COUNT, sizeof *one);
    assert_non_null(one);
    float *const many = one + COUNT;
    for (size_t s = 0; s < sizeof solvers / sizeof *solvers; s++) {
        for (int variant = 0; variant < 3; variant++) {
            sm_train_options options = sm_train_options_default();
            options.solver = SM_SOLVER_SGD + (sm_solver)s;
            options.batch_size = 3;
            options.max_steps = 6;
            options.l1 = variant == 0 ? 0.0 : 0.05;
            options.momentum = variant == 0 ? 0.0 : 0.9;
            options.nesterov = variant == 2;
            run(solvers[s], &options, 0, one);
            check_periods(one);
            for (size_t threads = 1; threads <= 4; threads++) {
                run(solvers[s], &options, threads, many);
                assert_memory_equal(one, many, COUNT * sizeof *one);
            }
        }
    }
    free(one);
}

/* One step of gradient descent is as long as the rate times what is left of the gradient. */
static void a_long_gradient_is_cut_down_to_a_norm(void **state)
{
    (void)state;
    static const struct {
        double clip_norm;
        double length;
    } cases[] = {{INFINITY, 5.0}, {6.0, 5.0}, {5.0, 5.0}, {2.0, 2.0}, {1e-6, 1e-6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bowl at = {.count = 2};
        float x[] = {3.0F, 3.0F}; /* the gradient is 1 · 3, 2 · (3 − 1) */
        const smi_objective objective = {.parameter_count = 2,
                                         .penalized_count = 0,
                                         .row_count = ROWS,
                                         .context = &at,
                                         .evaluate = evaluate};
        sm_train_options options = sm_train_options_default();
        options.solver = SM_SOLVER_SGD;
        options.learning_rate = 0.5;
        options.max_steps = 1;
        options.clip_norm = cases[i].clip_norm;
        assert_int_equal(solve(smi_solve_sgd, &options, &objective, x), SM_OK);
        const double moved = hypot((double)x[0] - 3.0, (double)x[1] - 3.0);
        assert_true(fabs(moved - 0.5 * cases[i].length) <= 1e-6 * moved + 3e-7);
        assert_true(fabs(((double)x[1] - 3.0) * 3.0 - ((double)x[0] - 3.0) * 4.0) <= 3e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_objective_is_told_of_each_step),
        cmocka_unit_test(the_last_word_is_0),
        cmocka_unit_test(slices_change_no_bit),
        cmocka_unit_test(a_long_gradient_is_cut_down_to_a_norm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
