/* softmax tune: choose the penalty by cross-validation. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/class_weight.h"
#include "cli/command.h"
#include "cli/cross_validate.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/output_argument.h"
#include "cli/penalty_path.h"
#include "cli/scaling.h"
#include "cli/terminal.h"
#include "cli/train_end.h"
#include "cli/watch/progress.h"

typedef struct tune_settings {
    const char *output; /* NULL: no model is wanted */
    cli_reading reading;
    const char *l1;
    const char *l2; /* NULL: not given */
    const char *class_weight;
    size_t folds;
    sm_train_options options;
    bool stratify;
    cli_scaling scaling;
    bool one_standard_error;
    bool quiet;
    bool json;
} tune_settings;

#define AT(field) offsetof(tune_settings, field)
#define MOST 9e15 /* no upper limit */

static const char usual_path[] = "1e-6:1e0:7";
static const char usual_l2[] = "1e-4"; /* where the path is that of l1 */

static const cli_option options[] = {
    {CLI_HEADING, .help = "Data and files:"},
    {CLI_FILE, "output", 'o', "MODEL", "Train on all rows with the best penalty, and write MODEL",
     AT(output)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_TABLE_OPTIONS(AT(reading.table)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),

    {CLI_HEADING, .help = "Penalties and folds:"},
    {CLI_TEXT, "l2", 0, CLI_PATH_ARGUMENT,
     "Penalties of the squared weights to try: FROM:TO:COUNT in equal ratios (default 1e-6:1e0:7), "
     "or a list such as 1e-4,1e-3",
     AT(l2)},
    {CLI_TEXT, "l1", 0, CLI_PATH_ARGUMENT,
     "Penalties of the absolute weights likewise, or one beside those of --l2 (default 0); with "
     "several, --l2 is one (default 1e-4)",
     AT(l1)},
    {CLI_COUNT, "folds", 'k', "K", "Parts, each held out once (default 5)", AT(folds), 2.0, 1000.0},
    {CLI_ON, "stratify", 0, NULL, "The same share of each class in each fold (default)",
     AT(stratify)},
    {CLI_OFF, "no-stratify", 0, NULL, "Folds without regard to classes", AT(stratify)},
    {CLI_ON, "one-standard-error", 0, NULL,
     "Take the largest penalty whose loss is within one standard error of the least",
     AT(one_standard_error)},

    {CLI_HEADING, .help = "Training:"},
    {CLI_TEXT, "class-weight", 0, CLI_CLASS_WEIGHT_ARGUMENT, CLI_CLASS_WEIGHT_HELP,
     AT(class_weight)},
    CLI_SCALING_OPTIONS(AT(scaling)),
    {CLI_COUNT, "epochs", 'e', "N", "At most N passes over the data in a training (default 1000)",
     AT(options.max_epochs), 1.0, MOST},
    {CLI_NUMBER, "tolerance", 0, "X",
     "Stop when the gradient's norm is X times that at zero weights (default 1e-4). Where "
     "penalties "
     "are so small that weights grow large, losses on held-out rows are then good to about 0.001; "
     "1e-6 tells more of them apart, and takes longer",
     AT(options.tolerance), 0.0, 1e30},
    {CLI_SEED, "seed", 0, "N", "Of the folds (default 0)", AT(options.seed)},
    {CLI_COUNT, "threads", 0, "N",
     "Threads (default: one a processor); the result is the same for any number",
     AT(options.threads), 1.0, 256.0},

    {CLI_HEADING, .help = "Output:"},
    {CLI_ON, "quiet", 'q', NULL, "No progress, no warnings", AT(quiet)},
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_HEADING},
};

const cli_syntax cli_tune_syntax = {
    .name = "softmax tune",
    .arguments = "DATA",
    .summary = "Choose the penalty by cross-validation",
    .description =
        "Cuts the rows of DATA into folds, trains on all folds but one with each penalty, the "
        "largest first and each from where the last came to, and measures the loss on the fold "
        "held out. The best penalty is that with the least mean loss. With -o a model is trained "
        "with it on all rows: the one that 'softmax train' with that penalty "
        "gives. Of data that has parts the training part is cut into folds, and the test part "
        "measures that model alone.\n\n" CLI_DATA_HELP "\n\n"
        "Ctrl-C stops after the current step. The penalties that all folds have been through are "
        "shown, no model is written, and the exit status is 1. During the last training it stops "
        "that, as in 'softmax train', and the model is written.",
    .examples = "softmax tune digits\n"
                "softmax tune mnist --l2 1e-6:1e-2:5 --folds 3 -o mnist.safetensors\n"
                "softmax tune digits --l1 1e-4:1e-2:5 --l2 0 --one-standard-error\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* What one run works on. */
typedef struct tune_run {
    sm_dataset *dataset;
    sm_dataset *test; /* NULL: the data has no test part, or no model is wanted */
    sm_model *model;  /* of all rows */
    double *class_weights;
    cli_trial trials[CLI_LONGEST_PATH]; /* the largest penalty first */
    size_t count;
    size_t complete;
    size_t best;
    sm_train_summary summary; /* of the last training */
    sm_metrics metrics;       /* likewise, on all rows */
    sm_metrics tested;        /* likewise, on the test part */
} tune_run;

/* ---- before ---- */

static int read_path(const char *const option, const char *const text, cli_path *const path)
{
    if (!cli_parse_path(text, path)) {
        cli_say("--%s=%s: it must be FROM:TO:COUNT, above 0 and 2 to %d of them, or up to %d "
                "numbers, 0 or more, with commas between them",
                option, text, CLI_LONGEST_PATH, CLI_LONGEST_PATH);
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

/* Makes the trials out of both options. */
static int plan(const tune_settings *const settings, tune_run *const run)
{
    cli_path l1;
    cli_path l2;
    int status = read_path("l1", settings->l1, &l1);
    if (status == CLI_SUCCESS) {
        const char *const l2_text = settings->l2 != NULL ? settings->l2
                                    : l1.count > 1       ? usual_l2
                                                         : usual_path;
        status = read_path("l2", l2_text, &l2);
    }
    if (status != CLI_SUCCESS) {
        return status;
    }
    if (l1.count > 1 && l2.count > 1) {
        cli_say("--l1 and --l2 both have several penalties; one of them must be a single number");
        return CLI_WRONG_USAGE;
    }
    run->count = l1.count > l2.count ? l1.count : l2.count;
    for (size_t i = 0; i < run->count; i++) {
        run->trials[i].l1 = l1.values[l1.count > 1 ? i : 0];
        run->trials[i].l2 = l2.values[l2.count > 1 ? i : 0];
    }
    return CLI_SUCCESS;
}

static int prepare(const tune_settings *const settings, const char *const data, tune_run *const run)
{
    if (cli_open_training_data(data, &settings->reading, NULL, &run->dataset) != SM_OK) {
        return cli_fail();
    }
    if (cli_need_labels(data, run->dataset) != CLI_SUCCESS) {
        return CLI_FAILURE;
    }
    const size_t rows = sm_dataset_rows(run->dataset);
    if (settings->folds > rows) {
        char counted[SMI_COUNTED_SIZE];
        cli_say("--folds=%zu: the data has %s", settings->folds,
                smi_counted_text(rows, "row", counted));
        return CLI_WRONG_USAGE;
    }
    const sm_shape shape = cli_scaled_shape(&settings->scaling, run->dataset);
    if (settings->output != NULL &&
        cli_open_test_part(data, &settings->reading, &shape, &run->test) != SM_OK) {
        return cli_fail();
    }
    if (sm_model_create(shape, &run->model) != SM_OK ||
        cli_standardize(&settings->scaling, run->model, run->dataset) != SM_OK) {
        return cli_fail();
    }
    return cli_class_weights(settings->class_weight, run->model, run->dataset, &run->class_weights);
}

/* ---- during ---- */

static int cross_validate(const tune_settings *const settings, tune_run *const run)
{
    cli_validation how = {.folds = sm_fold_options_default(settings->folds),
                          .training = settings->options,
                          .scaling = settings->scaling,
                          .quiet = settings->quiet};
    how.folds.stratify = settings->stratify;
    how.folds.seed = settings->options.seed;
    how.training.class_weights = run->class_weights;
    const int status =
        cli_cross_validate(run->dataset, &how, run->trials, run->count, &run->complete);
    if (status == CLI_SUCCESS && run->complete > 0) {
        run->best = cli_best_trial(run->trials, run->complete, settings->one_standard_error);
    }
    return status;
}

static bool on_progress(const sm_progress *const now, void *const user)
{
    cli_progress_show(user, now);
    return !cli_is_interrupted();
}

/* Trains on all rows with the best penalty, and saves. */
static int train_best(const tune_settings *const settings, tune_run *const run)
{
    sm_history *history = NULL;
    sm_train_options chosen = settings->options;
    chosen.l1 = run->trials[run->best].l1;
    chosen.l2 = run->trials[run->best].l2;
    chosen.class_weights = run->class_weights;
    cli_progress progress = cli_progress_start(&chosen, SIZE_MAX, settings->quiet);
    chosen.on_progress = on_progress;
    chosen.user = &progress;
    sm_status status = sm_train(run->model, run->dataset, NULL, &chosen, &history);
    cli_progress_end(&progress);
    if (status == SM_OK) {
        run->summary = sm_history_summary(history);
        status = sm_evaluate(run->model, run->dataset, &run->metrics);
    }
    if (status == SM_OK && run->test != NULL) {
        status = sm_evaluate(run->model, run->test, &run->tested);
    }
    cli_release_interrupts();
    if (status == SM_OK) {
        status = sm_model_save(run->model, settings->output);
    }
    sm_history_free(history);
    return status == SM_OK ? CLI_SUCCESS : cli_fail();
}

/* ---- after ---- */

static void warn(const tune_settings *const settings, const tune_run *const run)
{
    size_t short_of_it = 0;
    for (size_t i = 0; i < run->complete; i++) {
        short_of_it += !run->trials[i].converged;
    }
    if (run->complete < run->count) {
        cli_say("interrupted: %zu of %zu penalties are complete%s", run->complete, run->count,
                settings->output == NULL ? "" : "; no model is written");
    }
    if (run->summary.interrupted) {
        cli_say("interrupted after step %zu of the last training", run->summary.steps);
    }
    if (!settings->quiet && short_of_it > 0 && settings->options.tolerance > 0.0) {
        cli_say("with %zu of %zu penalties training stopped before the tolerance %.2g; --epochs or "
                "a larger --tolerance help",
                short_of_it, run->complete, settings->options.tolerance);
    }
}

static json_t *json_of_trial(const cli_trial *const trial, const size_t folds)
{
    json_t *const held_out = json_array();
    for (size_t k = 0; k < folds; k++) {
        json_array_append_new(held_out, cli_json_metrics(&trial->held_out[k]));
    }
    return json_pack("{s:f, s:f, s:o, s:o, s:f, s:I, s:f, s:b, s:o}", "l1", trial->l1, "l2",
                     trial->l2, "loss", cli_json_number(trial->loss), "loss_standard_error",
                     cli_json_number(trial->loss_error), "accuracy", trial->accuracy, "steps",
                     (json_int_t)trial->steps, "seconds", trial->seconds, "converged",
                     (int)trial->converged, "folds", held_out);
}

/* The last training; null: there was none. */
static json_t *json_of_training(const tune_run *const run)
{
    if (run->metrics.rows == 0) {
        return json_null();
    }
    const sm_train_summary *const summary = &run->summary;
    return json_pack(
        "{s:s, s:I, s:f, s:b, s:b, s:o, s:o, s:f, s:I}", "solver", sm_solver_name(summary->solver),
        "steps", (json_int_t)summary->steps, "seconds", summary->seconds, "converged",
        (int)summary->converged, "interrupted", (int)summary->interrupted, "objective",
        cli_json_number(summary->objective), "loss", cli_json_number(run->metrics.loss), "accuracy",
        run->metrics.accuracy, "rows", (json_int_t)run->metrics.rows);
}

static int print_json(const tune_settings *const settings, const tune_run *const run)
{
    json_t *const path = json_array();
    json_t *best = json_null();
    for (size_t i = 0; i < run->complete; i++) {
        json_array_append_new(path, json_of_trial(&run->trials[i], settings->folds));
    }
    if (run->complete > 0) {
        const cli_trial *const trial = &run->trials[run->best];
        best = json_pack("{s:f, s:f, s:o, s:f}", "l1", trial->l1, "l2", trial->l2, "loss",
                         cli_json_number(trial->loss), "accuracy", trial->accuracy);
    }
    const bool saved = run->metrics.rows > 0;
    return cli_json_print(
        json_pack("{s:I, s:I, s:b, s:b, s:o, s:o, s:b, s:o, s:o, s:o, s:s, s:I}", "rows",
                  (json_int_t)sm_dataset_rows(run->dataset), "folds", (json_int_t)settings->folds,
                  "stratify", (int)settings->stratify, "one_standard_error",
                  (int)settings->one_standard_error, "path", path, "best", best, "interrupted",
                  (int)(run->complete < run->count), "train", json_of_training(run), "test",
                  run->tested.rows > 0 ? cli_json_metrics(&run->tested) : json_null(), "model",
                  saved ? cli_json_text(settings->output) : json_null(), "isa", sm_isa(), "threads",
                  (json_int_t)settings->options.threads));
}

static void print_table(const tune_settings *const settings, const tune_run *const run)
{
    enum { LOSS_COLUMNS = 19 };
    const bool has_l1 = run->trials[0].l1 > 0.0;
    char text[64];
    (void)printf("%s%-12s ", has_l1 ? "l1           " : "", "l2");
    cli_print_left(stdout, "loss", LOSS_COLUMNS);
    (void)printf("   accuracy      steps    seconds\n");
    for (size_t i = 0; i < run->complete; i++) {
        const cli_trial *const trial = &run->trials[i];
        if (has_l1) {
            (void)printf("%-12g ", trial->l1);
        }
        (void)printf("%-12g ", trial->l2);
        (void)snprintf(text, sizeof text, "%.4f %s %.4f", trial->loss, cli_is_utf8() ? "±" : "+-",
                       trial->loss_error);
        cli_print_left(stdout, text, LOSS_COLUMNS);
        (void)printf("     %.4f %10s %10.2f%s\n", trial->accuracy, cli_grouped(trial->steps, text),
                     trial->seconds, i == run->best ? "  best" : "");
    }
    (void)printf("\n%-11s mean and standard error over %zu folds of %s\n", "loss", settings->folds,
                 smi_counted_text(sm_dataset_rows(run->dataset), "row", text));
    (void)printf("%-11s %s\n", "best",
                 settings->one_standard_error
                     ? "the largest penalty whose loss is within one standard error of the least"
                     : "the least loss");
}

static void print_model(const tune_settings *const settings, const tune_run *const run)
{
    char counted[SMI_COUNTED_SIZE];
    const sm_train_summary *const summary = &run->summary;
    if (run->metrics.rows == 0) {
        return;
    }
    (void)printf("%-11s %s, %s in %.2f s%s\n", "training", sm_solver_name(summary->solver),
                 smi_counted_text(summary->steps, "step", counted), summary->seconds,
                 cli_train_end_word(summary));
    cli_print_metrics("train", &run->metrics);
    cli_print_metrics("test", &run->tested);
    cli_print_saved(11, settings->output);
}

static int report(const tune_settings *const settings, const tune_run *const run)
{
    warn(settings, run);
    int status = run->complete < run->count ? CLI_FAILURE : CLI_SUCCESS;
    if (settings->json) {
        const int printed = print_json(settings, run);
        status = printed == CLI_SUCCESS ? status : printed;
    } else if (run->complete > 0) {
        print_table(settings, run);
        print_model(settings, run);
    }
    return status;
}

static int run_all(const tune_settings *const settings, const char *const data, tune_run *const run)
{
    int status = plan(settings, run);
    if (status == CLI_SUCCESS) {
        status = settings->output == NULL ? CLI_SUCCESS : cli_try_output(settings->output);
    }
    if (status == CLI_SUCCESS) {
        status = prepare(settings, data, run);
    }
    if (status == CLI_SUCCESS) {
        cli_catch_interrupts();
        status = cross_validate(settings, run);
    }
    if (status == CLI_SUCCESS && run->complete == run->count && settings->output != NULL) {
        status = train_best(settings, run);
    }
    return status == CLI_SUCCESS ? report(settings, run) : status;
}

int cli_tune(const int argument_count, char **const arguments)
{
    tune_settings settings = {
        .options = sm_train_options_default(), .l1 = "0", .folds = 5, .stratify = true};
    const char *data[CLI_MOST_ARGUMENTS];
    tune_run run = {0};
    cli_parse(&cli_tune_syntax, argument_count, arguments, &settings, data);
    settings.reading.quiet = settings.quiet;
    settings.reading.threads = settings.options.threads;
    if (cli_check_scaling(&settings.scaling) != CLI_SUCCESS ||
        cli_check_table_options(&settings.reading.table, false) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const cli_inputs inputs = {.data = data[0], .labels = settings.reading.labels};
    if (cli_check_output("-o", settings.output, &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const int status = run_all(&settings, data[0], &run);
    cli_trials_free(run.trials, run.count);
    free(run.class_weights);
    sm_model_free(run.model);
    sm_dataset_free(run.dataset);
    sm_dataset_free(run.test);
    return status;
}
