/* Newton's method by conjugate gradients, on functions whose Hessian is given. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "train/solver.h"
#include "unit/train/exact_minimum.h"
#include "unit/train/fake_objective.h"

static sm_train_options newton_options(const double tolerance)
{
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_NEWTON_CG;
    options.tolerance = tolerance;
    return options;
}

static sm_train_summary minimise(fake_objective *const fake, float *const x,
                                 const sm_train_options *const options)
{
    const smi_objective objective = fake_view(fake);
    sm_history *history = NULL;
    assert_int_equal(fake_solve(smi_solve_newton_cg, &objective, options, x, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    sm_history_free(history);
    return summary;
}

/* Σ ½ · 2^i · (x_i − 1)²: condition 2^(count − 1) */
static double bowl(const double *const x, const size_t count, double *const gradient)
{
    double value = 1.0;
    for (size_t i = 0; i < count; i++) {
        gradient[i] = ldexp(x[i] - 1.0, (int)i);
        value += 0.5 * gradient[i] * (x[i] - 1.0);
    }
    return value;
}

static void bowl_curvature(const double *const x, const double *const direction, const size_t count,
                           double *const result)
{
    (void)x;
    for (size_t i = 0; i < count; i++) {
        result[i] = ldexp(direction[i], (int)i);
    }
}

static void a_quadratic_is_solved_in_a_few_steps(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 12; count++) {
        fake_objective fake = {.function = bowl, .curvature = bowl_curvature, .count = count};
        const sm_train_options options = newton_options(1e-6);
        float x[12] = {0.0F};
        const sm_train_summary summary = minimise(&fake, x, &options);
        assert_true(summary.steps <= 12);
        for (size_t i = 0; i < count; i++) {
            assert_true(fabs((double)x[i] - 1.0) <= 1e-2);
        }
    }
}

static void the_right_preconditioner_makes_one_product_a_step_enough(void **state)
{
    (void)state;
    double diagonal[12];
    for (size_t i = 0; i < 12; i++) {
        diagonal[i] = ldexp(1.0, (int)i);
    }
    fake_objective fake = {
        .function = bowl, .curvature = bowl_curvature, .diagonal = diagonal, .count = 12};
    const sm_train_options options = newton_options(1e-6);
    float x[12] = {0.0F};
    const sm_train_summary summary = minimise(&fake, x, &options);
    assert_true(summary.steps <= 2);
    assert_int_equal(fake.products, summary.steps);
    assert_int_equal(fake.preparations, 1);
    for (size_t i = 0; i < 12; i++) {
        assert_true(fabs((double)x[i] - 1.0) <= 1e-5);
    }
}

/* Σ log cosh of differences: smooth, convex, flat far out, where whole Newton steps overshoot. */
static double flat(const double *const x, const size_t count, double *const gradient)
{
    double value = 1.0;
    for (size_t i = 0; i < count; i++) {
        value += log(cosh(x[i] - 2.0));
        gradient[i] = tanh(x[i] - 2.0);
    }
    return value;
}

static void flat_curvature(const double *const x, const double *const direction, const size_t count,
                           double *const result)
{
    for (size_t i = 0; i < count; i++) {
        result[i] = direction[i] / (cosh(x[i] - 2.0) * cosh(x[i] - 2.0));
    }
}

static void steps_that_overshoot_are_shortened(void **state)
{
    (void)state;
    fake_objective fake = {.function = flat, .curvature = flat_curvature, .count = 4};
    const sm_train_options options = newton_options(1e-5);
    float x[4] = {0.0F, -3.0F, 7.0F, 2.0F};
    const sm_train_summary summary = minimise(&fake, x, &options);
    assert_true(summary.steps > 0 && summary.steps < 50);
    for (size_t i = 0; i < 4; i++) {
        assert_true(fabs((double)x[i] - 2.0) <= 1e-4);
    }
}

static double valley(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double off = x[1] - x[0] * x[0];
    gradient[0] = -400.0 * x[0] * off - 2.0 * (1.0 - x[0]);
    gradient[1] = 200.0 * off;
    return 100.0 * off * off + (1.0 - x[0]) * (1.0 - x[0]);
}

static void valley_curvature(const double *const x, const double *const direction,
                             const size_t count, double *const result)
{
    (void)count;
    result[0] =
        (1200.0 * x[0] * x[0] - 400.0 * x[1] + 2.0) * direction[0] - 400.0 * x[0] * direction[1];
    result[1] = -400.0 * x[0] * direction[0] + 200.0 * direction[1];
}

/* Rosenbrock's function is not convex: some directions have no curvature. */
static void a_function_that_is_not_convex_is_followed_down(void **state)
{
    (void)state;
    fake_objective fake = {.function = valley, .curvature = valley_curvature, .count = 2};
    const sm_train_options options = newton_options(1e-5);
    float x[2] = {-1.2F, 1.0F};
    const sm_train_summary summary = minimise(&fake, x, &options);
    assert_true(summary.steps < 100);
    assert_true(fabs((double)x[0] - 1.0) <= 1e-3);
    assert_true(fabs((double)x[1] - 1.0) <= 1e-3);
}

/* ½ (x0 + x1 − 3)²: along (1, −1) nothing changes, as when a number is added to all biases. */
static double trough(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double off = x[0] + x[1] - 3.0;
    gradient[0] = off;
    gradient[1] = off;
    return 0.5 * off * off;
}

static void trough_curvature(const double *const x, const double *const direction,
                             const size_t count, double *const result)
{
    (void)x;
    (void)count;
    result[0] = direction[0] + direction[1];
    result[1] = result[0];
}

static void a_singular_hessian_does_no_harm(void **state)
{
    (void)state;
    fake_objective fake = {.function = trough, .curvature = trough_curvature, .count = 2};
    const sm_train_options options = newton_options(1e-6);
    float x[2] = {5.0F, -5.0F};
    const sm_train_summary summary = minimise(&fake, x, &options);
    assert_true(summary.steps <= 2);
    assert_true(fabs((double)x[0] + (double)x[1] - 3.0) <= 1e-5);
    assert_true(fabs((double)x[0] - (double)x[1] - 10.0) <= 1e-5);
}

/* ---- softmax regression ---- */

static made_data regression_data;
static double regression_l2;

static double regression(const double *const x, const size_t count, double *const gradient)
{
    double hessian[EXACT_MOST][EXACT_MOST];
    (void)count;
    return exact_derivatives(&regression_data, regression_l2, x, gradient, hessian);
}

static void regression_curvature(const double *const x, const double *const direction,
                                 const size_t count, double *const result)
{
    double gradient[EXACT_MOST];
    double hessian[EXACT_MOST][EXACT_MOST];
    (void)exact_derivatives(&regression_data, regression_l2, x, gradient, hessian);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            result[i] += hessian[i][j] * direction[j];
        }
    }
}

static void softmax_regression_is_solved_in_few_steps(void **state)
{
    (void)state;
    static const double penalties[] = {1e-4, 1e-2, 1.0};
    for (size_t features = 1; features <= 5; features++) {
        regression_data = made_data_of(SM_F32, 200, features, 3, features);
        sm_model *const model = made_data_model(&regression_data);
        for (size_t p = 0; p < sizeof penalties / sizeof *penalties; p++) {
            regression_l2 = penalties[p];
            fake_objective fake = {.function = regression,
                                   .curvature = regression_curvature,
                                   .count = (features + 1) * 3};
            const sm_train_options options = newton_options(1e-5);
            const exact_objective exact =
                exact_objective_of(model, regression_data.dataset, regression_l2);
            const double minimum = exact_minimum(&regression_data, &exact);
            float x[EXACT_MOST] = {0.0F};
            double w[EXACT_MOST] = {0.0};
            const sm_train_summary summary = minimise(&fake, x, &options);
            for (size_t i = 0; i < fake.count; i++) {
                w[i] = (double)x[i];
            }
            assert_true(exact_value(&exact, w) <= minimum * (1.0 + 1e-6));
            assert_true(summary.steps <= 15);
            assert_false(summary.stalled);
        }
        sm_model_free(model);
        made_data_free(&regression_data);
    }
}

static void step_limits_are_kept(void **state)
{
    (void)state;
    for (size_t steps = 0; steps < 3; steps++) {
        fake_objective fake = {.function = flat, .curvature = flat_curvature, .count = 3};
        sm_train_options options = newton_options(0.0);
        float x[3] = {0.0F, 1.0F, 4.0F};
        options.max_steps = steps;
        assert_int_equal(minimise(&fake, x, &options).steps, steps);
        assert_true(steps > 0 || x[0] == 0.0F);
    }
}

static void without_second_derivatives_it_says_so(void **state)
{
    (void)state;
    fake_objective fake = {.function = bowl, .count = 2};
    const smi_objective objective = fake_view(&fake);
    const sm_train_options options = newton_options(1e-4);
    sm_history *history = NULL;
    float x[2] = {0.0F};
    assert_int_equal(fake_solve(smi_solve_newton_cg, &objective, &options, x, &history),
                     SM_ERROR_ARGUMENT);
    assert_message("newton-cg needs second derivatives, which this model and data do not offer; "
                   "lbfgs does without");
    assert_true(x[0] == 0.0F);
    sm_history_free(history);
}

static void lack_of_memory_for_the_preconditioner_is_reported(void **state)
{
    (void)state;
    static const double diagonal[] = {1.0, 1.0};
    fake_objective fake = {.function = bowl,
                           .curvature = bowl_curvature,
                           .diagonal = diagonal,
                           .count = 2,
                           .failing_preparation = 1};
    const smi_objective objective = fake_view(&fake);
    const sm_train_options options = newton_options(1e-4);
    sm_history *history = NULL;
    float x[2] = {0.0F};
    assert_int_equal(fake_solve(smi_solve_newton_cg, &objective, &options, x, &history),
                     SM_ERROR_MEMORY);
    sm_history_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quadratic_is_solved_in_a_few_steps),
        cmocka_unit_test(the_right_preconditioner_makes_one_product_a_step_enough),
        cmocka_unit_test(steps_that_overshoot_are_shortened),
        cmocka_unit_test(a_function_that_is_not_convex_is_followed_down),
        cmocka_unit_test(a_singular_hessian_does_no_harm),
        cmocka_unit_test(softmax_regression_is_solved_in_few_steps),
        cmocka_unit_test(step_limits_are_kept),
        cmocka_unit_test(without_second_derivatives_it_says_so),
        cmocka_unit_test(lack_of_memory_for_the_preconditioner_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
