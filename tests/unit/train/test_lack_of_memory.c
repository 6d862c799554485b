/* When memory runs out, at any place: the call says so, changes nothing, and leaves nothing behind
 * (which AddressSanitizer sees). */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "model/model_file.h"
#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/scratch.h"
#include "support/tiny_model.h"

/* No call here allocates more often. */
enum { MOST_ALLOCATIONS = 5000 };

static bool spare_jansson;

/* jansson, a library of its own, is asked to allocate through us. Where just one allocation fails
 * it is none of jansson's: its json_dumps() does not notice when it cannot write a key. */
static void *allocate(const size_t size)
{
    void *memory = NULL;
    if (spare_jansson) {
        return posix_memalign(&memory, 16, size) == 0 ? memory : NULL; /* not counted */
    }
    return malloc(size);
}

static int count_janssons_too(void **state)
{
    (void)state;
    json_set_alloc_funcs(allocate, free);
    return 0;
}

/* What one attempt is: `allowed` allocations succeed, then one fails, or all do. */
typedef struct attempt {
    size_t allowed;
    size_t failing;
} attempt;

/* Calls once for each allocation, which fails, until all that are made succeed. */
static void for_each_attempt(size_t (*const call)(attempt now, void *context), void *const context)
{
    for (size_t failing = 1; failing != 0; failing = failing == 1 ? SIZE_MAX : 0) {
        size_t failed = 1;
        for (size_t allowed = 0; failed > 0; allowed++) {
            assert_true(allowed < MOST_ALLOCATIONS);
            failed = call((attempt){allowed, failing}, context);
        }
    }
}

static void begin(const attempt now)
{
    spare_jansson = now.failing == 1;
    allocations_fail(now.allowed, now.failing);
}

static void check_status(const attempt now, const sm_status status)
{
    if (status != SM_OK &&
        (status != SM_ERROR_MEMORY || strstr(sm_error_message(), "not enough memory") == NULL)) {
        fail_msg("allocation %zu fails (%s): %s: %s", now.allowed,
                 now.failing == 1 ? "and no other" : "and all after it", sm_status_name(status),
                 sm_error_message());
    }
}

/* Returns how many allocations failed. A call that succeeds all the same must have done its work:
 * that is for the test to see. */
static size_t end(const attempt now, const sm_status status)
{
    const size_t failed = allocations_recover();
    check_status(now, status);
    assert_true(status == SM_OK || failed > 0);
    return failed;
}

static size_t make(const attempt now, void *const context)
{
    sm_model *model = NULL;
    begin(now);
    const sm_status status = sm_model_create(*(const sm_shape *)context, &model);
    const size_t failed = end(now, status);
    assert_true((model != NULL) == (status == SM_OK));
    sm_model_free(model);
    return failed;
}

static void making_a_model(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c"};
    sm_shape shape = {.features = 5, .classes = 3, .scale = 1.0F, .class_names = names};
    for_each_attempt(make, &shape);
    shape.class_names = NULL;
    for_each_attempt(make, &shape);
}

static size_t load(const attempt now, void *const context)
{
    const byte_list *const file = context;
    sm_model *model = NULL;
    begin(now);
    const sm_status status = smi_model_parse(file->data, file->size, "m", &model);
    const size_t failed = allocations_recover();
    /* jansson does not say that it failed for lack of memory: then the file seems to be wrong */
    assert_true(failed > 0 || status == SM_OK);
    if (status != SM_ERROR_FORMAT || spare_jansson) {
        check_status(now, status);
    }
    assert_true((model != NULL) == (status == SM_OK));
    if (model != NULL) {
        assert_memory_equal(model->parameters, tiny_values, sizeof tiny_values);
        assert_string_equal(sm_model_shape(model).class_names[1], "no");
        assert_string_equal(sm_model_training(model), "{\"l2\":0.5}");
    }
    sm_model_free(model);
    return failed;
}

static void loading_a_model(void **state)
{
    (void)state;
    char *const header =
        replaced(tiny_header, "\"1\",", "\"1\",\"softmax.training\":\"{\\\"l2\\\":0.5}\",");
    byte_list file = model_file(header, tiny_values, TINY_FLOATS);
    for_each_attempt(load, &file);
    byte_list_free(&file);
    free(header);
}

typedef struct saving {
    const sm_model *model;
    const char *folder;
    uint8_t *whole; /* what the file has to be */
    size_t size;
} saving;

static size_t save(const attempt now, void *const context)
{
    const saving *const all = context;
    const scratch_path path = path_in(all->folder, "model");
    size_t size = 0;
    write_file(path.text, "older", 5);
    begin(now);
    const sm_status status = sm_model_save(all->model, path.text);
    const size_t failed = end(now, status);
    uint8_t *const file = read_file(path.text, &size);
    assert_int_equal(count_entries(all->folder), 1);
    if (status == SM_OK) { /* whole, and not without what there was no room for */
        assert_int_equal(size, all->size);
        assert_memory_equal(file, all->whole, size);
    } else {
        assert_string_equal((const char *)file, "older");
    }
    free(file);
    return failed;
}

static void saving_a_model(void **state)
{
    const scratch_path path = path_in(*state, "model");
    const sm_shape shape = {
        .features = 6, .classes = 3, .image_height = 2, .image_width = 3, .scale = 1.0F};
    sm_model *model = NULL;
    saving all = {.folder = *state};
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(smi_model_set_training(model, "{\"l2\":0.5}"), SM_OK);
    assert_int_equal(sm_model_save(model, path.text), SM_OK);
    all.model = model;
    all.whole = read_file(path.text, &all.size);
    for_each_attempt(save, &all);
    free(all.whole);
    sm_model_free(model);
}

typedef struct training {
    made_data data;
    size_t units; /* of a hidden layer; 0: there is none */
    sm_train_options options;
    char *description; /* the first one, which all must equal */
} training;

static sm_model *model_for(const training *const all)
{
    sm_model *const model = made_data_model(&all->data);
    const sm_layer layer = sm_layer_default(all->units);
    if (all->units > 0) {
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

static size_t train(const attempt now, void *const context)
{
    training *const all = context;
    sm_model *const model = model_for(all);
    const float first = model->parameters[0];
    sm_history *history = NULL;
    begin(now);
    const sm_status status =
        sm_train(model, all->data.dataset, all->data.dataset, &all->options, &history);
    const size_t failed = end(now, status);
    assert_true((history != NULL) == (status == SM_OK));
    if (status == SM_OK) {
        assert_int_equal(sm_history_epochs(history), all->options.max_epochs);
        assert_string_equal(sm_model_training(model), all->description);
    } else {
        assert_true(model->parameters[0] == first);
        assert_string_equal(sm_model_training(model), "");
    }
    sm_history_free(history);
    sm_model_free(model);
    return failed;
}

static void check_attempts(training *const all)
{
    sm_model *const model = model_for(all);
    all->options.threads = 1;
    all->options.tolerance = 0.0;
    assert_int_equal(sm_train(model, all->data.dataset, NULL, &all->options, NULL), SM_OK);
    all->description = strdup(sm_model_training(model));
    for_each_attempt(train, all);
    free(all->description);
    sm_model_free(model);
    made_data_free(&all->data);
}

static double training_l1;

static void check_training(const sm_solver solver)
{
    training all = {.data = made_data_of(SM_F32, 40, 3, 3, 1),
                    .options = sm_train_options_default()};
    all.options.solver = solver;
    all.options.momentum = 0.5;
    all.options.l1 = training_l1;
    all.options.max_epochs = 20; /* more than the history first has room for */
    check_attempts(&all);
}

static void training_with_lbfgs(void **state)
{
    (void)state;
    check_training(SM_SOLVER_LBFGS);
}

static void training_with_newton_cg(void **state)
{
    (void)state;
    check_training(SM_SOLVER_NEWTON_CG);
}

static void training_with_what_auto_takes(void **state)
{
    (void)state;
    check_training(SM_SOLVER_AUTO);
}

static void training_with_l1(void **state)
{
    (void)state;
    training_l1 = 0.01;
    check_training(SM_SOLVER_LBFGS);
    check_training(SM_SOLVER_GD);
    training_l1 = 0.0;
}

static void training_with_other_rules(void **state)
{
    (void)state;
    check_training(SM_SOLVER_ADAM);
    check_training(SM_SOLVER_FTRL);
}

static void training_with_gd(void **state)
{
    (void)state;
    check_training(SM_SOLVER_GD);
}

static void training_with_sgd(void **state)
{
    (void)state;
    check_training(SM_SOLVER_SGD);
}

/* On rows that are lists and ones that are not, few and so many that they are cut into chunks. */
static void training_networks(void **state)
{
    (void)state;
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG, SM_SOLVER_ADAM};
    for (size_t i = 0; i < 4 * sizeof solvers / sizeof *solvers; i++) {
        const bool many = i % 4 >= 2;
        training all = {.data = made_data_of(SM_F32, many ? 1100 : 40, 30, 3, 1),
                        .units = many ? 60 : 7,
                        .options = sm_train_options_default()};
        if (i % 2 == 1) {
            made_data_thin_out(&all.data, 97);
        }
        all.options.solver = solvers[i / 4];
        all.options.batch_size = 1100;
        all.options.max_epochs = 1;
        check_attempts(&all);
    }
}

typedef struct evaluation {
    made_data data;
    sm_model *model;
} evaluation;

static size_t evaluate(const attempt now, void *const context)
{
    const evaluation *const all = context;
    sm_metrics metrics = {.rows = 7};
    sm_class_metrics classes[3];
    double top_accuracy[3];
    uint64_t confusion[9];
    begin(now);
    const sm_status status = sm_evaluate_fully(all->model, all->data.dataset, &metrics, classes,
                                               top_accuracy, confusion);
    const size_t failed = end(now, status);
    assert_int_equal(metrics.rows, status == SM_OK ? 70 : 7);
    return failed;
}

static void evaluating(void **state)
{
    (void)state;
    evaluation all = {.data = made_data_of(SM_U8, 70, 3, 3, 1)};
    all.model = made_data_model(&all.data);
    for_each_attempt(evaluate, &all);
    sm_model_free(all.model);
    made_data_free(&all.data);
}

static size_t cut_fold(const attempt now, void *const context)
{
    const evaluation *const all = context;
    const sm_fold_options options = sm_fold_options_default(4);
    sm_dataset *rest = NULL;
    sm_dataset *held_out = NULL;
    begin(now);
    const sm_status status = sm_dataset_fold(all->data.dataset, &options, 1, &rest, &held_out);
    const size_t failed = end(now, status);
    assert_true((rest != NULL) == (status == SM_OK) && (held_out != NULL) == (status == SM_OK));
    sm_dataset_free(rest);
    sm_dataset_free(held_out);
    return failed;
}

static size_t balance(const attempt now, void *const context)
{
    const evaluation *const all = context;
    double weights[3] = {-1.0, -1.0, -1.0};
    begin(now);
    const sm_status status = sm_balanced_class_weights(all->model, all->data.dataset, weights);
    const size_t failed = end(now, status);
    assert_true((weights[0] > 0.0) == (status == SM_OK));
    return failed;
}

static void cutting_folds_and_balancing_classes(void **state)
{
    (void)state;
    evaluation all = {.data = made_data_of(SM_U8, 70, 3, 3, 1)};
    all.model = made_data_model(&all.data);
    for_each_attempt(cut_fold, &all);
    for_each_attempt(balance, &all);
    sm_model_free(all.model);
    made_data_free(&all.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making_a_model),
        cmocka_unit_test(loading_a_model),
        cmocka_unit_test_setup_teardown(saving_a_model, scratch_setup, scratch_teardown),
        cmocka_unit_test(training_with_lbfgs),
        cmocka_unit_test(training_with_newton_cg),
        cmocka_unit_test(training_with_what_auto_takes),
        cmocka_unit_test(training_with_l1),
        cmocka_unit_test(training_with_other_rules),
        cmocka_unit_test(training_with_gd),
        cmocka_unit_test(training_with_sgd),
        cmocka_unit_test(training_networks),
        cmocka_unit_test(evaluating),
        cmocka_unit_test(cutting_folds_and_balancing_classes),
    };
    return cmocka_run_group_tests(tests, count_janssons_too, NULL);
}
