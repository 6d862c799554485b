/* Training that goes on from call to call is training in one go. */
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "train/training.h"

typedef struct task {
    sm_solver solver;
    size_t hidden; /* units; 0: softmax regression */
    double l1;
    size_t patience;
    const char *data;
} task;

static const task tasks[] = {{SM_SOLVER_LBFGS, 0, 0.0, SM_UNLIMITED, "digits:n=300"},
                             {SM_SOLVER_LBFGS, 0, 1e-3, SM_UNLIMITED, "digits:n=300"},
                             {SM_SOLVER_LBFGS, 6, 0.0, SM_UNLIMITED, "circles:n=300"},
                             {SM_SOLVER_NEWTON_CG, 0, 0.0, SM_UNLIMITED, "blobs:n=300"},
                             {SM_SOLVER_GD, 0, 1e-3, SM_UNLIMITED, "blobs:n=300"},
                             {SM_SOLVER_SGD, 5, 0.0, SM_UNLIMITED, "moons:n=301"},
                             {SM_SOLVER_ADAM, 7, 0.0, 2, "circles:n=301"},
                             {SM_SOLVER_ADAMW, 0, 1e-3, SM_UNLIMITED, "digits:n=300"},
                             {SM_SOLVER_ADAGRAD, 0, 0.0, SM_UNLIMITED, "blobs:n=301"},
                             {SM_SOLVER_FTRL, 0, 1e-3, SM_UNLIMITED, "blobs:n=301"}};

enum { TASKS = sizeof tasks / sizeof *tasks };

static sm_train_options options_of(const task *const of)
{
    sm_train_options options = sm_train_options_default();
    options.solver = of->solver;
    options.l1 = of->l1;
    options.patience = of->patience;
    options.batch_size = 32;
    options.max_epochs = 12;
    options.threads = 1;
    options.seed = 5;
    return options;
}

static sm_model *make_model(const task *const of, const sm_dataset *const train)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(train), &model), SM_OK);
    if (of->hidden > 0) {
        sm_layer layer = sm_layer_default(of->hidden);
        layer.dropout = of->solver >= SM_SOLVER_SGD ? 0.25 : 0.0;
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

/* What sm_train() makes of a model, in calls of so many steps. */
static void train_in_pieces(sm_model *const model, const sm_dataset *const train,
                            const sm_dataset *const validation,
                            const sm_train_options *const options, const size_t steps,
                            sm_history **const history)
{
    smi_training *training = NULL;
    assert_int_equal(smi_training_begin(model, train, validation, options, &training), SM_OK);
    while (!smi_training_is_over(training)) {
        const size_t before = smi_training_look(training).step;
        assert_int_equal(smi_training_advance(training, steps), SM_OK);
        const size_t done = smi_training_look(training).step - before;
        assert_true(done == steps || (done < steps && smi_training_is_over(training)));
    }
    assert_int_equal(smi_training_end(training, model, history), SM_OK);
    smi_training_free(training);
}

static void check_same(const sm_model *const a, const sm_model *const b)
{
    assert_int_equal(a->parameter_count, b->parameter_count);
    assert_memory_equal(a->parameters, b->parameters, a->parameter_count * sizeof *a->parameters);
    assert_string_equal(sm_model_training(a), sm_model_training(b));
}

static void pieces_leave_no_trace(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 3, 7, 1000};
    for (size_t t = 0; t < TASKS; t++) {
        const sm_train_options options = options_of(&tasks[t]);
        sm_dataset *train = NULL;
        sm_dataset *validation = NULL;
        sm_history *history = NULL;
        assert_int_equal(sm_dataset_open(tasks[t].data, &train), SM_OK);
        assert_int_equal(sm_dataset_open_test(tasks[t].data, &validation), SM_OK);
        sm_model *const whole = make_model(&tasks[t], train);
        assert_int_equal(sm_train(whole, train, validation, &options, &history), SM_OK);
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
            sm_history *other = NULL;
            sm_model *const model = make_model(&tasks[t], train);
            train_in_pieces(model, train, validation, &options, pieces[p], &other);
            check_same(model, whole);
            assert_int_equal(sm_history_epochs(other), sm_history_epochs(history));
            assert_int_equal(sm_history_summary(other).converged,
                             sm_history_summary(history).converged);
            sm_history_free(other);
            sm_model_free(model);
        }
        sm_history_free(history);
        sm_model_free(whole);
        sm_dataset_free(validation);
        sm_dataset_free(train);
    }
}

static void one_may_look_on_the_way(void **state)
{
    (void)state;
    const task of = {SM_SOLVER_ADAM, 7, 0.0, SM_UNLIMITED, "moons:n=100"};
    const sm_train_options options = options_of(&of);
    sm_dataset *train = NULL;
    smi_training *training = NULL;
    assert_int_equal(sm_dataset_open(of.data, &train), SM_OK);
    sm_model *const model = make_model(&of, train);
    const size_t bytes = model->parameter_count * sizeof *model->parameters;
    assert_int_equal(smi_training_begin(model, train, NULL, &options, &training), SM_OK);
    smi_training_place place = smi_training_look(training);
    assert_int_equal(place.step, 0);
    assert_int_equal(place.epoch, 0);
    assert_memory_equal(place.parameters, model->parameters, bytes);
    assert_int_equal(smi_training_advance(training, 5), SM_OK);
    place = smi_training_look(training);
    assert_int_equal(place.step, 5);
    assert_int_equal(place.epoch, 2); /* four batches an epoch */
    assert_true(memcmp(place.parameters, model->parameters, bytes) != 0);
    assert_false(smi_training_is_over(training));
    assert_int_equal(smi_training_advance(training, SM_UNLIMITED), SM_OK);
    assert_int_equal(smi_training_look(training).step, 48);
    assert_true(smi_training_is_over(training));
    smi_training_free(training);
    sm_model_free(model);
    sm_dataset_free(train);
}

static void divergence_is_told_again(void **state)
{
    (void)state;
    const task of = {SM_SOLVER_SGD, 5, 0.0, SM_UNLIMITED, "blobs:n=100"};
    sm_train_options options = options_of(&of);
    sm_dataset *train = NULL;
    smi_training *training = NULL;
    options.learning_rate = 1e30;
    assert_int_equal(sm_dataset_open(of.data, &train), SM_OK);
    sm_model *const model = make_model(&of, train);
    assert_int_equal(smi_training_begin(model, train, NULL, &options, &training), SM_OK);
    assert_int_equal(smi_training_advance(training, SM_UNLIMITED), SM_ERROR_DIVERGED);
    assert_true(smi_training_is_over(training));
    assert_int_equal(smi_training_advance(training, 1), SM_ERROR_DIVERGED);
    smi_training_free(training);
    sm_model_free(model);
    sm_dataset_free(train);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pieces_leave_no_trace),
                                       cmocka_unit_test(one_may_look_on_the_way),
                                       cmocka_unit_test(divergence_is_told_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
