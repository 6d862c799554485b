/* Training that is stopped anywhere, and goes on from its checkpoint, comes to the very model of
 * training that was not; and goes on from nothing else. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "support/scratch.h"
#include "support/slow.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Rows enough for a preconditioner, and a metric, to pay. */
enum { ROWS = 620, HELD_OUT = 120, FEATURES = 20, CLASSES = 3, BATCH = 64 };

typedef struct problem {
    made_data data;
    sm_dataset *train;
    sm_dataset *validation;
    const char *folder;
    size_t hidden; /* units of a hidden layer with dropout; 0: softmax regression */
    bool validates;
} problem;

static problem problem_in(const char *const folder)
{
    problem all = {.data = made_data_of(SM_U8, ROWS, FEATURES, CLASSES, 1), .folder = folder};
    for (size_t r = 0; r < ROWS; r += 5) {
        all.data.labels[r] = (all.data.labels[r] + 1) % CLASSES;
    }
    const sm_split_options split = sm_split_options_default(HELD_OUT);
    assert_int_equal(sm_dataset_split(all.data.dataset, &split, &all.train, &all.validation),
                     SM_OK);
    return all;
}

static void free_problem(problem *const all)
{
    sm_dataset_free(all->train);
    sm_dataset_free(all->validation);
    made_data_free(&all->data);
}

static sm_train_options options_of(const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.batch_size = BATCH;
    options.max_epochs = 5;
    options.threads = 2;
    options.checkpoint_seconds = INFINITY;
    if (solver < SM_SOLVER_SGD) {
        options.max_epochs = 30;
        options.tolerance = 1e-7;
        options.l2 = 1e-6;
    }
    return options;
}

static bool stop_at(const sm_progress *const now, void *const user)
{
    return now->step < *(const size_t *)user;
}

static sm_model *new_model(const problem *const all)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(all->train), &model), SM_OK);
    if (all->hidden > 0) {
        sm_layer layer = sm_layer_default(all->hidden);
        layer.dropout = 0.25;
        assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
    }
    return model;
}

static sm_status train(const problem *const all, sm_model *const model,
                       const sm_train_options *const options, sm_history **const history)
{
    return sm_train(model, all->train, all->validates ? all->validation : NULL, options, history);
}

/* What training comes to: all that a model file has of it. */
typedef struct outcome {
    float *parameters;
    size_t count;
    char *training;
    sm_train_summary summary;
    sm_epoch last;
} outcome;

static void take_model(const sm_model *const model, outcome *const result)
{
    size_t at = 0;
    result->count = sm_model_parameter_count(model);
    result->parameters = calloc(result->count, sizeof *result->parameters);
    result->training = strdup(sm_model_training(model));
    assert_true(result->parameters != NULL && result->training != NULL);
    for (size_t l = 0; l < sm_model_layer_count(model); l++) {
        const sm_layer_info layer = sm_model_layer_info(model, l);
        float *const kernel = result->parameters + at;
        assert_int_equal(
            sm_model_get_parameters(model, l, kernel, kernel + layer.inputs * layer.outputs),
            SM_OK);
        at += layer.parameters;
    }
    assert_int_equal(at, result->count);
}

static void free_outcome(outcome *const result)
{
    free(result->parameters);
    free(result->training);
}

/* steps: where it is stopped; SIZE_MAX: nowhere. */
static outcome run(const problem *const all, sm_train_options options, size_t steps)
{
    sm_model *const model = new_model(all);
    sm_history *history = NULL;
    outcome result = {0};
    options.on_progress = stop_at;
    options.user = &steps;
    if (train(all, model, &options, &history) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    take_model(model, &result);
    result.summary = sm_history_summary(history);
    const size_t epochs = sm_history_epochs(history);
    result.last = epochs > 0 ? *sm_history_epoch(history, epochs - 1) : (sm_epoch){0};
    sm_history_free(history);
    sm_model_free(model);
    return result;
}

static void check_same_model(const outcome *const a, const outcome *const b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->parameters, b->parameters, a->count * sizeof *a->parameters);
    assert_string_equal(a->training, b->training);
}

static void check_same(const outcome *const a, const outcome *const b)
{
    assert_int_equal(a->summary.steps, b->summary.steps);
    assert_int_equal(a->summary.epochs, b->summary.epochs);
    assert_int_equal(a->summary.best_epoch, b->summary.best_epoch);
    assert_int_equal(a->summary.stopped_early, b->summary.stopped_early);
    assert_int_equal(a->summary.stalled, b->summary.stalled);
    assert_int_equal(a->summary.converged, b->summary.converged);
    assert_int_equal(a->last.step, b->last.step);
    assert_memory_equal(&a->last.loss, &b->last.loss, sizeof a->last.loss);
    assert_memory_equal(&a->last.accuracy, &b->last.accuracy, sizeof a->last.accuracy);
    assert_true(a->last.validation_loss == b->last.validation_loss ||
                (isnan(a->last.validation_loss) && isnan(b->last.validation_loss)));
    check_same_model(a, b);
}

/* Stops after `steps`, twice if it gets that far, and goes on; at last from the end. */
static void check_stop(const problem *const all, sm_train_options options, const size_t steps,
                       const outcome *const whole)
{
    const scratch_path path = path_in(all->folder, "checkpoint");
    options.checkpoint = path.text;
    for (size_t stop = steps; stop != 0; stop = stop == SIZE_MAX ? 0 : SIZE_MAX) {
        outcome first = run(all, options, stop == SIZE_MAX ? 2 * steps + 1 : stop);
        free_outcome(&first);
        options.resume = path.text;
        options.threads = 1;
    }
    outcome rest = run(all, options, SIZE_MAX);
    check_same(whole, &rest);
    free_outcome(&rest);
    options.checkpoint = NULL;
    rest = run(all, options, SIZE_MAX);
    check_same(whole, &rest);
    free_outcome(&rest);
}

static void check_solver(const problem *const all, const sm_train_options *const options)
{
    static const size_t stops[] = {3, 9, 1, 8, 13};
    enum { STOPS = RUNS_SLOWLY ? 2 : COUNT(stops) };
    outcome whole = run(all, *options, SIZE_MAX);
    for (size_t i = 0; i < STOPS; i++) {
        check_stop(all, *options, stops[i], &whole);
    }
    free_outcome(&whole);
}

static void every_solver_goes_on(void **state)
{
    problem all = problem_in(*state);
    for (sm_solver solver = SM_SOLVER_AUTO; solver <= SM_SOLVER_FTRL; solver++) {
        sm_train_options options = options_of(solver);
        check_solver(&all, &options);
        options.l1 = solver == SM_SOLVER_NEWTON_CG ? 0.0 : 1e-3;
        options.history_size = 3;
        options.momentum = solver == SM_SOLVER_SGD ? 0.9 : 0.0;
        options.schedule = solver >= SM_SOLVER_GD ? SM_SCHEDULE_COSINE : SM_SCHEDULE_CONSTANT;
        check_solver(&all, &options);
    }
    free_problem(&all);
}

static void under_patience_too(void **state)
{
    problem all = problem_in(*state);
    all.validates = true;
    for (sm_solver solver = SM_SOLVER_LBFGS; solver <= SM_SOLVER_FTRL; solver++) {
        sm_train_options options = options_of(solver);
        options.patience = 2;
        options.max_epochs = 40;
        options.learning_rate = solver >= SM_SOLVER_GD ? 0.5 : SM_AUTO_RATE;
        check_solver(&all, &options);
    }
    free_problem(&all);
}

static void networks_too(void **state)
{
    problem all = problem_in(*state);
    all.hidden = 7;
    for (sm_solver solver = SM_SOLVER_SGD; solver <= SM_SOLVER_FTRL; solver++) {
        const sm_train_options options = options_of(solver);
        check_solver(&all, &options);
    }
    free_problem(&all);
}

/* So many parameters that l1 is left to OWL-QN. */
static void owlqn_too(void **state)
{
    enum { WIDE_ROWS = 60, ENTRIES = 20, WIDE = 22000 };
    float *const values = calloc((size_t)WIDE_ROWS * ENTRIES, sizeof *values);
    uint32_t *const columns = calloc((size_t)WIDE_ROWS * ENTRIES, sizeof *columns);
    size_t starts[WIDE_ROWS + 1] = {0};
    int32_t labels[WIDE_ROWS];
    assert_true(values != NULL && columns != NULL);
    for (size_t r = 0; r < WIDE_ROWS; r++) {
        labels[r] = (int32_t)(r % CLASSES);
        for (size_t i = 0; i < ENTRIES; i++) {
            values[r * ENTRIES + i] = 1.0F + (float)((r * 7 + i) % 5);
            columns[r * ENTRIES + i] = (uint32_t)(i * 1000 + (i < 4 ? r % CLASSES : r * 13 % 997));
        }
        starts[r + 1] = (r + 1) * ENTRIES;
    }
    problem all = {.folder = *state};
    assert_int_equal(sm_dataset_borrow_csr(values, columns, starts, WIDE_ROWS, WIDE, labels,
                                           CLASSES, &all.train),
                     SM_OK);
    sm_train_options options = options_of(SM_SOLVER_LBFGS);
    options.l1 = 1e-3;
    outcome whole = run(&all, options, SIZE_MAX);
    assert_true(whole.summary.steps > 8);
    check_stop(&all, options, 1, &whole);
    check_stop(&all, options, 6, &whole);
    free_outcome(&whole);
    sm_dataset_free(all.train);
    free(values);
    free(columns);
}

static void a_raised_limit_lets_it_go_on(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    sm_train_options options = options_of(SM_SOLVER_ADAM);
    outcome whole = run(&all, options, SIZE_MAX);
    options.max_epochs = 2;
    options.checkpoint = path.text;
    outcome first = run(&all, options, SIZE_MAX);
    options = options_of(SM_SOLVER_ADAM);
    options.resume = path.text;
    outcome rest = run(&all, options, SIZE_MAX);
    check_same(&whole, &rest);
    free_outcome(&whole);
    free_outcome(&first);
    free_outcome(&rest);
    free_problem(&all);
}

/* ---- when it is written ---- */

typedef struct watch {
    const char *path;
    size_t every;
    bool right;
} watch;

/* A checkpoint of the last multiple of `every` steps is there, and is taken away. */
static bool look(const sm_progress *const now, void *const user)
{
    watch *const self = user;
    const bool due = now->step > 1 && (now->step - 1) % self->every == 0;
    self->right = self->right && (remove(self->path) == 0) == due;
    return true;
}

static void it_is_written_every_so_many_steps(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    for (sm_solver solver = SM_SOLVER_LBFGS; solver <= SM_SOLVER_SGD; solver++) {
        sm_train_options options = options_of(solver);
        watch self = {.path = path.text, .every = 3, .right = true};
        sm_model *const model = new_model(&all);
        options.checkpoint = path.text;
        options.checkpoint_steps = self.every;
        options.on_progress = look;
        options.user = &self;
        assert_int_equal(train(&all, model, &options, NULL), SM_OK);
        assert_true(self.right);
        assert_int_equal(remove(path.text), 0); /* that of the end */
        sm_model_free(model);
    }
    free_problem(&all);
}

static void after_no_seconds_it_is_written_after_each_step(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    sm_train_options options = options_of(SM_SOLVER_SGD);
    watch self = {.path = path.text, .every = 1, .right = true};
    sm_model *const model = new_model(&all);
    options.checkpoint = path.text;
    options.checkpoint_seconds = 0.0;
    options.on_progress = look;
    options.user = &self;
    assert_int_equal(train(&all, model, &options, NULL), SM_OK);
    assert_true(self.right);
    sm_model_free(model);
    free_problem(&all);
}

static void one_that_cannot_be_written_ends_training(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "no/such/folder");
    sm_train_options options = options_of(SM_SOLVER_SGD);
    sm_model *const model = new_model(&all);
    float kernel[FEATURES * CLASSES];
    float bias[CLASSES];
    options.checkpoint = path.text;
    options.checkpoint_steps = 2;
    assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), path.text));
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    for (size_t i = 0; i < COUNT(kernel); i++) {
        assert_true(kernel[i] == 0.0F);
    }
    sm_model_free(model);
    free_problem(&all);
}

/* ---- what it does not go on with ---- */

/* Leaves a checkpoint after three steps. */
static void leave_checkpoint(const problem *const all, sm_train_options options,
                             const char *const path)
{
    options.checkpoint = path;
    outcome first = run(all, options, 3);
    free_outcome(&first);
}

static void refuse(const problem *const all, const sm_train_options *const options,
                   const char *const difference)
{
    sm_model *const model = new_model(all);
    assert_int_equal(train(all, model, options, NULL), SM_ERROR_ARGUMENT);
    assert_message("%s: %s", options->resume, difference);
    assert_string_equal(sm_model_training(model), "");
    sm_model_free(model);
}

static void other_options_are_named(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    const double weights[CLASSES] = {1.0, 2.0, 3.0};
    sm_train_options options = options_of(SM_SOLVER_ADAM);
    leave_checkpoint(&all, options, path.text);
    options.resume = path.text;
    sm_train_options other = options;
    other.batch_size = 128;
    refuse(&all, &other, "the checkpoint has batch_size 64, the options say 128");
    other = options;
    other.solver = SM_SOLVER_SGD;
    refuse(&all, &other, "the checkpoint has solver adam, the options say sgd");
    other = options;
    other.learning_rate = 0.002;
    refuse(&all, &other, "the checkpoint has learning_rate 0.001, the options say 0.002");
    other = options;
    other.l2 = nextafter(options.l2, 1.0);
    refuse(&all, &other, "the checkpoint has l2 0.0001, the options say 0.00010000000000000002");
    other = options;
    other.seed = UINT64_MAX;
    refuse(&all, &other, "the checkpoint has seed 0, the options say 18446744073709551615");
    other = options;
    other.schedule = SM_SCHEDULE_COSINE;
    refuse(&all, &other, "the checkpoint has schedule constant, the options say cosine");
    other = options;
    other.shuffle = false;
    refuse(&all, &other, "the checkpoint has shuffle true, the options say false");
    other = options;
    other.label_smoothing = 0.1;
    refuse(&all, &other, "the checkpoint has label_smoothing 0, the options say 0.1");
    other = options;
    other.max_steps = 2;
    refuse(&all, &other, "the checkpoint is of step 3, the options allow 2");
    other = options;
    other.class_weights = weights;
    sm_model *const model = new_model(&all);
    assert_int_equal(train(&all, model, &other, NULL), SM_ERROR_ARGUMENT);
    assert_non_null(strstr(sm_error_message(), "the checkpoint has class_weights none"));
    sm_model_free(model);
    free_problem(&all);
}

static void other_data_are_named(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    sm_train_options options = options_of(SM_SOLVER_SGD);
    leave_checkpoint(&all, options, path.text);
    options.resume = path.text;
    sm_dataset *const train_rows = all.train;
    all.train = all.data.dataset;
    refuse(&all, &options, "the checkpoint has rows 500, the data have 620");
    all.train = train_rows;
    all.validates = true;
    refuse(&all, &options, "the checkpoint has rows 0, the validation data have 120");
    all.validates = false;
    all.hidden = 4;
    refuse(&all, &options,
           "the checkpoint has dense_0 20 × 3, linear, dropout 0, the model has 20 × 4, relu, "
           "dropout 0.25");
    all.hidden = 0;
    for (size_t r = 0; r < ROWS; r++) { /* whichever are trained on */
        all.data.bytes[r * FEATURES] ^= 1;
    }
    refuse(&all, &options, "the checkpoint has other content than the data");
    free_problem(&all);
}

static void another_first_model_is_named(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    sm_train_options options = options_of(SM_SOLVER_SGD);
    leave_checkpoint(&all, options, path.text);
    options.resume = path.text;
    sm_model *const model = new_model(&all);
    assert_int_equal(sm_model_initialize(model, SM_INIT_GLOROT, 0), SM_OK);
    assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_ARGUMENT);
    assert_message("%s: the checkpoint has other first parameters than the model", path.text);
    sm_model_free(model);
    free_problem(&all);
}

/* ---- damage ---- */

/* Goes on from these bytes; whatever comes of it, it is no other model. */
static void try_bytes(const problem *const all, const sm_train_options *const options,
                      const uint8_t *const bytes, const size_t size, const outcome *const whole)
{
    sm_model *const model = new_model(all);
    write_file(options->resume, bytes, size);
    const sm_status status = train(all, model, options, NULL);
    if (status == SM_OK) {
        outcome result = {0};
        take_model(model, &result);
        check_same_model(whole, &result);
        free_outcome(&result);
    } else {
        assert_true(status == SM_ERROR_FORMAT || status == SM_ERROR_ARGUMENT);
        assert_non_null(strstr(sm_error_message(), options->resume));
    }
    sm_model_free(model);
}

static void damage_is_found(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "checkpoint");
    sm_train_options options = options_of(SM_SOLVER_LBFGS);
    options.max_epochs = 5;
    options.history_size = 2;
    options.threads = 1;
    outcome whole = run(&all, options, SIZE_MAX);
    leave_checkpoint(&all, options, path.text);
    size_t size = 0;
    uint8_t *const bytes = read_file(path.text, &size);
    assert_non_null(bytes);
    options.resume = path.text;
    try_bytes(&all, &options, bytes, size, &whole);
    for (size_t cut = 0; cut < size; cut += 97) {
        sm_model *const model = new_model(&all);
        write_file(path.text, bytes, cut);
        assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_FORMAT);
        sm_model_free(model);
    }
    for (size_t place = 0; place < size; place += 11) {
        bytes[place] ^= (uint8_t)(1U << (place % 8));
        try_bytes(&all, &options, bytes, size, &whole);
        bytes[place] ^= (uint8_t)(1U << (place % 8));
    }
    /* Numbers at the end, all of which count. */
    bytes[size - 1] ^= 1;
    sm_model *const model = new_model(&all);
    write_file(path.text, bytes, size);
    assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_FORMAT);
    assert_message("%s: the checkpoint is damaged: its sum is not the stated", path.text);
    sm_model_free(model);
    free_outcome(&whole);
    free(bytes);
    free_problem(&all);
}

static void what_is_no_checkpoint_is_refused(void **state)
{
    problem all = problem_in(*state);
    const scratch_path path = path_in(*state, "other");
    sm_train_options options = options_of(SM_SOLVER_SGD);
    sm_model *const model = new_model(&all);
    assert_int_equal(sm_model_save(model, path.text), SM_OK);
    options.resume = path.text;
    assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_FORMAT);
    assert_message("%s: not a checkpoint of softmax: its metadata has no 'softmax.checkpoint'",
                   path.text);
    assert_int_equal(remove(path.text), 0);
    assert_int_equal(train(&all, model, &options, NULL), SM_ERROR_IO);
    sm_model_free(model);
    free_problem(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(every_solver_goes_on),
        scratch_test(under_patience_too),
        scratch_test(networks_too),
        scratch_test(owlqn_too),
        scratch_test(a_raised_limit_lets_it_go_on),
        scratch_test(it_is_written_every_so_many_steps),
        scratch_test(after_no_seconds_it_is_written_after_each_step),
        scratch_test(one_that_cannot_be_written_ends_training),
        scratch_test(other_options_are_named),
        scratch_test(other_data_are_named),
        scratch_test(another_first_model_is_named),
        scratch_test(damage_is_found),
        scratch_test(what_is_no_checkpoint_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
