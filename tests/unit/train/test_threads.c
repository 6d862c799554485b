/* Any number of threads gives the same bits: parameters, history, and the saved file. */
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/scratch.h"
#include "support/thread_counts.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What one training run comes to, times aside. */
typedef struct outcome {
    uint8_t *file; /* the saved model */
    size_t size;
    sm_train_summary summary;
    sm_epoch last;
} outcome;

static outcome train(const char *const folder, const made_data *const data,
                     const sm_dataset *const validation, sm_train_options options,
                     const size_t threads)
{
    const scratch_path path = path_in(folder, "model");
    sm_model *const model = made_data_model(data);
    sm_history *history = NULL;
    outcome result = {0};
    options.threads = threads;
    assert_int_equal(sm_train(model, data->dataset, validation, &options, &history), SM_OK);
    assert_int_equal(sm_model_save(model, path.text), SM_OK);
    result.file = read_file(path.text, &result.size);
    assert_non_null(result.file);
    result.summary = sm_history_summary(history);
    assert_true(sm_history_epochs(history) > 0);
    result.last = *sm_history_epoch(history, sm_history_epochs(history) - 1);
    result.summary.seconds = 0.0;
    result.last.seconds = 0.0;
    sm_history_free(history);
    sm_model_free(model);
    return result;
}

static void check_same(const outcome *const a, const outcome *const b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->file, b->file, a->size); /* parameters, and all that is said of them */
    assert_int_equal(a->summary.steps, b->summary.steps);
    assert_memory_equal(&a->summary.loss, &b->summary.loss, sizeof(double));
    assert_memory_equal(&a->summary.accuracy, &b->summary.accuracy, sizeof(double));
    assert_memory_equal(&a->summary.gradient_norm, &b->summary.gradient_norm, sizeof(double));
    assert_memory_equal(&a->last.loss, &b->last.loss, sizeof(double));
    assert_memory_equal(&a->last.accuracy, &b->last.accuracy, sizeof(double));
    assert_memory_equal(&a->last.validation_loss, &b->last.validation_loss, sizeof(double));
    assert_memory_equal(&a->last.validation_accuracy, &b->last.validation_accuracy, sizeof(double));
}

static const struct {
    sm_element element;
    size_t rows;
    size_t features;
    size_t classes;
    bool soft;
} shapes[] = {{SM_U8, 1, 3, 2, false},     {SM_F32, 31, 5, 3, false},
              {SM_U8, 64, 17, 4, true},    {SM_F32, 300, 40, 10, false},
              {SM_U8, 2500, 20, 5, false}, {SM_F32, 1100, 3, 26, true}};

static void check_solver(void **const state, const sm_solver solver)
{
    for (size_t s = 0; s < COUNT(shapes); s++) {
        made_data data = made_data_of(shapes[s].element, shapes[s].rows, shapes[s].features,
                                      shapes[s].classes, 1);
        made_data held_out =
            made_data_of(shapes[s].element, 150, shapes[s].features, shapes[s].classes, 2);
        if (shapes[s].soft) {
            made_data_soften(&data);
        }
        for (int validated = 0; validated < 2; validated++) {
            sm_train_options options = sm_train_options_default();
            outcome outcomes[THREAD_COUNTS];
            options.solver = solver;
            options.max_epochs = 3;
            options.tolerance = 0.0;
            options.batch_size = 100;
            options.momentum = solver == SM_SOLVER_SGD ? 0.9 : 0.0;
            for (size_t t = 0; t < THREAD_COUNTS; t++) {
                outcomes[t] = train(*state, &data, validated == 1 ? held_out.dataset : NULL,
                                    options, thread_counts[t]);
                check_same(&outcomes[0], &outcomes[t]);
            }
            for (size_t t = 0; t < THREAD_COUNTS; t++) {
                free(outcomes[t].file);
            }
        }
        made_data_free(&held_out);
        made_data_free(&data);
    }
}

static void lbfgs_gives_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_LBFGS);
}

static void newton_cg_gives_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_NEWTON_CG);
}

static void what_auto_takes_gives_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_AUTO);
}

static void gd_gives_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_GD);
}

static void sgd_gives_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_SGD);
}

static void the_other_rules_give_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_ADAM);
    check_solver(state, SM_SOLVER_ADAMW);
    check_solver(state, SM_SOLVER_ADAGRAD);
    check_solver(state, SM_SOLVER_FTRL);
}

static void l1_gives_the_same_bits(void **state)
{
    made_data data = made_data_of(SM_U8, 2500, 20, 5, 1);
    for (int solver = SM_SOLVER_AUTO; solver <= SM_SOLVER_FTRL; solver++) {
        sm_train_options options = sm_train_options_default();
        options.solver = (sm_solver)solver;
        options.l1 = 1e-3;
        options.max_epochs = 4;
        options.schedule = solver >= SM_SOLVER_GD ? SM_SCHEDULE_COSINE : SM_SCHEDULE_CONSTANT;
        if (options.solver == SM_SOLVER_NEWTON_CG) {
            continue; /* has no l1 */
        }
        outcome one = train(*state, &data, data.dataset, options, 1);
        outcome many = train(*state, &data, data.dataset, options, 5);
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
    made_data data = made_data_of(SM_U8, 500, 30, 10, 1);
    for (size_t i = 0; i < COUNT(sets); i++) {
        assert_int_equal(setenv("SOFTMAX_ISA", sets[i], 1), 0);
        if (strcmp(sm_isa(), sets[i]) != 0) {
            continue; /* not here */
        }
        sm_train_options options = sm_train_options_default();
        options.max_epochs = 3;
        outcome one = train(*state, &data, NULL, options, 1);
        outcome many = train(*state, &data, NULL, options, 5);
        check_same(&one, &many);
        free(one.file);
        free(many.file);
    }
    assert_int_equal(unsetenv("SOFTMAX_ISA"), 0);
    made_data_free(&data);
}

static void more_threads_than_rows_do_no_harm(void **state)
{
    made_data data = made_data_of(SM_U8, 3, 2, 2, 1);
    sm_train_options options = sm_train_options_default();
    options.max_epochs = 3;
    outcome one = train(*state, &data, NULL, options, 1);
    outcome many = train(*state, &data, NULL, options, 64);
    check_same(&one, &many);
    free(one.file);
    free(many.file);
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lbfgs_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(newton_cg_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(what_auto_takes_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(gd_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(sgd_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(the_other_rules_give_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(l1_gives_the_same_bits, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(every_instruction_set_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(more_threads_than_rows_do_no_harm, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
