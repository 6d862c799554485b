/* softmax calibrate: give a model the temperature that makes its probabilities what they say. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/model_argument.h"
#include "cli/output_argument.h"
#include "cli/terminal.h"

typedef struct calibrate_settings {
    const char *output;
    cli_reading reading;
    size_t bins;
    bool json;
} calibrate_settings;

#define AT(field) offsetof(calibrate_settings, field)

static const cli_option options[] = {
    {CLI_FILE, "output", 'o', "MODEL",
     "Where the calibrated model goes (default: it replaces MODEL)", AT(output)},
    CLI_TEST_DATA_OPTIONS(AT(reading)),
    {CLI_COUNT, "bins", 0, "N",
     "Of how many ranges of confidence the calibration error is the mean (default 15)", AT(bins),
     1.0, SM_MOST_RELIABILITY_BINS},
    {CLI_ON, "json", 0, NULL, "The result as one JSON object, with the bins", AT(json)},
    {CLI_HEADING},
};

const cli_syntax cli_calibrate_syntax = {
    .name = "softmax calibrate",
    .arguments = "MODEL DATA",
    .summary = "Make probabilities what they say",
    .description =
        "Finds the temperature, a number that all logits are divided by, at which the loss on DATA "
        "is least, and stores it in the model; predict and evaluate apply it from then on. It "
        "changes how sure the model is of its classes, not which they are. DATA are rows that the "
        "model was not trained on, and, for honest figures, not those it is tested on either; of "
        "data that has parts the test part is taken.\n\n"
        "Prints, before and after, the loss (the mean negative log-likelihood) and the expected "
        "calibration error: rows are sorted into ranges of equal width by the probability of their "
        "most probable class, and in each the mean of these is compared with the share that is "
        "right.\n\n"
        "A model that was calibrated before is calibrated anew. Training with --from begins with "
        "its weights alone, and ends with a temperature of 1.\n\n" CLI_DATA_HELP,
    .examples = "softmax train mnist:train -o mnist.safetensors\n"
                "softmax calibrate mnist.safetensors mnist:test\n"
                "softmax calibrate m.safetensors held-out.csv -o calibrated.safetensors --json\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

/* The state of a model's probabilities on the data. */
typedef struct state {
    double temperature;
    sm_calibration figures;
    sm_reliability_bin bins[SM_MOST_RELIABILITY_BINS];
} state;

static sm_status measure(const sm_model *const model, const sm_dataset *const dataset,
                         const size_t bins, state *const now)
{
    now->temperature = sm_model_temperature(model);
    return sm_evaluate_calibration(model, dataset, bins, now->bins, &now->figures);
}

static json_t *state_json(const state *const now, const size_t bin_count)
{
    json_t *const bins = json_array();
    for (size_t b = 0; b < bin_count; b++) {
        const sm_reliability_bin *const bin = &now->bins[b];
        const bool any = bin->rows > 0;
        json_array_append_new(
            bins, json_pack("{s:I, s:o, s:o}", "rows", (json_int_t)bin->rows, "confidence",
                            any ? json_real(bin->confidence) : json_null(), "accuracy",
                            any ? json_real(bin->accuracy) : json_null()));
    }
    return json_pack("{s:f, s:o, s:f, s:f, s:f, s:f, s:o}", "temperature", now->temperature, "loss",
                     cli_json_number(now->figures.loss), "accuracy", now->figures.accuracy,
                     "confidence", now->figures.confidence, "expected_error",
                     now->figures.expected_error, "largest_error", now->figures.largest_error,
                     "bins", bins);
}

static void print_text(const state *const before, const state *const after, const char *const path)
{
    char rows[SMI_COUNTED_SIZE];
    (void)printf("%-19s %10s %10s\n", "", "before", "after");
    (void)printf("%-19s %10.4f %10.4f\n", "temperature", before->temperature, after->temperature);
    (void)printf("%-19s %10.4f %10.4f\n", "loss", before->figures.loss, after->figures.loss);
    (void)printf("%-19s %10.4f %10.4f\n", "calibration error", before->figures.expected_error,
                 after->figures.expected_error);
    (void)printf("%-19s %10.4f %10.4f\n", "mean confidence", before->figures.confidence,
                 after->figures.confidence);
    (void)printf("%-19s %10.4f %10.4f   (%s)\n", "accuracy", before->figures.accuracy,
                 after->figures.accuracy, smi_counted_text(after->figures.rows, "row", rows));
    cli_print_saved(19, path);
}

static int calibrate(const calibrate_settings *const settings, sm_model *const model,
                     const sm_dataset *const dataset)
{
    state before;
    state after;
    if (measure(model, dataset, settings->bins, &before) != SM_OK ||
        sm_model_calibrate(model, dataset) != SM_OK ||
        measure(model, dataset, settings->bins, &after) != SM_OK ||
        sm_model_save(model, settings->output) != SM_OK) {
        return cli_fail();
    }
    if (settings->json) {
        return cli_json_print(json_pack(
            "{s:I, s:o, s:o, s:o}", "rows", (json_int_t)after.figures.rows, "before",
            state_json(&before, settings->bins), "after", state_json(&after, settings->bins),
            "model", cli_json_text(settings->output)));
    }
    print_text(&before, &after, settings->output);
    return CLI_SUCCESS;
}

int cli_calibrate(const int argument_count, char **const arguments)
{
    calibrate_settings settings = {.bins = SM_RELIABILITY_BINS};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_calibrate_syntax, argument_count, arguments, &settings, named);
    if (settings.output == NULL && strcmp(named[0], "-") == 0) {
        cli_say("where does the model go, as it is read from standard input? -o MODEL");
        return CLI_WRONG_USAGE;
    }
    const cli_inputs kept = {.data = named[1], .labels = settings.reading.labels};
    if (cli_check_output("-o", settings.output, &kept) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    int status = cli_open_model_and_data(named, &settings.reading, &opened);
    if (status == CLI_SUCCESS) {
        status = cli_need_labels(named[1], opened.dataset);
    }
    if (settings.output == NULL) {
        settings.output = named[0];
    }
    if (status == CLI_SUCCESS) {
        status = cli_try_output(settings.output);
    }
    if (status == CLI_SUCCESS) {
        status = calibrate(&settings, opened.model, opened.dataset);
    }
    cli_close_model_and_data(&opened);
    return status;
}
