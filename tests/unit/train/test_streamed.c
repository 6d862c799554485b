/* Data that is read from its file anew in each pass gives the bits that it gives in memory, but for
 * the order in which minibatches take its rows. */
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "base/random.h"
#include "data/dataset.h"

enum { ROWS = 3000, FEATURES = 96, CLASSES = 3, PARAMETERS = (FEATURES + 1) * CLASSES };

/* A file of bytes, most of which are zero, in pieces, so that marks are worth it. */
static void write_pictures(const char *const folder)
{
    static uint8_t x[ROWS * FEATURES];
    static int32_t labels[ROWS];
    smi_random random = smi_random_start(5, 0);
    for (size_t r = 0; r < ROWS; r++) {
        labels[r] = (int32_t)(r * CLASSES / ROWS); /* sorted: the worst that there is */
        for (size_t f = 0; f < FEATURES; f++) {
            const bool inked = f / 32 == (size_t)labels[r];
            x[r * FEATURES + f] = inked ? (uint8_t)smi_random_below(&random, 256) : 0;
        }
    }
    sm_dataset *made = NULL;
    assert_int_equal(sm_dataset_borrow_u8(x, ROWS, FEATURES, labels, CLASSES, &made), SM_OK);
    assert_int_equal(sm_dataset_save_npz(made, path_in(folder, "set.npz").text), SM_OK);
    sm_dataset_free(made);
}

/* Opens the file; streamed: as if it were large. */
static sm_dataset *open_set(const char *const folder, const bool streamed)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(path_in(folder, "set.npz").text, &dataset), SM_OK);
    assert_false(dataset->streamed);
    dataset->streamed = streamed;
    return dataset;
}

static sm_status train(const sm_dataset *const dataset, const sm_train_options *const options,
                       float *const parameters)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    const sm_status status = sm_train(model, dataset, NULL, options, NULL);
    if (status == SM_OK) {
        assert_int_equal(
            sm_model_get_parameters(model, 0, parameters, parameters + FEATURES * CLASSES), SM_OK);
    }
    sm_model_free(model);
    return status;
}

static void passes_over_all_rows_have_the_same_bits(void **state)
{
    write_pictures(*state);
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_LBFGS;
    options.l2 = 1e-3;
    float expected[PARAMETERS];
    float found[PARAMETERS];
    sm_dataset *const kept = open_set(*state, false);
    sm_dataset *const streamed = open_set(*state, true);
    assert_int_equal(train(kept, &options, expected), SM_OK);
    for (options.threads = 1; options.threads <= 3; options.threads++) {
        assert_int_equal(train(streamed, &options, found), SM_OK);
        assert_memory_equal(found, expected, FEATURES * CLASSES * sizeof *found);
    }
    sm_dataset_free(streamed);
    sm_dataset_free(kept);
}

/* Stops after so many steps, and goes on. */
static void training_goes_on_where_it_stopped(void **state)
{
    write_pictures(*state);
    const scratch_path checkpoint = path_in(*state, "checkpoint");
    sm_dataset *const streamed = open_set(*state, true);
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.batch_size = 7;
    options.max_epochs = 2;
    float expected[PARAMETERS];
    float found[PARAMETERS];
    assert_int_equal(train(streamed, &options, expected), SM_OK);
    options.checkpoint = checkpoint.text;
    options.max_steps = 500; /* in the second epoch */
    assert_int_equal(train(streamed, &options, found), SM_OK);
    options.max_steps = SM_UNLIMITED;
    options.resume = checkpoint.text;
    options.threads = 1;
    assert_int_equal(train(streamed, &options, found), SM_OK);
    assert_memory_equal(found, expected, FEATURES * CLASSES * sizeof *found);
    sm_dataset *const kept = open_set(*state, false);
    assert_int_equal(train(kept, &options, found), SM_ERROR_ARGUMENT);
    assert_message("%s: the checkpoint has shuffle in blocks, the options say true",
                   checkpoint.text);
    sm_dataset_free(kept);
    sm_dataset_free(streamed);
}

static sm_train_summary summary_of(const sm_dataset *const dataset, const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    sm_model *model = NULL;
    sm_history *history = NULL;
    options.solver = solver;
    options.max_epochs = 1;
    options.l2 = 1e-3;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    sm_history_free(history);
    sm_model_free(model);
    return summary;
}

static void after_minibatches_no_pass_is_made_to_compare(void **state)
{
    write_pictures(*state);
    sm_dataset *const streamed = open_set(*state, true);
    const sm_train_summary sgd = summary_of(streamed, SM_SOLVER_SGD);
    assert_true(sgd.gradient_norm > 0.0);
    assert_true(isnan(sgd.relative_gradient_norm) && isnan(sgd.optimality_gap_bound));
    const sm_train_summary gd = summary_of(streamed, SM_SOLVER_GD);
    assert_true(gd.relative_gradient_norm > 0.0 && gd.optimality_gap_bound > 0.0);
    sm_dataset_free(streamed);
    sm_dataset *const kept = open_set(*state, false);
    const sm_train_summary in_memory = summary_of(kept, SM_SOLVER_SGD);
    assert_true(in_memory.relative_gradient_norm > 0.0 && in_memory.optimality_gap_bound > 0.0);
    sm_dataset_free(kept);
}

/* Ends training at its first step. */
static bool change_the_file(const sm_progress *const progress, void *const path)
{
    static const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    (void)progress;
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    return false;
}

static void of_a_file_that_changes_nothing_is_made(void **state)
{
    write_pictures(*state);
    scratch_path path = path_in(*state, "set.npz");
    sm_dataset *const dataset = open_set(*state, false);
    sm_train_options options = sm_train_options_default();
    sm_model *model = NULL;
    sm_metrics metrics = {.rows = 7};
    sm_calibration calibration;
    float output[CLASSES];
    float parameters[PARAMETERS] = {1.0F};
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 0, parameters, parameters + FEATURES * CLASSES),
                     SM_OK);
    assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_OK);
    assert_int_equal(metrics.rows, ROWS);
    metrics.rows = 7;
    options.on_progress = change_the_file;
    options.user = path.text;
    float kept[PARAMETERS] = {0};
    assert_int_equal(sm_train(model, dataset, NULL, &options, NULL), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    assert_int_equal(sm_model_get_parameters(model, 0, kept, kept + FEATURES * CLASSES), SM_OK);
    assert_memory_equal(kept, parameters, sizeof kept);
    assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_ERROR_IO);
    assert_int_equal(metrics.rows, 7);
    assert_int_equal(sm_evaluate_calibration(model, dataset, 10, NULL, &calibration), SM_ERROR_IO);
    assert_int_equal(sm_model_calibrate(model, dataset), SM_ERROR_IO);
    assert_int_equal(sm_predict(model, dataset, 0, 1, SM_LOGITS, output), SM_ERROR_IO);
    /* Nor is anything measured by it while another is trained on. */
    sm_dataset *const again = open_set(*state, false);
    options.on_progress = NULL;
    assert_int_equal(sm_train(model, again, dataset, &options, NULL), SM_ERROR_IO);
    sm_dataset_free(again);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(passes_over_all_rows_have_the_same_bits),
        scratch_test(training_goes_on_where_it_stopped),
        scratch_test(after_minibatches_no_pass_is_made_to_compare),
        scratch_test(of_a_file_that_changes_nothing_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
