/* Learning rates by step, and which solver an open choice comes to. */
#include <math.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "train/choose_solver.h"
#include "train/schedule.h"

static sm_train_options options_of(const sm_schedule schedule)
{
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 0.5;
    options.schedule = schedule;
    return options;
}

static void check_rate(const smi_schedule *const schedule, const size_t step, const double rate)
{
    assert_true(fabs(smi_rate_at(schedule, step) - rate) <= 1e-15);
}

static void a_constant_rate_stays(void **state)
{
    (void)state;
    const sm_train_options options = options_of(SM_SCHEDULE_CONSTANT);
    const smi_schedule schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 0, 0.5);
    check_rate(&schedule, 1000000, 0.5);
}

static void each_solver_has_its_usual_rate(void **state)
{
    (void)state;
    static const double rates[] = {
        [SM_SOLVER_GD] = 0.1,      [SM_SOLVER_SGD] = 0.1,     [SM_SOLVER_ADAM] = 0.001,
        [SM_SOLVER_ADAMW] = 0.001, [SM_SOLVER_ADAGRAD] = 0.1, [SM_SOLVER_FTRL] = 0.2};
    for (int solver = SM_SOLVER_GD; solver <= SM_SOLVER_FTRL; solver++) {
        sm_train_options options = sm_train_options_default();
        options.solver = (sm_solver)solver;
        const smi_schedule schedule = smi_schedule_of(&options, 100, 10);
        check_rate(&schedule, 3, rates[solver]);
    }
}

static void steps_fall_by_a_factor(void **state)
{
    (void)state;
    sm_train_options options = options_of(SM_SCHEDULE_STEP);
    smi_schedule schedule = smi_schedule_of(&options, 100, 10); /* every 34 steps to a tenth */
    check_rate(&schedule, 33, 0.5);
    check_rate(&schedule, 34, 0.05);
    check_rate(&schedule, 68, 0.005);
    options.decay_steps = 7;
    options.decay_rate = 0.5;
    schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 6, 0.5);
    check_rate(&schedule, 7, 0.25);
    check_rate(&schedule, 21, 0.0625);
}

static void a_cosine_ends_where_it_is_told(void **state)
{
    (void)state;
    sm_train_options options = options_of(SM_SCHEDULE_COSINE);
    smi_schedule schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 0, 0.5);
    check_rate(&schedule, 50, 0.25);
    check_rate(&schedule, 100, 0.0);
    check_rate(&schedule, 500, 0.0);
    options.decay_steps = 12;
    options.decay_rate = 0.2;
    schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 4, 0.5 * (0.2 + 0.8 * 0.75)); /* cos(π/3) = ½ */
    check_rate(&schedule, 12, 0.1);
    check_rate(&schedule, 13, 0.1);
}

static void inverse_time_halves_after_an_epoch(void **state)
{
    (void)state;
    sm_train_options options = options_of(SM_SCHEDULE_INVERSE_TIME);
    smi_schedule schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 0, 0.5);
    check_rate(&schedule, 10, 0.25);
    check_rate(&schedule, 30, 0.125);
    options.decay_rate = 3.0;
    options.decay_steps = 2;
    schedule = smi_schedule_of(&options, 100, 10);
    check_rate(&schedule, 2, 0.125);
}

static void without_limits_an_epoch_is_the_measure(void **state)
{
    (void)state;
    static const sm_schedule kinds[] = {SM_SCHEDULE_STEP, SM_SCHEDULE_COSINE};
    for (size_t k = 0; k < 2; k++) {
        const sm_train_options options = options_of(kinds[k]);
        const smi_schedule schedule = smi_schedule_of(&options, SM_UNLIMITED, 10);
        assert_true(schedule.decay_steps == 10.0);
    }
    const sm_train_options options = options_of(SM_SCHEDULE_COSINE);
    const smi_schedule schedule = smi_schedule_of(&options, 0, 10); /* no steps at all */
    check_rate(&schedule, 0, 0.5);
}

/* ---- the choice of a solver ---- */

static void the_solver_follows_from_the_problem(void **state)
{
    (void)state;
    static const struct {
        smi_problem problem;
        sm_solver solver;
    } cases[] = {
        {{60000, 784, 10, 1.0, 0.0, 1e-4, true, true}, SM_SOLVER_LBFGS},
        {{60000, 784, 10, 1.0, 0.0, 1e-4, false, false}, SM_SOLVER_LBFGS},
        {{11000, 34000, 20, 0.005, 0.0, 1e-4, true, false}, SM_SOLVER_NEWTON_CG},
        {{11000, 34000, 20, 0.005, 0.0, 1e-4, true, true}, SM_SOLVER_LBFGS},
        {{300, 2005, 5, 0.029, 0.0, 1e-4, true, false}, SM_SOLVER_NEWTON_CG},
        {{10000, 946, 77, 0.0106, 0.0, 1e-4, true, false}, SM_SOLVER_LBFGS},
        {{50, 784, 10, 0.19, 0.0, 1e-4, true, false}, SM_SOLVER_LBFGS},
        {{11000, 34000, 20, 0.005, 1e-5, 1e-4, true, false}, SM_SOLVER_LBFGS},
        {{11000, 34000, 20, 0.005, 0.0, 1e-4, false, false}, SM_SOLVER_LBFGS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const smi_choice choice = smi_choose_solver(&cases[i].problem);
        assert_int_equal(choice.solver, cases[i].solver);
        assert_true(choice.reason[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_rate_stays),
        cmocka_unit_test(each_solver_has_its_usual_rate),
        cmocka_unit_test(steps_fall_by_a_factor),
        cmocka_unit_test(a_cosine_ends_where_it_is_told),
        cmocka_unit_test(inverse_time_halves_after_an_epoch),
        cmocka_unit_test(without_limits_an_epoch_is_the_measure),
        cmocka_unit_test(the_solver_follows_from_the_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
