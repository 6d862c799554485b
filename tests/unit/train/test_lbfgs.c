/* L-BFGS on functions whose minimum is known, and on softmax regression against Newton's method. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "train/history.h"
#include "train/solver.h"
#include "unit/train/exact_minimum.h"
#include "unit/train/exact_objective.h"
#include "unit/train/fake_objective.h"

static sm_train_options lbfgs_options(const double tolerance)
{
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_LBFGS;
    options.tolerance = tolerance;
    options.threads = 1;
    return options;
}

/* Runs on a function of `count` variables from x, to x; returns the number of steps. */
static size_t minimise(fake_function *const function, const size_t count, float *const x,
                       const sm_train_options *const options)
{
    fake_objective fake = {.function = function, .count = count};
    const smi_objective objective = fake_view(&fake);
    sm_history *history = NULL;
    assert_int_equal(fake_solve(smi_solve_lbfgs, &objective, options, x, &history), SM_OK);
    const size_t steps = sm_history_summary(history).steps;
    sm_history_free(history);
    return steps;
}

/* ---- known minima ---- */

/* Convex, with curvatures from 1 to 1000. */
static double ellipsoid(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double curvature = pow(1000.0, (double)i / (double)(count - 1));
        const double distance = x[i] - (double)(i % 4);
        gradient[i] = curvature * distance;
        value += 0.5 * curvature * distance * distance;
    }
    return value;
}

static void a_convex_quadratic_is_solved(void **state)
{
    (void)state;
    static const size_t sizes[] = {2, 5, 10, 50};
    static const size_t histories[] = {1, 3, 10, 100};
    for (size_t s = 0; s < 4; s++) {
        for (size_t h = 0; h < 4; h++) {
            sm_train_options options = lbfgs_options(1e-6);
            float x[FAKE_MOST_PARAMETERS] = {0.0F};
            options.history_size = histories[h];
            const size_t steps = minimise(ellipsoid, sizes[s], x, &options);
            assert_true(steps < 1000);
            for (size_t i = 0; i < sizes[s]; i++) {
                /* ‖gradient‖ ≤ 1e-6 · ‖gradient at 0‖, which is below 1e4, over curvature 1 */
                assert_true(fabs((double)x[i] - (double)(i % 4)) <= 1e-2);
            }
        }
    }
}

/* The extended function of Rosenbrock (Moré, Garbow and Hillstrom, "Testing unconstrained
 * optimization software", ACM TOMS 7 (1981), problem 21): minimum 0 at (1, …, 1). */
static double rosenbrock(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i += 2) {
        const double valley = x[i + 1] - x[i] * x[i];
        const double rest = 1.0 - x[i];
        value += 100.0 * valley * valley + rest * rest;
        gradient[i] = -400.0 * valley * x[i] - 2.0 * rest;
        gradient[i + 1] = 200.0 * valley;
    }
    return value;
}

static void check_rosenbrock(const size_t count)
{
    const sm_train_options options = lbfgs_options(1e-4);
    float x[FAKE_MOST_PARAMETERS];
    for (size_t i = 0; i < count; i++) {
        x[i] = i % 2 == 0 ? -1.2F : 1.0F;
    }
    const size_t steps = minimise(rosenbrock, count, x, &options);
    assert_true(steps < 100); /* others take about 35 */
    for (size_t i = 0; i < count; i++) {
        assert_true(fabs((double)x[i] - 1.0) <= 2e-3);
    }
}

static void rosenbrocks_valley_is_followed_to_its_end(void **state)
{
    (void)state;
    check_rosenbrock(2);
    check_rosenbrock(20);
}

/* Not convex: pairs whose curvature is negative must not be believed. */
static double waves(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i++) {
        value += cos(x[i]) + 0.001 * x[i] * x[i];
        gradient[i] = -sin(x[i]) + 0.002 * x[i];
    }
    return value;
}

static void a_function_that_is_not_convex_ends_in_a_valley(void **state)
{
    (void)state;
    sm_train_options options = lbfgs_options(0.0);
    float x[8];
    double at[8];
    double gradient[8];
    for (size_t i = 0; i < 8; i++) {
        x[i] = 0.1F + 0.05F * (float)i; /* near the top */
    }
    (void)minimise(waves, 8, x, &options);
    for (size_t i = 0; i < 8; i++) {
        at[i] = (double)x[i];
    }
    (void)waves(at, 8, gradient);
    for (size_t i = 0; i < 8; i++) {
        assert_true(fabs(gradient[i]) <= 1e-3);
        assert_true(cos(at[i]) < 0.0); /* a valley, no top */
    }
}

/* ---- steps ---- */

typedef struct seen {
    size_t count;
    double values[200];
    double norms[200];
} seen;

static bool look(const sm_progress *const progress, void *const user)
{
    seen *const all = user;
    if (all->count < 200) {
        all->values[all->count] = progress->loss;
        all->norms[all->count] = progress->gradient_norm;
        all->count++;
    }
    return true;
}

static void each_step_goes_down(void **state)
{
    (void)state;
    sm_train_options options = lbfgs_options(1e-6);
    seen all = {0};
    float x[2] = {-1.2F, 1.0F};
    options.on_progress = look;
    options.user = &all;
    const size_t steps = minimise(rosenbrock, 2, x, &options);
    assert_int_equal(all.count, steps);
    assert_true(fabs(all.values[0] - 24.2) <= 1e-4); /* before the first step */
    for (size_t i = 1; i < all.count; i++) {
        assert_true(all.values[i] < all.values[i - 1]);
    }
}

static void gradient_norms_are_relative_to_zero_parameters(void **state)
{
    (void)state;
    sm_train_options options = lbfgs_options(1e-3);
    seen all = {0};
    float x[4] = {0.0F};
    options.on_progress = look;
    options.user = &all;
    (void)minimise(ellipsoid, 4, x, &options);
    assert_true(all.norms[0] == 1.0);
    for (size_t i = 0; i < all.count; i++) {
        assert_true(all.norms[i] > 1e-3); /* a step was still needed */
    }
}

static void at_the_minimum_no_step_is_made(void **state)
{
    (void)state;
    const sm_train_options options = lbfgs_options(1e-4);
    float x[2] = {1.0F, 1.0F};
    assert_int_equal(minimise(rosenbrock, 2, x, &options), 0);
    assert_true(x[0] == 1.0F && x[1] == 1.0F);
}

static void tolerance_zero_comes_as_near_as_floats_allow(void **state)
{
    (void)state;
    sm_train_options options = lbfgs_options(0.0);
    options.max_epochs = 500;
    float x[2] = {-1.2F, 1.0F};
    (void)minimise(rosenbrock, 2, x, &options);
    assert_true(fabs((double)x[0] - 1.0) <= 1e-4 && fabs((double)x[1] - 1.0) <= 1e-4);
}

/* A step is progress: there must not be thousands of them that change nothing. */
static void it_ends_where_rounding_hides_any_progress(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 3, 3, 1);
    sm_model *const model = made_data_model(&data);
    sm_train_options options = lbfgs_options(0.0);
    sm_history *history = NULL;
    seen all = {0};
    options.on_progress = look;
    options.user = &all;
    options.max_epochs = 150;
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
    for (size_t i = 1; i < all.count; i++) {
        assert_true(all.values[i] != all.values[i - 1] || all.norms[i] != all.norms[i - 1]);
    }
    sm_history_free(history);
    sm_model_free(model);
    made_data_free(&data);
}

static void step_limits_are_kept(void **state)
{
    (void)state;
    for (size_t limit = 0; limit < 5; limit++) {
        sm_train_options options = lbfgs_options(0.0);
        float x[2] = {-1.2F, 1.0F};
        options.max_steps = limit;
        assert_int_equal(minimise(rosenbrock, 2, x, &options), limit);
        options.max_steps = SM_UNLIMITED;
        options.max_epochs = limit;
        float y[2] = {-1.2F, 1.0F};
        assert_int_equal(minimise(rosenbrock, 2, y, &options), limit);
        assert_memory_equal(x, y, sizeof x);
    }
}

static double nowhere(const double *const x, const size_t count, double *const gradient)
{
    (void)x;
    memset(gradient, 0, count * sizeof *gradient);
    return NAN;
}

static void a_start_without_a_value_is_divergence(void **state)
{
    (void)state;
    const sm_train_options options = lbfgs_options(1e-4);
    fake_objective fake = {.function = nowhere, .count = 2};
    const smi_objective objective = fake_view(&fake);
    sm_history *history = NULL;
    float x[2] = {3.0F, 4.0F};
    assert_int_equal(fake_solve(smi_solve_lbfgs, &objective, &options, x, &history),
                     SM_ERROR_DIVERGED);
    assert_true(x[0] == 3.0F && x[1] == 4.0F);
    sm_history_free(history);
}

/* Infinite outside of a small ball about the minimum: long steps must be taken back, not kept. */
static double well(const double *const x, const size_t count, double *const gradient)
{
    double square = 0.0;
    for (size_t i = 0; i < count; i++) {
        square += x[i] * x[i];
    }
    const double left = 1.0 - square;
    for (size_t i = 0; i < count; i++) {
        gradient[i] = left > 0.0 ? -1.0 + 2.0 * x[i] / left : NAN;
    }
    double value = left > 0.0 ? -log(left) : INFINITY;
    for (size_t i = 0; i < count; i++) {
        value -= x[i];
    }
    return value;
}

static void walls_of_infinity_are_backed_off_from(void **state)
{
    (void)state;
    const sm_train_options options = lbfgs_options(1e-5);
    float x[3] = {0.0F};
    (void)minimise(well, 3, x, &options);
    /* by symmetry all alike, with 1 = 2x / (1 − 3x²) */
    const double root = (-1.0 + sqrt(1.0 + 3.0)) / 3.0;
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs((double)x[i] - root) <= 1e-4);
    }
}

/* ---- the preconditioner ---- */

static void a_preconditioner_saves_steps(void **state)
{
    (void)state;
    double diagonal[50];
    for (size_t i = 0; i < 50; i++) {
        diagonal[i] = 7.0 * pow(1000.0, (double)i / 49.0); /* right up to a factor */
    }
    fake_objective fake = {.function = ellipsoid, .diagonal = diagonal, .count = 50};
    const smi_objective objective = fake_view(&fake);
    const sm_train_options options = lbfgs_options(1e-6);
    sm_history *history = NULL;
    float x[50] = {0.0F};
    float y[50] = {0.0F};
    assert_int_equal(fake_solve(smi_solve_lbfgs, &objective, &options, x, &history), SM_OK);
    const size_t steps = sm_history_summary(history).steps;
    sm_history_free(history);
    /* the first step is too short by the factor, which the second has learnt */
    assert_true(steps <= 4);
    assert_int_equal(fake.preparations, 1);
    assert_true(minimise(ellipsoid, 50, y, &options) > 20);
    for (size_t i = 0; i < 50; i++) {
        assert_true(fabs((double)x[i] - (double)(i % 4)) <= 1e-2);
    }
}

static void a_wrong_preconditioner_only_costs_steps(void **state)
{
    (void)state;
    double diagonal[10];
    for (size_t i = 0; i < 10; i++) {
        diagonal[i] = i % 2 == 0 ? 100.0 : 0.01;
    }
    fake_objective fake = {.function = rosenbrock, .diagonal = diagonal, .count = 10};
    const smi_objective objective = fake_view(&fake);
    const sm_train_options options = lbfgs_options(1e-6);
    sm_history *history = NULL;
    float x[10] = {0.0F};
    assert_int_equal(fake_solve(smi_solve_lbfgs, &objective, &options, x, &history), SM_OK);
    assert_true(fake.preparations == 2); /* the schedule's */
    sm_history_free(history);
    for (size_t i = 0; i < 10; i++) {
        assert_true(fabs((double)x[i] - 1.0) <= 1e-3);
    }
}

static void lack_of_memory_for_it_is_reported(void **state)
{
    (void)state;
    static const double diagonal[] = {1.0, 1.0};
    fake_objective fake = {
        .function = rosenbrock, .diagonal = diagonal, .count = 2, .failing_preparation = 2};
    const smi_objective objective = fake_view(&fake);
    const sm_train_options options = lbfgs_options(0.0);
    sm_history *history = NULL;
    float x[2] = {-1.2F, 1.0F};
    assert_int_equal(fake_solve(smi_solve_lbfgs, &objective, &options, x, &history),
                     SM_ERROR_MEMORY);
    sm_history_free(history);
}

/* ---- softmax regression ---- */

static void softmax_regression_reaches_what_newtons_method_reaches(void **state)
{
    (void)state;
    static const double penalties[] = {1e-4, 1e-2, 1.0};
    for (size_t features = 1; features <= 5; features++) {
        for (size_t p = 0; p < sizeof penalties / sizeof *penalties; p++) {
            made_data data = made_data_of(SM_F32, 200, features, 3, features);
            sm_model *const model = made_data_model(&data);
            sm_history *history = NULL;
            sm_train_options options = lbfgs_options(1e-5);
            options.l2 = penalties[p];
            assert_int_equal(sm_train(model, data.dataset, NULL, &options, &history), SM_OK);
            const sm_train_summary summary = sm_history_summary(history);
            const exact_objective exact = exact_objective_of(model, data.dataset, options.l2);
            const double minimum = exact_minimum(&data, &exact);
            assert_true(fabs(summary.objective - minimum) <= 1e-6 * minimum);
            assert_true(summary.converged);
            assert_true(summary.relative_gradient_norm <= options.tolerance);
            assert_true(summary.steps < 100);
            sm_history_free(history);
            sm_model_free(model);
            made_data_free(&data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_convex_quadratic_is_solved),
        cmocka_unit_test(rosenbrocks_valley_is_followed_to_its_end),
        cmocka_unit_test(a_function_that_is_not_convex_ends_in_a_valley),
        cmocka_unit_test(each_step_goes_down),
        cmocka_unit_test(gradient_norms_are_relative_to_zero_parameters),
        cmocka_unit_test(at_the_minimum_no_step_is_made),
        cmocka_unit_test(tolerance_zero_comes_as_near_as_floats_allow),
        cmocka_unit_test(it_ends_where_rounding_hides_any_progress),
        cmocka_unit_test(step_limits_are_kept),
        cmocka_unit_test(a_start_without_a_value_is_divergence),
        cmocka_unit_test(walls_of_infinity_are_backed_off_from),
        cmocka_unit_test(a_preconditioner_saves_steps),
        cmocka_unit_test(a_wrong_preconditioner_only_costs_steps),
        cmocka_unit_test(lack_of_memory_for_it_is_reported),
        cmocka_unit_test(softmax_regression_reaches_what_newtons_method_reaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
