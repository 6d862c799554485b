/* softmax inspect: what a file holds, be it a model or data, and a model's statistics. */
#include <stddef.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/data/describe_data.h"
#include "cli/data_argument.h"
#include "cli/describe_model.h"
#include "cli/exit_status.h"
#include "cli/model_argument.h"
#include "cli/statistics_report.h"
#include "cli/terminal.h"

typedef struct inspect_settings {
    const char *statistics; /* the data; NULL: no statistics */
    cli_reading reading;
    const char *base;
    double confidence; /* 0: not given */
    bool json;
} inspect_settings;

static const double DEFAULT_CONFIDENCE = 0.95;

static const char statistics_heading[] = "Statistics of a model";
static const char reading_heading[] = "Reading data, be it FILE or that of --statistics";

#define AT(field) offsetof(inspect_settings, field)

static const cli_option options[] = {
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_HEADING, .help = statistics_heading},
    {CLI_TEXT, "statistics", 0, "DATA",
     "Standard errors, z, p-values and confidence intervals of the coefficients; DATA is what the "
     "model was trained on, without penalty",
     AT(statistics)},
    {CLI_TEXT, "base", 0, "CLASS", "The class that others are compared with (default: the first)",
     AT(base)},
    {CLI_NUMBER, "confidence", 0, "SHARE", "Of the intervals (default: 0.95)", AT(confidence), 0.01,
     0.999999},
    {CLI_HEADING, .help = reading_heading},
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_TEXT, "label", 0, "COLUMN",
     "Of a table: the column with the label; with --statistics the model knows it, and no other "
     "will do",
     AT(reading.model_label)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_IGNORE_EXTRA_OPTION(AT(reading)),
    CLI_TABLE_TEXT_OPTIONS(AT(reading.table)),
    CLI_SIZE_OPTION(AT(reading.pictures)),
    {CLI_HEADING},
};

const cli_syntax cli_inspect_syntax = {
    .name = "softmax inspect",
    .arguments = "FILE",
    .summary = "Show what a model or a data file holds",
    .description = "Of a model: its layers, classes, scaling, how it was trained, and how large "
                   "its weights are. Of data: the same as softmax data info, which has "
                   "options for columns, too.\n\n"
                   "With --statistics, what multinomial logistic regression is used for in "
                   "statistics: how the log of the odds of each class against a base class changes "
                   "with each feature, unscaled, and how well that is known. For models of at most "
                   "2,000 parameters, trained without penalty to a small tolerance, on data whose "
                   "classes overlap.",
    .examples = "softmax inspect digits.safetensors\n"
                "softmax inspect blobs.safetensors --statistics blobs --confidence 0.9\n"
                "softmax inspect t10k-images-idx3-ubyte.gz --json\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* Options that say more of --statistics mean nothing without it, and those for reading data nothing
 * without data. Returns an exit status. */
static int require_statistics(const inspect_settings *const settings, const bool is_model)
{
    const char *alone = cli_first_given(options, statistics_heading, settings);
    if (alone == NULL && is_model) {
        alone = cli_first_given(options, reading_heading, settings);
    }
    if (settings->statistics != NULL || alone == NULL) {
        return CLI_SUCCESS;
    }
    cli_say("--%s is for --statistics: softmax inspect MODEL --statistics DATA", alone);
    return CLI_WRONG_USAGE;
}

static int report_statistics(const char *const path, const inspect_settings *const settings,
                             const sm_model *const model)
{
    const cli_statistics_request request = {
        .model_name = path,
        .data_name = settings->statistics,
        .base = settings->base,
        .confidence = settings->confidence > 0.0 ? settings->confidence : DEFAULT_CONFIDENCE,
        .json = settings->json};
    sm_dataset *train = NULL;
    const sm_shape shape = sm_model_shape(model);
    const int status =
        cli_open_training_data(settings->statistics, &settings->reading, &shape, &train) == SM_OK
            ? cli_report_statistics(&request, model, train)
            : cli_fail();
    sm_dataset_free(train);
    return status;
}

static int inspect_model(const char *const path, const inspect_settings *const settings)
{
    sm_model *model = NULL;
    int status = CLI_FAILURE;
    if (sm_model_load(path, &model) != SM_OK) {
        status = cli_fail();
    } else if (settings->statistics != NULL) {
        status = report_statistics(path, settings, model);
    } else {
        status = cli_describe_model(path, model, settings->json);
    }
    sm_model_free(model);
    return status;
}

static int inspect_data(const char *const name, const inspect_settings *const settings)
{
    sm_dataset *dataset = NULL;
    int status = CLI_FAILURE;
    cli_reading reading = settings->reading;
    reading.table.label = reading.model_label; /* there is no model that would know it */
    if (settings->statistics != NULL) {
        cli_say("--statistics is for a model, and '%s' is data", name);
    } else if (cli_open_training_data(name, &reading, NULL, &dataset) != SM_OK) {
        status = cli_fail();
    } else {
        status = cli_describe_data(name, dataset, settings->json);
    }
    sm_dataset_free(dataset);
    return status;
}

int cli_inspect(const int argument_count, char **const arguments)
{
    inspect_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_inspect_syntax, argument_count, arguments, &settings, named);
    if (cli_check_table_options(&settings.reading.table, false) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const bool is_model = cli_looks_like_model(named[0]);
    if (require_statistics(&settings, is_model) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    return is_model ? inspect_model(named[0], &settings) : inspect_data(named[0], &settings);
}
