/* Training options: their defaults, and that what is out of range is named. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "sys/processor.h"

static void the_defaults_are_those_the_header_states(void **state)
{
    (void)state;
    const sm_train_options options = sm_train_options_default();
    assert_int_equal(options.solver, SM_SOLVER_AUTO);
    assert_true(options.learning_rate == SM_AUTO_RATE);
    assert_int_equal(options.schedule, SM_SCHEDULE_CONSTANT);
    assert_int_equal(options.decay_steps, SM_AUTO);
    assert_true(options.decay_rate == SM_AUTO_RATE);
    assert_true(options.beta1 == 0.9 && options.beta2 == 0.999 && options.epsilon == 1e-7);
    assert_true(options.weight_decay == 0.01);
    assert_true(options.initial_accumulator == 0.1);
    assert_int_equal(options.patience, SM_UNLIMITED);
    assert_true(options.l1 == 0.0);
    assert_true(options.momentum == 0.0);
    assert_false(options.nesterov);
    assert_int_equal(options.batch_size, 100);
    assert_int_equal(options.max_epochs, SM_AUTO);
    assert_int_equal(options.max_steps, SM_UNLIMITED);
    assert_true(options.l2 == 1e-4);
    assert_int_equal(options.loss, SM_LOSS_FROM_LOGITS);
    assert_true(options.label_smoothing == 0.0);
    assert_true(options.tolerance == 1e-4);
    assert_int_equal(options.history_size, 10);
    assert_true(options.shuffle);
    assert_int_equal(options.seed, 0);
    assert_int_equal(options.threads, smi_processor_count());
    assert_null(options.on_progress);
    assert_null(options.user);
    assert_int_equal(sm_train_options_check(&options), SM_OK);
}

static void null_is_answered(void **state)
{
    (void)state;
    assert_int_equal(sm_train_options_check(NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_train_options_check: options is NULL");
}

/* Checks the options, alone and through sm_train(), which must leave everything as it was. */
static void check_refused(const sm_train_options *const options, const char *const message)
{
    made_data data = made_data_of(SM_F32, 6, 2, 2, 1);
    sm_model *const model = made_data_model(&data);
    sm_history *history = NULL;
    float kernel[4];
    float bias[2];
    assert_int_equal(sm_train_options_check(options), SM_ERROR_ARGUMENT);
    assert_message("%s", message);
    assert_int_equal(sm_train(model, data.dataset, NULL, options, &history), SM_ERROR_ARGUMENT);
    assert_message("%s", message);
    assert_null(history);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    assert_true(kernel[0] == 0.0F && bias[0] == 0.0F);
    assert_string_equal(sm_model_training(model), "");
    sm_model_free(model);
    made_data_free(&data);
}

static void an_unknown_solver_is_named(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.solver = (sm_solver)9;
    check_refused(&options, "solver is 9; it must be one of sm_solver");
}

static void an_unknown_loss_is_named(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.loss = (sm_loss)2;
    check_refused(&options, "loss is 2; it must be one of sm_loss");
}

static void newton_cg_needs_the_loss_from_logits(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_NEWTON_CG;
    options.loss = SM_LOSS_FROM_PROBABILITIES;
    check_refused(&options, "newton-cg needs the loss from logits, and it is from probabilities; "
                            "lbfgs, gd, sgd, adam, adamw, adagrad and ftrl can take either");
}

static void numbers_out_of_range_are_named(void **state)
{
    (void)state;
    static const struct {
        size_t field;
        double value;
        const char *message;
    } cases[] = {
        {offsetof(sm_train_options, learning_rate), 0.0,
         "learning_rate is 0; it must be a finite number above 0"},
        {offsetof(sm_train_options, learning_rate), -0.5,
         "learning_rate is -0.5; it must be a finite number above 0"},
        {offsetof(sm_train_options, learning_rate), NAN, NULL},
        {offsetof(sm_train_options, learning_rate), INFINITY,
         "learning_rate is inf; it must be a finite number above 0"},
        {offsetof(sm_train_options, momentum), -0.1,
         "momentum is -0.1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, momentum), 1.0,
         "momentum is 1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, momentum), NAN, NULL},
        {offsetof(sm_train_options, decay_rate), -0.5,
         "decay_rate is -0.5; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, beta1), 1.0, "beta1 is 1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, beta2), -0.1,
         "beta2 is -0.1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, epsilon), 0.0,
         "epsilon is 0; it must be a finite number above 0"},
        {offsetof(sm_train_options, weight_decay), -1.0,
         "weight_decay is -1; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, initial_accumulator), 0.0,
         "initial_accumulator is 0; it must be a finite number above 0"},
        {offsetof(sm_train_options, l1), -1e-9,
         "l1 is -1e-09; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, l1), INFINITY,
         "l1 is inf; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, l2), -1e-9,
         "l2 is -1e-09; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, l2), INFINITY,
         "l2 is inf; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, l2), NAN, NULL},
        {offsetof(sm_train_options, clip_norm), 0.0,
         "clip_norm is 0; it must be a finite number above 0"},
        {offsetof(sm_train_options, clip_norm), NAN, NULL},
        {offsetof(sm_train_options, label_smoothing), -0.1,
         "label_smoothing is -0.1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, label_smoothing), 1.0,
         "label_smoothing is 1; it must be 0 or more, and below 1"},
        {offsetof(sm_train_options, label_smoothing), NAN, NULL},
        {offsetof(sm_train_options, tolerance), -1.0,
         "tolerance is -1; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, tolerance), INFINITY,
         "tolerance is inf; it must be a finite number, 0 or more"},
        {offsetof(sm_train_options, tolerance), NAN, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_train_options options = sm_train_options_default();
        memcpy((char *)&options + cases[i].field, &cases[i].value, sizeof cases[i].value);
        if (cases[i].message != NULL) {
            check_refused(&options, cases[i].message);
        } else { /* printf may write a NaN with a sign */
            assert_int_equal(sm_train_options_check(&options), SM_ERROR_ARGUMENT);
            assert_non_null(strstr(sm_error_message(), "nan; it must be "));
        }
    }
}

static void sizes_out_of_range_are_named(void **state)
{
    (void)state;
    static const struct {
        size_t field;
        size_t value;
        const char *message;
    } cases[] = {
        {offsetof(sm_train_options, batch_size), 0, "batch_size is 0; it must be 1 or more"},
        {offsetof(sm_train_options, decay_steps), 0, "decay_steps is 0; it must be 1 or more"},
        {offsetof(sm_train_options, patience), 0, "patience is 0; it must be 1 or more"},
        {offsetof(sm_train_options, history_size), 0, "history_size is 0; it must be 1 … 100"},
        {offsetof(sm_train_options, history_size), 101, "history_size is 101; it must be 1 … 100"},
        {offsetof(sm_train_options, threads), 0, "threads is 0; it must be 1 … 256"},
        {offsetof(sm_train_options, threads), 257, "threads is 257; it must be 1 … 256"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_train_options options = sm_train_options_default();
        memcpy((char *)&options + cases[i].field, &cases[i].value, sizeof cases[i].value);
        check_refused(&options, cases[i].message);
    }
}

static void what_does_not_go_together_is_refused_with_what_does(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_NEWTON_CG;
    options.l1 = 0.5;
    check_refused(&options, "newton-cg needs a smooth objective, and l1 is 0.5; lbfgs, gd, sgd, "
                            "adam, adamw, adagrad and ftrl can have l1");
    for (int solver = SM_SOLVER_AUTO; solver <= SM_SOLVER_FTRL; solver++) {
        options = sm_train_options_default();
        options.solver = (sm_solver)solver;
        options.schedule = SM_SCHEDULE_COSINE;
        const bool has_rate =
            options.solver >= SM_SOLVER_GD || options.solver == SM_SOLVER_AUTO; /* that may */
        assert_int_equal(sm_train_options_check(&options), has_rate ? SM_OK : SM_ERROR_ARGUMENT);
    }
    options.solver = SM_SOLVER_LBFGS;
    check_refused(&options, "a schedule needs a solver with a learning rate: gd, sgd, adam, adamw, "
                            "adagrad or ftrl; solver is lbfgs");
    options = sm_train_options_default();
    options.patience = 3;
    made_data data = made_data_of(SM_F32, 6, 2, 2, 1);
    sm_model *const model = made_data_model(&data);
    assert_int_equal(sm_train(model, data.dataset, NULL, &options, NULL), SM_ERROR_ARGUMENT);
    assert_message("patience is 3, but there is no validation data");
    sm_model_free(model);
    made_data_free(&data);
}

static void schedules_are_checked(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.schedule = (sm_schedule)4;
    check_refused(&options, "schedule is 4; it must be one of sm_schedule");
    options.solver = SM_SOLVER_SGD;
    options.schedule = SM_SCHEDULE_STEP;
    options.decay_rate = 1.5;
    check_refused(&options, "decay_rate is 1.5; it must be 0 … 1");
    options.schedule = SM_SCHEDULE_INVERSE_TIME;
    assert_int_equal(sm_train_options_check(&options), SM_OK);
}

static void solvers_have_names(void **state)
{
    (void)state;
    assert_string_equal(sm_solver_name(SM_SOLVER_AUTO), "auto");
    assert_string_equal(sm_solver_name(SM_SOLVER_NEWTON_CG), "newton-cg");
    assert_string_equal(sm_solver_name(SM_SOLVER_FTRL), "ftrl");
    assert_null(sm_solver_name((sm_solver)9));
    assert_null(sm_solver_name((sm_solver)-1));
}

static void values_at_the_edges_are_accepted(void **state)
{
    (void)state;
    sm_train_options options = sm_train_options_default();
    options.learning_rate = 5e-324;
    options.momentum = nextafter(1.0, 0.0);
    options.batch_size = SIZE_MAX;
    options.max_epochs = 0;
    options.max_steps = 0;
    options.l2 = 0.0;
    options.tolerance = 0.0;
    options.history_size = 100;
    options.threads = 256;
    assert_int_equal(sm_train_options_check(&options), SM_OK);
    options.history_size = 1;
    options.batch_size = 1;
    options.threads = 1;
    assert_int_equal(sm_train_options_check(&options), SM_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_those_the_header_states),
        cmocka_unit_test(null_is_answered),
        cmocka_unit_test(an_unknown_solver_is_named),
        cmocka_unit_test(an_unknown_loss_is_named),
        cmocka_unit_test(newton_cg_needs_the_loss_from_logits),
        cmocka_unit_test(numbers_out_of_range_are_named),
        cmocka_unit_test(sizes_out_of_range_are_named),
        cmocka_unit_test(what_does_not_go_together_is_refused_with_what_does),
        cmocka_unit_test(schedules_are_checked),
        cmocka_unit_test(solvers_have_names),
        cmocka_unit_test(values_at_the_edges_are_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
