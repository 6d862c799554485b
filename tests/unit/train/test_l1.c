/* The L1 penalty: every solver that can have it against proximal gradient descent in double
 * precision, and the conditions of a minimum. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "train/l1.h"
#include "train/solver.h"
#include "unit/train/exact_minimum.h"
#include "unit/train/fake_objective.h"

enum { FEATURES = 5, CLASSES = 3, WEIGHTS = FEATURES * CLASSES, COUNT = WEIGHTS + CLASSES };

static made_data data_of(const uint64_t seed)
{
    return made_data_of(SM_F32, 150, FEATURES, CLASSES, seed);
}

static double absolute_sum(const double *const w)
{
    double sum = 0.0;
    for (size_t i = 0; i < WEIGHTS; i++) {
        sum += fabs(w[i]);
    }
    return sum;
}

static double threshold(const double value, const double amount)
{
    return value > amount ? value - amount : value < -amount ? value + amount : 0.0;
}

/* The minimum of value + l1 · ‖kernel‖₁ by proximal steps until they lead nowhere, each from a
 * point a little farther on than the last step led; where that overshot, it begins anew. w: out. */
static double reference_minimum(const made_data *const data, const double l1, const double l2,
                                double *const w)
{
    const double rate = 0.2;
    double from[COUNT] = {0.0};
    double gradient[COUNT];
    double moved = INFINITY;
    double momentum = 1.0;
    memset(w, 0, COUNT * sizeof *w);
    for (size_t step = 0; moved > 1e-14; step++) {
        double overshot = 0.0;
        double next[COUNT];
        assert_true(step < 20000);
        moved = 0.0;
        (void)exact_derivatives(data, l2, from, gradient, NULL);
        for (size_t i = 0; i < COUNT; i++) {
            const double x = from[i] - rate * gradient[i];
            next[i] = i < WEIGHTS ? threshold(x, rate * l1) : x;
            moved = fmax(moved, fabs(next[i] - from[i]));
            overshot += (from[i] - next[i]) * (next[i] - w[i]);
        }
        const double before = overshot > 0.0 ? 1.0 : momentum;
        momentum = (1.0 + sqrt(1.0 + 4.0 * before * before)) / 2.0;
        for (size_t i = 0; i < COUNT; i++) {
            from[i] = next[i] + (before - 1.0) / momentum * (next[i] - w[i]);
            w[i] = next[i];
        }
    }
    return exact_derivatives(data, l2, w, gradient, NULL) + l1 * absolute_sum(w);
}

static sm_train_options options_of(const sm_solver solver, const double l1, const double l2)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.l1 = l1;
    options.l2 = l2;
    options.threads = 1;
    return options;
}

/* What training comes to: the objective, computed exactly. w: out. */
static double trained(const made_data *const data, const sm_train_options *const options,
                      double *const w, sm_train_summary *const summary)
{
    sm_model *const model = made_data_model(data);
    sm_history *history = NULL;
    float kernel[WEIGHTS];
    float bias[CLASSES];
    double gradient[COUNT];
    assert_int_equal(sm_train(model, data->dataset, NULL, options, &history), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    for (size_t i = 0; i < COUNT; i++) {
        w[i] = i < WEIGHTS ? (double)kernel[i] : (double)bias[i - WEIGHTS];
    }
    *summary = sm_history_summary(history);
    sm_history_free(history);
    sm_model_free(model);
    return exact_derivatives(data, options->l2, w, gradient, NULL) + options->l1 * absolute_sum(w);
}

static size_t zeros_of(const double *const w)
{
    size_t zeros = 0;
    for (size_t i = 0; i < WEIGHTS; i++) {
        zeros += w[i] == 0.0;
    }
    return zeros;
}

static const double penalties[][2] = {{0.002, 0.0}, {0.02, 0.0},   {0.05, 0.0},
                                      {0.02, 0.01}, {0.002, 1e-4}, {0.1, 0.1}};

static void lbfgs_reaches_the_minimum_and_its_zeros(void **state)
{
    (void)state;
    size_t zeros = 0;
    for (size_t p = 0; p < sizeof penalties / sizeof *penalties; p++) {
        for (uint64_t seed = 1; seed <= 3; seed++) {
            made_data data = data_of(seed);
            sm_train_options options =
                options_of(SM_SOLVER_LBFGS, penalties[p][0], penalties[p][1]);
            double expected[COUNT];
            double w[COUNT];
            sm_train_summary summary;
            options.tolerance = 1e-5;
            const double minimum =
                reference_minimum(&data, penalties[p][0], penalties[p][1], expected);
            const double value = trained(&data, &options, w, &summary);
            assert_true(summary.converged);
            assert_true(value <= minimum * (1.0 + 1e-6));
            assert_true(fabs(summary.objective - value) <= 1e-6 * value);
            assert_int_equal(zeros_of(w), zeros_of(expected));
            zeros += zeros_of(w);
            made_data_free(&data);
        }
    }
    assert_true(zeros > 50); /* of 270: the case is not empty */
}

static void without_l1_nothing_is_exactly_zero(void **state)
{
    (void)state;
    made_data data = data_of(1);
    const sm_train_options options = options_of(SM_SOLVER_LBFGS, 0.0, 0.01);
    double w[COUNT];
    sm_train_summary summary;
    (void)trained(&data, &options, w, &summary);
    assert_int_equal(zeros_of(w), 0);
    made_data_free(&data);
}

/* All rows in a batch, and many steps: then the minimum has to be that of the whole objective. */
static void check_first_order(const sm_solver solver, const double rate, const double momentum,
                              const bool nesterov)
{
    made_data data = data_of(2);
    const double l1 = 0.02;
    const double l2 = 0.01;
    sm_train_options options = options_of(solver, l1, l2);
    double expected[COUNT];
    double w[COUNT];
    sm_train_summary summary;
    options.learning_rate = rate;
    options.momentum = momentum;
    options.nesterov = nesterov;
    options.batch_size = 1000;
    options.max_epochs = 8000;
    options.tolerance = 0.0;
    const double minimum = reference_minimum(&data, l1, l2, expected);
    const double value = trained(&data, &options, w, &summary);
    assert_true(value <= minimum * (1.0 + 1e-4));
    assert_true(summary.relative_gradient_norm < 0.05);
    assert_true(zeros_of(expected) > 2);
    assert_int_equal(zeros_of(w), zeros_of(expected));
    made_data_free(&data);
}

static void gd_takes_proximal_steps(void **state)
{
    (void)state;
    check_first_order(SM_SOLVER_GD, 0.2, 0.0, false);
}

static void sgd_takes_proximal_steps(void **state)
{
    (void)state;
    check_first_order(SM_SOLVER_SGD, 0.2, 0.0, false);
    check_first_order(SM_SOLVER_SGD, 0.05, 0.9, false);
    check_first_order(SM_SOLVER_SGD, 0.05, 0.9, true);
}

static void adam_takes_proximal_steps(void **state)
{
    (void)state;
    check_first_order(SM_SOLVER_ADAM, 0.001, 0.0, false);
}

static void adagrad_takes_proximal_steps(void **state)
{
    (void)state;
    check_first_order(SM_SOLVER_ADAGRAD, 0.2, 0.0, false);
}

static void ftrl_has_l1_within(void **state)
{
    (void)state;
    check_first_order(SM_SOLVER_FTRL, 0.2, 0.0, false);
}

/* So strong that all weights stay 0: the biases alone are learnt, as the shares of the classes. */
static void a_strong_penalty_leaves_the_biases(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_GD, SM_SOLVER_FTRL};
    for (size_t s = 0; s < 3; s++) {
        made_data data = data_of(3);
        sm_train_options options = options_of(solvers[s], 10.0, 0.0);
        double w[COUNT];
        sm_train_summary summary;
        size_t counts[CLASSES] = {0};
        options.batch_size = 1000;
        options.max_epochs = 2000;
        (void)trained(&data, &options, w, &summary);
        for (size_t r = 0; r < data.rows; r++) {
            counts[data.labels[r]]++;
        }
        assert_int_equal(zeros_of(w), WEIGHTS);
        for (size_t c = 1; c < CLASSES; c++) {
            assert_true(fabs(w[WEIGHTS + c] - w[WEIGHTS] -
                             log((double)counts[c] / (double)counts[0])) <= 1e-3);
        }
        made_data_free(&data);
    }
}

static void the_smallest_subgradient_is_found(void **state)
{
    (void)state;
    const smi_objective objective = {.parameter_count = 6, .penalized_count = 5};
    static const float parameters[] = {1.0F, -1.0F, 0.0F, 0.0F, 0.0F, 0.0F};
    static const float gradient[] = {0.25F, 0.25F, 0.25F, 0.75F, -0.75F, 0.25F};
    static const float expected[] = {0.75F, -0.25F, 0.0F, 0.25F, -0.25F, 0.25F};
    float result[6];
    smi_l1_subgradient(&objective, 0.5, parameters, gradient, result);
    for (size_t i = 0; i < 6; i++) {
        assert_true(result[i] == expected[i]);
    }
    smi_l1_subgradient(&objective, 0.0, parameters, gradient, result);
    assert_memory_equal(result, gradient, sizeof gradient);
    assert_true(smi_l1_penalty(&objective, 0.5, parameters) == 1.0);
    assert_false(signbit(smi_soft_threshold(-0.25F, 0.5F)));
}

/* A quadratic: ½ Σ i·(x_i − 1)² + l1 · Σ |x_i| has x_i = max(0, 1 − l1/i), for i = 1, 2, … */
static double bowl(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i++) {
        gradient[i] = (double)(i + 1) * (x[i] - 1.0);
        value += 0.5 * gradient[i] * (x[i] - 1.0);
    }
    return value;
}

static void check_bowl(smi_solver *const solve)
{
    fake_objective fake = {.function = bowl, .count = 10, .penalized = 9};
    const smi_objective objective = fake_view(&fake);
    sm_train_options options = options_of(SM_SOLVER_LBFGS, 3.5, 0.0);
    sm_history *history = NULL;
    float x[10] = {0.0F, -1.0F, 2.0F, 0.0F, -0.5F, 3.0F, 0.0F, 0.0F, 0.0F, 5.0F};
    options.tolerance = 1e-6;
    assert_int_equal(fake_solve(solve, &objective, &options, x, &history), SM_OK);
    assert_true(sm_history_summary(history).steps < 50);
    for (size_t i = 0; i < 10; i++) {
        const double expected = i < 9 ? fmax(0.0, 1.0 - 3.5 / (double)(i + 1)) : 1.0;
        assert_true(fabs((double)x[i] - expected) <= 1e-4);
        assert_true(expected != 0.0 || x[i] == 0.0F);
    }
    sm_history_free(history);
}

static void a_quadratic_with_corners_is_solved(void **state)
{
    (void)state;
    check_bowl(smi_solve_proximal);
    check_bowl(smi_solve_owlqn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lbfgs_reaches_the_minimum_and_its_zeros),
        cmocka_unit_test(without_l1_nothing_is_exactly_zero),
        cmocka_unit_test(gd_takes_proximal_steps),
        cmocka_unit_test(sgd_takes_proximal_steps),
        cmocka_unit_test(adam_takes_proximal_steps),
        cmocka_unit_test(adagrad_takes_proximal_steps),
        cmocka_unit_test(ftrl_has_l1_within),
        cmocka_unit_test(a_strong_penalty_leaves_the_biases),
        cmocka_unit_test(the_smallest_subgradient_is_found),
        cmocka_unit_test(a_quadratic_with_corners_is_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
