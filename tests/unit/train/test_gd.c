/* Gradient descent, step by step. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "train/solver.h"
#include "unit/train/fake_objective.h"

static sm_train_options gd_options(const double learning_rate, const size_t steps)
{
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_GD;
    options.learning_rate = learning_rate;
    options.max_steps = steps;
    options.tolerance = 0.0;
    return options;
}

static double bowl(const double *const x, const size_t count, double *const gradient)
{
    double value = 1.0;
    for (size_t i = 0; i < count; i++) {
        const double curvature = (double)(i + 1);
        gradient[i] = curvature * (x[i] - 2.0);
        value += 0.5 * curvature * (x[i] - 2.0) * (x[i] - 2.0);
    }
    return value;
}

static sm_status minimise(fake_function *const function, const size_t count, float *const x,
                          const sm_train_options *const options, sm_train_summary *const summary)
{
    fake_objective fake = {.function = function, .count = count};
    const smi_objective objective = fake_view(&fake);
    sm_history *history = NULL;
    const sm_status status = fake_solve(smi_solve_gd, &objective, options, x, &history);
    *summary = sm_history_summary(history);
    sm_history_free(history);
    return status;
}

static void steps_go_down_the_gradient_by_the_learning_rate(void **state)
{
    (void)state;
    enum { COUNT = 5 };
    sm_train_summary summary;
    for (size_t steps = 0; steps < 20; steps++) {
        const sm_train_options options = gd_options(0.25, steps);
        float x[COUNT] = {0.0F, 1.0F, -3.0F, 10.0F, 2.0F};
        double by_hand[COUNT] = {0.0, 1.0, -3.0, 10.0, 2.0};
        assert_int_equal(minimise(bowl, COUNT, x, &options, &summary), SM_OK);
        assert_int_equal(summary.steps, steps);
        for (size_t step = 0; step < steps; step++) {
            double gradient[COUNT];
            (void)bowl(by_hand, COUNT, gradient);
            for (size_t i = 0; i < COUNT; i++) {
                by_hand[i] -= 0.25 * gradient[i];
            }
        }
        for (size_t i = 0; i < COUNT; i++) {
            /* the distance shrinks or keeps its size, so that roundings do not grow */
            assert_true(fabs((double)x[i] - by_hand[i]) <= (double)(3 * steps) * 0x1p-24 * 16.0);
        }
    }
}

static void one_step_is_exact(void **state)
{
    (void)state;
    const sm_train_options options = gd_options(0.5, 1);
    sm_train_summary summary;
    float x[3] = {0.0F, 4.0F, 2.0F};
    assert_int_equal(minimise(bowl, 3, x, &options, &summary), SM_OK);
    assert_true(x[0] == 1.0F); /* 0 − 0.5 · 1 · (0 − 2) */
    assert_true(x[1] == 2.0F); /* 4 − 0.5 · 2 · (4 − 2) */
    assert_true(x[2] == 2.0F); /* at its minimum */
}

/* Zero parameters are what tolerances are measured at: there nothing is evaluated twice. */
static void each_point_is_evaluated_once(void **state)
{
    (void)state;
    for (size_t from_zero = 0; from_zero < 2; from_zero++) {
        const sm_train_options options = gd_options(0.25, 10);
        fake_objective fake = {.function = bowl, .count = 2};
        const smi_objective objective = fake_view(&fake);
        sm_history *history = NULL;
        float x[2] = {0.0F, from_zero == 1 ? 0.0F : 1.0F};
        assert_int_equal(fake_solve(smi_solve_gd, &objective, &options, x, &history), SM_OK);
        assert_int_equal(fake.evaluations, from_zero == 1 ? 10 : 11);
        sm_history_free(history);
    }
}

static void it_stops_once_the_gradient_is_small(void **state)
{
    (void)state;
    sm_train_options options = gd_options(0.25, SM_UNLIMITED);
    sm_train_summary summary;
    float x[1] = {0.0F};
    options.tolerance = 1e-3;
    assert_int_equal(minimise(bowl, 1, x, &options, &summary), SM_OK);
    /* the gradient shrinks by 0.75 a step: 0.75^24 is the first power below 1e-3 */
    assert_int_equal(summary.steps, 25);
    assert_true(fabs((double)x[0] - 2.0) <= 2e-3);
}

static void without_a_limit_it_ends_after_a_thousand_epochs(void **state)
{
    (void)state;
    const sm_train_options options = gd_options(1e-6, SM_UNLIMITED);
    sm_train_summary summary;
    float x[1] = {0.0F};
    assert_int_equal(minimise(bowl, 1, x, &options, &summary), SM_OK);
    assert_int_equal(summary.steps, 1000);
}

typedef struct seen {
    sm_progress steps[8];
    size_t count;
} seen;

static bool look(const sm_progress *const progress, void *const user)
{
    seen *const all = user;
    all->steps[all->count++] = *progress;
    return true;
}

static void each_step_reports_what_was_before_it(void **state)
{
    (void)state;
    sm_train_options options = gd_options(0.25, 4);
    sm_train_summary summary;
    seen all = {.count = 0};
    float x[1] = {0.0F};
    options.on_progress = look;
    options.user = &all;
    assert_int_equal(minimise(bowl, 1, x, &options, &summary), SM_OK);
    assert_int_equal(all.count, 4);
    for (size_t i = 0; i < 4; i++) {
        const double distance = 2.0 * pow(0.75, (double)i);
        assert_int_equal(all.steps[i].step, i + 1);
        assert_int_equal(all.steps[i].epoch, i + 1);
        assert_int_equal(all.steps[i].planned_steps, 4);
        assert_true(all.steps[i].epoch_ended);
        assert_true(fabs(all.steps[i].loss - (1.0 + 0.5 * distance * distance)) <= 1e-6);
        assert_true(fabs(all.steps[i].gradient_norm - distance / 2.0) <= 1e-6);
    }
}

static void steps_that_are_too_long_diverge(void **state)
{
    (void)state;
    const sm_train_options options = gd_options(1000.0, SM_UNLIMITED);
    sm_train_summary summary;
    float x[2] = {0.0F, 1.0F};
    assert_int_equal(minimise(bowl, 2, x, &options, &summary), SM_ERROR_DIVERGED);
    char named[32];
    (void)snprintf(named, sizeof named, "after step %zu;", summary.steps);
    assert_non_null(strstr(sm_error_message(), named));
    assert_true(isfinite(x[0]) && isfinite(x[1]));
    /* what is left is where one step less leads */
    float y[2] = {0.0F, 1.0F};
    const sm_train_options fewer = gd_options(1000.0, summary.steps - 1);
    assert_int_equal(minimise(bowl, 2, y, &fewer, &summary), SM_OK);
    assert_memory_equal(x, y, sizeof x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_go_down_the_gradient_by_the_learning_rate),
        cmocka_unit_test(one_step_is_exact),
        cmocka_unit_test(each_point_is_evaluated_once),
        cmocka_unit_test(it_stops_once_the_gradient_is_small),
        cmocka_unit_test(without_a_limit_it_ends_after_a_thousand_epochs),
        cmocka_unit_test(each_step_reports_what_was_before_it),
        cmocka_unit_test(steps_that_are_too_long_diverge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
