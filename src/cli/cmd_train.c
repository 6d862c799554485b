/* softmax train: train a model, say how good it is, save it. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/checkpoint_option.h"
#include "cli/class_weight.h"
#include "cli/command.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/held_out.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/new_model.h"
#include "cli/output_argument.h"
#include "cli/solver_options.h"
#include "cli/terminal.h"
#include "cli/train_end.h"
#include "cli/watch/live.h"
#include "cli/watch/progress.h"
#include "cli/watch/tensorboard.h"
#include "cli/watch/train_log.h"

typedef struct train_settings {
    const char *output;
    const char *test;
    cli_reading reading;
    const char *validation;
    const char *from;
    const char *class_weight;
    const char *checkpoint_every;
    const char *log;
    const char *tensorboard;
    int solver;   /* sm_solver */
    int schedule; /* sm_schedule; the order of `schedules` */
    int loss;     /* sm_loss; the order of `losses` */
    cli_new_model model;
    sm_train_options options;
    size_t log_every;
    bool stratify;
    bool live;
    bool quiet;
    bool json;
    bool keep_last_finite;
} train_settings;

static const char *solver_name(const int place)
{
    return sm_solver_name((sm_solver)place);
}

static const char *const schedules[] = {[SM_SCHEDULE_CONSTANT] = "constant",
                                        [SM_SCHEDULE_STEP] = "step",
                                        [SM_SCHEDULE_COSINE] = "cosine",
                                        [SM_SCHEDULE_INVERSE_TIME] = "inverse-time",
                                        NULL};
static const char *const losses[] = {[SM_LOSS_FROM_LOGITS] = "from-logits",
                                     [SM_LOSS_FROM_PROBABILITIES] = "from-probabilities",
                                     NULL};

#define AT(field) offsetof(train_settings, field)
#define MOST 9e15 /* no upper limit */

static const cli_option options[] = {
    {CLI_HEADING, .help = "Data and files:"},
    {CLI_FILE, "output", 'o', "MODEL", "Where the model goes (required)", AT(output)},
    {CLI_TEXT, "test", 't', "DATA", "Evaluate on DATA instead of the data's own test part",
     AT(test)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_IGNORE_EXTRA_OPTION(AT(reading)),
    CLI_TABLE_OPTIONS(AT(reading.table)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),
    {CLI_TEXT, "validation", 0, "N|SHARE",
     "Hold out N rows, or a share such as 0.1, chosen at random; they are evaluated after each "
     "epoch and not trained on",
     AT(validation)},
    {CLI_ON, "stratify", 0, NULL, "Hold out the same share of each class", AT(stratify)},

    {CLI_HEADING, .help = "Training:"},
    {CLI_CHOICE, "solver", 's', "NAME",
     "On all rows, to a tolerance: lbfgs, newton-cg, gd (gradient descent). On minibatches: sgd, "
     "adam, adamw, adagrad, ftrl. auto (default) takes one of the first two, for networks adam",
     AT(solver), .choice = solver_name},
    {CLI_NUMBER, "l2", 0, "X", "Penalty: X/2 times the squared weights (default 1e-4)",
     AT(options.l2), 0.0, 1e30},
    {CLI_NUMBER, "l1", 0, "X",
     "Penalty: X times the absolute weights, which makes weights exactly 0 (default 0); not for "
     "newton-cg",
     AT(options.l1), 0.0, 1e30},
    {CLI_CHOICE, "loss", 0, "NAME",
     "The cross-entropy is taken from-logits (default), which is exact, or, to compare with, "
     "from-probabilities clipped to 1e-7 ... 1 - 1e-7; not for newton-cg",
     AT(loss), .choices = losses},
    {CLI_NUMBER, "label-smoothing", 0, "X",
     "Aim at 1 - X for a row's class and X spread over all classes (default 0); only while "
     "training",
     AT(options.label_smoothing), 0.0, 0.999999},
    {CLI_COUNT, "epochs", 'e', "N",
     "At most N passes over the data (default: 20 on minibatches, else 1000; none with --steps)",
     AT(options.max_epochs), 0.0, MOST},
    {CLI_COUNT, "steps", 0, "N", "At most N steps, in as many epochs as that takes",
     AT(options.max_steps), 0.0, MOST},
    {CLI_NUMBER, "tolerance", 0, "X",
     "On all rows: stop when the gradient's norm is X times that at zero weights (default 1e-4; "
     "0: never)",
     AT(options.tolerance), 0.0, 1e30},
    {CLI_COUNT, "patience", 0, "N",
     "Stop after N epochs without a smaller loss on the rows of --validation, and keep the weights "
     "of the best epoch",
     AT(options.patience), 1.0, MOST},
    {CLI_TEXT, "class-weight", 0, CLI_CLASS_WEIGHT_ARGUMENT, CLI_CLASS_WEIGHT_HELP,
     AT(class_weight)},
    CLI_SCALING_OPTIONS(AT(model.scaling)),
    {CLI_FILE, "from", 0, "MODEL", "Begin with the weights of this model", AT(from)},
    {CLI_TEXT, "hidden", 0, "UNITS",
     "Hidden layers of so many units each, such as 25,15: a network in the place of softmax "
     "regression",
     AT(model.hidden)},
    {CLI_CHOICE, "activation", 0, "NAME",
     "Of hidden layers: relu (default), linear, leaky-relu, gelu, tanh, sigmoid",
     AT(model.activation), .choice = cli_activation_name},
    {CLI_NUMBER, "dropout", 0, "X",
     "Leave out this share of each hidden layer's outputs at each step (default 0)",
     AT(model.dropout), 0.0, 0.999999},
    {CLI_CHOICE, "init", 0, "NAME",
     "First weights: zeros (default of softmax regression), uniform (in [0,1)), glorot (default of "
     "networks), glorot-normal, he",
     AT(model.init), .choices = cli_inits},
    {CLI_SEED, "seed", 0, "N", "Of everything random (default 0)", AT(options.seed)},
    {CLI_COUNT, "threads", 0, "N",
     "Threads (default: one a processor); the result is the same for any number",
     AT(options.threads), 1.0, 256.0},
    {CLI_FILE, "checkpoint", 0, "FILE", CLI_CHECKPOINT_HELP, AT(options.checkpoint)},
    {CLI_TEXT, "checkpoint-every", 0, "N|Ns", CLI_CHECKPOINT_EVERY_HELP, AT(checkpoint_every)},
    {CLI_FILE, "resume", 0, "FILE", CLI_RESUME_HELP, AT(options.resume)},

    {CLI_HEADING, .help = "Training with one solver or another:"},
    {CLI_COUNT, "history-size", 0, "N", "lbfgs: steps remembered (default 10)",
     AT(options.history_size), 1.0, 100.0},
    {CLI_ABOVE, "learning-rate", 0, "X",
     "gd and minibatches: step per gradient (default: 0.1 for gd, sgd and adagrad, 0.001 for adam "
     "and adamw, 0.2 for ftrl)",
     AT(options.learning_rate), 0.0, 1e30},
    {CLI_CHOICE, "schedule", 0, "NAME",
     "gd and minibatches: the learning rate is constant (default); falls by the factor "
     "--decay-rate (0.1) every --decay-steps (a third of the steps): step; falls along half a "
     "cosine wave to the share --decay-rate (0) after --decay-steps (all steps): cosine; or is "
     "divided by 1 + --decay-rate (1) times the steps over --decay-steps (an epoch): inverse-time",
     AT(schedule), .choices = schedules},
    {CLI_COUNT, "decay-steps", 0, "N", "See --schedule", AT(options.decay_steps), 1.0, MOST},
    {CLI_NUMBER, "decay-rate", 0, "X", "See --schedule", AT(options.decay_rate), 0.0, 1e30},
    {CLI_COUNT, "batch-size", 'b', "N", "Minibatches: rows a step (default 100)",
     AT(options.batch_size), 1.0, MOST},
    {CLI_ON, "shuffle", 0, NULL, "Minibatches: a new order of the rows each epoch (default)",
     AT(options.shuffle)},
    {CLI_OFF, "no-shuffle", 0, NULL, "Minibatches: the rows in file order", AT(options.shuffle)},
    {CLI_NUMBER, "momentum", 0, "X", "sgd: share of the last step's velocity kept (default 0)",
     AT(options.momentum), 0.0, 0.999999},
    {CLI_NUMBER, "clip-norm", 0, "X",
     "minibatches: a step's gradient that is longer is cut down to this norm (default: never)",
     AT(options.clip_norm), 1e-30, 1e30},
    {CLI_ON, "nesterov", 0, NULL, "sgd: Nesterov's form of momentum", AT(options.nesterov)},
    {CLI_NUMBER, "beta1", 0, "X", "adam, adamw: share of the mean gradient kept (default 0.9)",
     AT(options.beta1), 0.0, 0.999999},
    {CLI_NUMBER, "beta2", 0, "X",
     "adam, adamw: share of the mean squared gradient kept (default 0.999)", AT(options.beta2), 0.0,
     0.999999},
    {CLI_ABOVE, "epsilon", 0, "X",
     "adam, adamw: added to the root of the mean squared gradient (default 1e-7)",
     AT(options.epsilon), 0.0, 1e30},
    {CLI_NUMBER, "weight-decay", 0, "X",
     "adamw: a step takes off this share of the weights, times the learning rate (default 0.01)",
     AT(options.weight_decay), 0.0, 1e30},
    {CLI_ABOVE, "initial-accumulator", 0, "X",
     "adagrad, ftrl: what squared gradients are added to (default 0.1)",
     AT(options.initial_accumulator), 0.0, 1e30},

    {CLI_HEADING, .help = "Output:"},
    {CLI_COUNT, "log-every", 0, "N", "A line of progress every N steps, also on a terminal",
     AT(log_every), 1.0, MOST},
    {CLI_ON, "live", 0, NULL, CLI_LIVE_HELP, AT(live)},
    {CLI_FILE, "log", 0, "FILE", CLI_LOG_HELP, AT(log)},
    {CLI_FILE, "tensorboard", 0, "DIR", CLI_TENSORBOARD_HELP, AT(tensorboard)},
    {CLI_ON, "quiet", 'q', NULL, "No progress, no warnings", AT(quiet)},
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_ON, "keep-last-finite", 0, NULL,
     "If training diverges, save the last weights whose loss was finite", AT(keep_last_finite)},
    {CLI_HEADING},
};

const cli_syntax cli_train_syntax = {
    .name = "softmax train",
    .arguments = "DATA -o MODEL",
    .summary = "Train a classifier and save it",
    .description =
        "Trains softmax regression, or with --hidden a network, on DATA, evaluates it on the test "
        "part where there is one, and "
        "writes the model to MODEL, a safetensors file. What is minimised is the mean "
        "cross-entropy of the rows plus the penalty. Losses that are printed at the end are "
        "cross-entropies from logits, without weights of rows or classes, or smoothing of "
        "labels.\n\n" CLI_DATA_HELP "\n\n"
        "Ctrl-C stops after the current step; the model is still written, and so is a checkpoint "
        "where there is --checkpoint.\n\n"
        "The lines of --log have the keys run, or epoch, step, seconds, train, validation, "
        "learning_rate and gradient_norm, or end. train has the means over the epoch's rows of "
        "loss and accuracy before their step, and validation those at its end, or null. A log that "
        "cannot be written any further is given up, and the exit status 1; the model is written. "
        "The same goes for the files of --tensorboard.\n\n"
        "With --live a window is taken where DISPLAY or WAYLAND_DISPLAY is set and gnuplot has one "
        "of the "
        "kinds qt, wxt and x11. In a terminal, which is that of standard error, the curves are "
        "drawn in one place, as large as the terminal is, in colours unless NO_COLOR is set; "
        "--log-every then writes to the log alone. Where there is neither, a message says so, and "
        "training goes on.",
    .examples = "softmax train digits -o digits.safetensors\n"
                "softmax train penguins.csv --label species -o penguins.safetensors\n"
                "softmax train mnist --solver sgd --steps 1000 -o mnist.safetensors\n"
                "softmax train mnist --solver sgd --validation 5000 --live -o mnist.safetensors\n"
                "softmax train circles --hidden 25,15 -o circles.safetensors\n"
                "softmax train mnist --validation 5000 --json -o mnist.safetensors\n"
                "softmax train mnist --l1 1e-3 --from mnist.safetensors -o few.safetensors\n"
                "softmax train mnist --checkpoint mnist.part -o mnist.safetensors\n"
                "softmax train mnist --resume mnist.part -o mnist.safetensors\n"
                "softmax train mnist --validation 5000 --log mnist.jsonl -o mnist.safetensors\n"
                "softmax train mnist --solver sgd --tensorboard runs/sgd -o mnist.safetensors\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* What one run works on. */
typedef struct train_run {
    sm_dataset *train;
    sm_dataset *validation; /* NULL: none */
    sm_dataset *test;       /* NULL: none */
    sm_model *model;
    double *class_weights; /* NULL: all the same */
    sm_history *history;
    bool diverged; /* and what there is is kept */
    cli_progress progress;
    cli_live *live;         /* NULL: none */
    cli_train_log *log;     /* likewise */
    cli_tensorboard *board; /* likewise */
    const char *data;
    char **words; /* of the command line */
    int word_count;
} train_run;

/* ---- before ---- */

static int hold_out(const train_settings *const settings, train_run *const run)
{
    sm_dataset *parts[2] = {NULL, NULL};
    const int status = cli_hold_out("validation", settings->validation, settings->stratify,
                                    settings->options.seed, run->train, parts);
    run->train = parts[0];
    run->validation = parts[1];
    return status;
}

static sm_train_options options_of(const train_settings *const settings)
{
    sm_train_options chosen = settings->options;
    chosen.solver = (sm_solver)settings->solver;
    chosen.schedule = (sm_schedule)settings->schedule;
    chosen.loss = (sm_loss)settings->loss;
    return chosen;
}

static int make_model(const train_settings *const settings, train_run *const run)
{
    if (settings->from != NULL) {
        const sm_shape shape = sm_dataset_shape(run->train);
        const sm_train_options chosen = options_of(settings);
        const int fits = cli_check_first_model(settings->from, &shape, run->model);
        return fits == CLI_SUCCESS
                   ? cli_check_solver_options(&chosen, sm_model_layer_count(run->model) > 1)
                   : fits;
    }
    return cli_make_model(&settings->model, run->train, settings->options.seed, &run->model);
}

/* The test data: --test's, or the data's own test part. */
static sm_status open_test(const train_settings *const settings, const char *const data,
                           train_run *const run)
{
    const sm_shape shape = sm_dataset_shape(run->train);
    if (settings->test == NULL) {
        return cli_open_test_part(data, &settings->reading, &shape, &run->test);
    }
    cli_reading reading = settings->reading;
    reading.labels = NULL;                /* they are those of the training data, */
    reading.pictures = (cli_pictures){0}; /* and pictures here get the size of those there */
    return cli_open_test_data(settings->test, &reading, &shape, &run->test);
}

static int open_all(const train_settings *const settings, const char *const data,
                    train_run *const run)
{
    if (cli_open_first(settings->from, data, &settings->reading, &run->model, &run->train) !=
            SM_OK ||
        open_test(settings, data, run) != SM_OK) {
        return cli_fail();
    }
    if (cli_need_labels(data, run->train) != CLI_SUCCESS ||
        (settings->test != NULL && cli_need_labels(settings->test, run->test) != CLI_SUCCESS)) {
        return CLI_FAILURE;
    }
    if (settings->validation != NULL) {
        const int result = hold_out(settings, run);
        if (result != CLI_SUCCESS) {
            return result;
        }
    }
    int result = make_model(settings, run);
    if (result == CLI_SUCCESS) {
        result =
            cli_class_weights(settings->class_weight, run->model, run->train, &run->class_weights);
    }
    if (result != CLI_SUCCESS) {
        return result;
    }
    /* Test data that do not fit are found out now, not when training is done. */
    sm_metrics untrained;
    if (run->test != NULL && sm_evaluate(run->model, run->test, &untrained) != SM_OK) {
        return cli_fail();
    }
    return CLI_SUCCESS;
}

/* ---- during ---- */

static bool on_progress(const sm_progress *const now, void *const user)
{
    train_run *const run = user;
    if (run->live != NULL) {
        cli_live_show(run->live, now);
    }
    cli_progress_show(&run->progress, now);
    if (run->log != NULL) {
        cli_train_log_progress(run->log, now);
    }
    if (run->board != NULL) {
        cli_tensorboard_progress(run->board, run->model, now);
    }
    return !cli_is_interrupted();
}

/* Hands over what the log is to say of the run. */
static void log_run(const train_settings *const settings, train_run *const run)
{
    cli_train_log_describe(
        run->log,
        json_pack("{s:s, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:s, s:I}", "version",
                  sm_version(), "command", cli_json_command(run->words, run->word_count), "data",
                  cli_json_text(run->data), "model", cli_json_text(settings->output), "features",
                  (json_int_t)sm_model_shape(run->model).features, "classes",
                  (json_int_t)sm_model_shape(run->model).classes, "parameters",
                  (json_int_t)sm_model_parameter_count(run->model), "rows",
                  (json_int_t)sm_dataset_rows(run->train), "validation_rows",
                  (json_int_t)(run->validation == NULL ? 0 : sm_dataset_rows(run->validation)),
                  "isa", sm_isa(), "threads", (json_int_t)settings->options.threads),
        settings->log_every == SIZE_MAX ? 0 : settings->log_every);
}

/* Trains; on divergence says so, and goes on only if the user wants what there is. */
static int train(const train_settings *const settings, train_run *const run)
{
    sm_train_options chosen = options_of(settings);
    chosen.class_weights = run->class_weights;
    chosen.on_progress = on_progress;
    chosen.user = run;
    if (settings->live && (run->live = cli_live_open(run->data)) == NULL) {
        return CLI_FAILURE;
    }
    const bool drawn_above = run->live != NULL && cli_live_is_in_terminal(run->live);
    run->progress =
        cli_progress_start(&chosen, drawn_above ? SIZE_MAX : settings->log_every, settings->quiet);
    if (run->log != NULL) {
        log_run(settings, run);
    }
    cli_catch_interrupts();
    const sm_status status =
        sm_train(run->model, run->train, run->validation, &chosen, &run->history);
    cli_progress_end(&run->progress);
    cli_live_close(run->live);
    if (status == SM_ERROR_DIVERGED) {
        const bool keep = settings->keep_last_finite;
        cli_say("%s%s", sm_error_message(),
                keep ? "; the last finite weights are saved" : "; nothing is saved");
        if (run->log != NULL && !keep) {
            const sm_train_summary summary = sm_history_summary(run->history);
            cli_train_log_end(run->log, &summary, json_pack("{s:b}", "diverged", 1));
        }
        run->diverged = keep;
        return keep ? CLI_SUCCESS : CLI_FAILURE;
    }
    return status == SM_OK ? CLI_SUCCESS : cli_fail_training();
}

/* ---- after ---- */

/* Whether the summary's loss is that of what was minimised, which differs from the mean
 * cross-entropy of the rows, or may: a model that training goes on from may know of weights. */
static bool trained_on_another_loss(const train_settings *const settings,
                                    const train_run *const run)
{
    const bool weighted = settings->reading.table.weight != NULL || settings->from != NULL;
    return weighted || run->class_weights != NULL || settings->loss != SM_LOSS_FROM_LOGITS ||
           settings->options.label_smoothing > 0.0;
}

static int evaluate(const train_settings *const settings, const train_run *const run,
                    cli_train_end *const result)
{
    *result = (cli_train_end){.summary = sm_history_summary(run->history),
                              .model = run->model,
                              .history = run->history,
                              .output = settings->output,
                              .threads = settings->options.threads};
    result->train = (sm_metrics){.loss = result->summary.loss,
                                 .accuracy = result->summary.accuracy,
                                 .rows = sm_dataset_rows(run->train)};
    if ((trained_on_another_loss(settings, run) &&
         sm_evaluate(run->model, run->train, &result->train) != SM_OK) ||
        (run->validation != NULL &&
         sm_evaluate(run->model, run->validation, &result->validation) != SM_OK) ||
        (run->test != NULL && sm_evaluate(run->model, run->test, &result->test) != SM_OK)) {
        return cli_fail();
    }
    return CLI_SUCCESS;
}

static bool log_is_another(const train_settings *const settings)
{
    const char *const log = settings->log;
    return cli_is_same_file(log, settings->output) ||
           cli_is_same_file(log, settings->options.checkpoint) ||
           cli_is_same_file(log, settings->options.resume);
}

static int refuse_log(const train_settings *const settings)
{
    cli_say("--log=%s: that is another of the run's files; the log needs its own", settings->log);
    return CLI_WRONG_USAGE;
}

/* Once it is there, a link to where the model is to be leads somewhere, and is seen through. */
static int open_log(const train_settings *const settings, train_run *const run)
{
    const int status =
        cli_train_log_open(settings->log, settings->options.resume != NULL, &run->log);
    return status == CLI_SUCCESS && log_is_another(settings) ? refuse_log(settings) : status;
}

/* Whether all that is written can be. */
static int try_outputs(const train_settings *const settings, train_run *const run)
{
    int status = cli_try_output(settings->output);
    if (status == CLI_SUCCESS && settings->options.checkpoint != NULL) {
        status = cli_try_output(settings->options.checkpoint);
    }
    if (status == CLI_SUCCESS && settings->log != NULL) {
        status = open_log(settings, run);
    }
    if (status == CLI_SUCCESS && settings->tensorboard != NULL) {
        status = cli_tensorboard_open(settings->tensorboard, &run->board);
    }
    return status;
}

static int run_all(const train_settings *const settings, const char *const data,
                   train_run *const run)
{
    cli_train_end result;
    int status = try_outputs(settings, run);
    if (status == CLI_SUCCESS) {
        status = open_all(settings, data, run);
    }
    if (status == CLI_SUCCESS) {
        status = train(settings, run);
    }
    if (status == CLI_SUCCESS) {
        status = evaluate(settings, run, &result);
    }
    if (status == CLI_SUCCESS && run->log != NULL) {
        json_t *const end = cli_train_end_metrics(&result);
        if (run->diverged) {
            json_object_set_new(end, "diverged", json_true());
        }
        cli_train_log_end(run->log, &result.summary, end);
    }
    if (status == CLI_SUCCESS && run->board != NULL) {
        cli_tensorboard_end(run->board, run->model, &result.summary);
    }
    cli_release_interrupts(); /* a pipe that nobody reads would be waited for */
    if (status == CLI_SUCCESS && sm_model_save(run->model, settings->output) != SM_OK) {
        status = cli_fail();
    }
    if (status == CLI_SUCCESS) {
        if (!settings->quiet) {
            cli_warn_of_train_end(&settings->options, &result.summary);
        }
        if (settings->json) {
            status = cli_print_train_end_json(&result);
        } else {
            cli_print_train_end(&result);
        }
    }
    return status;
}

/* What is written is none of what is read, but for --from, over which the model may be saved; and
 * each goes to a file of its own. */
static int check_files(const train_settings *const settings, const char *const data)
{
    const char *const checkpoint = settings->options.checkpoint;
    const cli_inputs kept = {
        .data = data, .test = settings->test, .labels = settings->reading.labels};
    cli_inputs inputs = kept;
    inputs.model = settings->from;
    if (cli_is_same_file(settings->output, checkpoint) ||
        cli_is_same_file(settings->output, settings->options.resume)) {
        cli_say("--output=%s: the checkpoint is there; the model needs another file",
                settings->output);
        return CLI_WRONG_USAGE;
    }
    if (log_is_another(settings)) {
        return refuse_log(settings);
    }
    const bool fine = cli_check_output("-o", settings->output, &kept) == CLI_SUCCESS &&
                      cli_check_output("--checkpoint", checkpoint, &inputs) == CLI_SUCCESS &&
                      cli_check_output("--log", settings->log, &inputs) == CLI_SUCCESS;
    return fine ? CLI_SUCCESS : CLI_WRONG_USAGE;
}

/* Options that need each other, or do not go together. */
static int check_settings(const train_settings *const settings, const char *const data)
{
    if (settings->output == NULL) {
        cli_say("where does the model go? softmax train %s -o MODEL", data);
        return CLI_WRONG_USAGE;
    }
    if (settings->validation == NULL &&
        (settings->stratify || settings->options.patience != SM_UNLIMITED)) {
        cli_say("--%s needs --validation", settings->stratify ? "stratify" : "patience");
        return CLI_WRONG_USAGE;
    }
    if (settings->live && settings->quiet) {
        cli_say("--live and --quiet do not go together");
        return CLI_WRONG_USAGE;
    }
    if (cli_check_new_model(&settings->model, settings->from != NULL) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (cli_check_table_options(&settings->reading.table, settings->from != NULL) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    return check_files(settings, data);
}

int cli_train(const int argument_count, char **const arguments)
{
    train_settings settings = {.options = sm_train_options_default(),
                               .model = CLI_NEW_MODEL_NOT_GIVEN,
                               .log_every = SIZE_MAX};
    const char *data[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_train_syntax, argument_count, arguments, &settings, data);
    settings.reading.quiet = settings.quiet;
    settings.reading.threads = settings.options.threads;
    if (check_settings(&settings, data[0]) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (cli_checkpoint_every(settings.checkpoint_every, &settings.options) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const sm_train_options chosen = options_of(&settings);
    if (sm_train_options_check(&chosen) != SM_OK) {
        cli_say("%s", sm_error_message());
        return CLI_WRONG_USAGE;
    }
    if (settings.from == NULL &&
        cli_check_solver_options(&chosen, settings.model.hidden != NULL) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    train_run run = {.data = data[0], .words = arguments, .word_count = argument_count};
    const int status = run_all(&settings, data[0], &run);
    const int logged = cli_train_log_close(run.log);
    const int shown = cli_tensorboard_close(run.board);
    sm_history_free(run.history);
    free(run.class_weights);
    sm_model_free(run.model);
    sm_dataset_free(run.test);
    sm_dataset_free(run.validation);
    sm_dataset_free(run.train);
    return status != CLI_SUCCESS ? status : logged != CLI_SUCCESS ? logged : shown;
}
