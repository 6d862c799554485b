/* Adam, AdamW, Adagrad and FTRL: their steps against the papers' formulas, followed by hand in
 * double precision. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "train/solver.h"
#include "unit/train/fake_objective.h"

enum { COUNT = 3, STEPS = 20 };

/* ½ Σ (i + 1) · (x_i − i)²; the last parameter is a bias */
static double bowl(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i++) {
        gradient[i] = (double)(i + 1) * (x[i] - (double)i);
        value += 0.5 * gradient[i] * (x[i] - (double)i);
    }
    return value;
}

static const float begin[COUNT] = {3.0F, -2.0F, 0.5F};

static void solve(smi_solver *const solver, const sm_train_options *const options, float *const x)
{
    fake_objective fake = {.function = bowl, .count = COUNT, .penalized = COUNT - 1};
    const smi_objective objective = fake_view(&fake);
    sm_history *history = NULL;
    memcpy(x, begin, sizeof begin);
    assert_int_equal(fake_solve(solver, &objective, options, x, &history), SM_OK);
    assert_int_equal(sm_history_summary(history).steps, options->max_steps);
    sm_history_free(history);
}

static sm_train_options options_of(const sm_solver solver, const size_t steps)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.max_steps = steps;
    return options;
}

static void check_close(const float *const x, const double *const by_hand)
{
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(fabs((double)x[i] - by_hand[i]) <= 1e-5);
    }
}

static double threshold(const double value, const double amount)
{
    return value > amount ? value - amount : value < -amount ? value + amount : 0.0;
}

/* w: in and out. */
static void adam_by_hand(const sm_train_options *const o, const double rate, const double decay,
                         double *const w)
{
    double mean[COUNT] = {0.0};
    double square[COUNT] = {0.0};
    for (size_t step = 1; step <= o->max_steps; step++) {
        double gradient[COUNT];
        (void)bowl(w, COUNT, gradient);
        for (size_t i = 0; i < COUNT; i++) {
            mean[i] = o->beta1 * mean[i] + (1.0 - o->beta1) * gradient[i];
            square[i] = o->beta2 * square[i] + (1.0 - o->beta2) * gradient[i] * gradient[i];
            const double m = mean[i] / (1.0 - pow(o->beta1, (double)step));
            const double v = square[i] / (1.0 - pow(o->beta2, (double)step));
            const double scale = rate / (sqrt(v) + o->epsilon);
            w[i] -= i < COUNT - 1 ? rate * decay * w[i] : 0.0;
            w[i] -= scale * m;
            w[i] = i < COUNT - 1 ? threshold(w[i], scale * o->l1) : w[i];
        }
    }
}

static void adams_first_step_is_the_learning_rate(void **state)
{
    (void)state;
    const sm_train_options options = options_of(SM_SOLVER_ADAM, 1);
    float x[COUNT];
    solve(smi_solve_adam, &options, x);
    /* m̂/√v̂ is the sign of the gradient, which is 3, −6, −4.5 */
    assert_true(fabs((double)x[0] - 2.999) <= 1e-6);
    assert_true(fabs((double)x[1] + 1.999) <= 1e-6);
    assert_true(fabs((double)x[2] - 0.501) <= 1e-6);
}

static void adam_follows_its_formula(void **state)
{
    (void)state;
    static const double l1s[] = {0.0, 0.5};
    for (size_t l = 0; l < 2; l++) {
        for (size_t steps = 0; steps <= STEPS; steps++) {
            sm_train_options options = options_of(SM_SOLVER_ADAM, steps);
            float x[COUNT];
            double by_hand[COUNT] = {3.0, -2.0, 0.5};
            options.learning_rate = 0.05;
            options.l1 = l1s[l];
            solve(smi_solve_adam, &options, x);
            adam_by_hand(&options, 0.05, 0.0, by_hand);
            check_close(x, by_hand);
        }
    }
}

static void adamw_decays_weights_but_not_biases(void **state)
{
    (void)state;
    for (size_t steps = 0; steps <= STEPS; steps++) {
        sm_train_options options = options_of(SM_SOLVER_ADAMW, steps);
        float x[COUNT];
        double by_hand[COUNT] = {3.0, -2.0, 0.5};
        options.weight_decay = 5.0;
        solve(smi_solve_adamw, &options, x);
        adam_by_hand(&options, 0.001, 5.0, by_hand);
        check_close(x, by_hand);
    }
}

static void adagrad_follows_its_formula(void **state)
{
    (void)state;
    for (size_t steps = 0; steps <= STEPS; steps++) {
        sm_train_options options = options_of(SM_SOLVER_ADAGRAD, steps);
        float x[COUNT];
        double w[COUNT] = {3.0, -2.0, 0.5};
        double sum[COUNT] = {0.1, 0.1, 0.1};
        options.l1 = 0.25;
        solve(smi_solve_adagrad, &options, x);
        for (size_t step = 0; step < steps; step++) {
            double gradient[COUNT];
            (void)bowl(w, COUNT, gradient);
            for (size_t i = 0; i < COUNT; i++) {
                sum[i] += gradient[i] * gradient[i];
                w[i] -= 0.1 / sqrt(sum[i]) * gradient[i];
                w[i] = i < COUNT - 1 ? threshold(w[i], 0.1 / sqrt(sum[i]) * 0.25) : w[i];
            }
        }
        check_close(x, w);
    }
}

static void ftrls_first_step_is_adagrads(void **state)
{
    (void)state;
    const sm_train_options options = options_of(SM_SOLVER_FTRL, 1);
    float x[COUNT];
    solve(smi_solve_ftrl, &options, x);
    assert_true(fabs((double)x[0] - (3.0 - 0.2 * 3.0 / sqrt(0.1 + 9.0))) <= 1e-6);
    assert_true(fabs((double)x[1] - (-2.0 + 0.2 * 6.0 / sqrt(0.1 + 36.0))) <= 1e-6);
    assert_true(fabs((double)x[2] - (0.5 + 0.2 * 4.5 / sqrt(0.1 + 20.25))) <= 1e-6);
}

/* The published form: z and n, with l1 counted once a step. */
static void ftrl_follows_its_formula(void **state)
{
    (void)state;
    static const double l1s[] = {0.0, 1.5};
    for (size_t l = 0; l < 2; l++) {
        for (size_t steps = 0; steps <= STEPS; steps++) {
            sm_train_options options = options_of(SM_SOLVER_FTRL, steps);
            float x[COUNT];
            double w[COUNT] = {3.0, -2.0, 0.5};
            double n[COUNT] = {0.1, 0.1, 0.1};
            double z[COUNT];
            options.l1 = l1s[l];
            solve(smi_solve_ftrl, &options, x);
            for (size_t i = 0; i < COUNT; i++) {
                z[i] = -sqrt(0.1) / 0.2 * w[i];
            }
            for (size_t step = 1; step <= steps; step++) {
                double gradient[COUNT];
                (void)bowl(w, COUNT, gradient);
                for (size_t i = 0; i < COUNT; i++) {
                    const double sigma =
                        (sqrt(n[i] + gradient[i] * gradient[i]) - sqrt(n[i])) / 0.2;
                    const double l1 = i < COUNT - 1 ? l1s[l] * (double)step : 0.0;
                    z[i] += gradient[i] - sigma * w[i];
                    n[i] += gradient[i] * gradient[i];
                    w[i] = -threshold(z[i], l1) * 0.2 / sqrt(n[i]);
                }
            }
            check_close(x, w);
        }
    }
}

/* With a learning rate of its own for each step. */
static void schedules_reach_every_rule(void **state)
{
    (void)state;
    smi_solver *const solvers[] = {smi_solve_sgd, smi_solve_adam, smi_solve_adamw,
                                   smi_solve_adagrad, smi_solve_ftrl};
    for (int s = 0; s < 5; s++) {
        sm_train_options options = options_of((sm_solver)(SM_SOLVER_SGD + s), STEPS);
        float constant[COUNT];
        float halted[COUNT];
        float whole[COUNT];
        solve(solvers[s], &options, whole);
        options.max_steps = 7;
        solve(solvers[s], &options, constant);
        options.max_steps = STEPS;
        options.schedule = SM_SCHEDULE_STEP; /* to 0 after seven steps */
        options.decay_steps = 7;
        options.decay_rate = 0.0;
        solve(solvers[s], &options, halted);
        assert_memory_equal(halted, constant, sizeof constant);
        assert_memory_not_equal(halted, whole, sizeof whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adams_first_step_is_the_learning_rate),
        cmocka_unit_test(adam_follows_its_formula),
        cmocka_unit_test(adamw_decays_weights_but_not_biases),
        cmocka_unit_test(adagrad_follows_its_formula),
        cmocka_unit_test(ftrls_first_step_is_adagrads),
        cmocka_unit_test(ftrl_follows_its_formula),
        cmocka_unit_test(schedules_reach_every_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
