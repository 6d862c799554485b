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

static const cli_option options[] = {
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", offsetof(inspect_settings, json)},
    {CLI_HEADING, .help = "Statistics of a model"},
    {CLI_TEXT, "statistics", 0, "DATA",
     "Standard errors, z, p-values and confidence intervals of the coefficients; DATA is what the "
     "model was trained on, without penalty",
     offsetof(inspect_settings, statistics)},
    {CLI_FILE, "labels", 0, "FILE", "IDX or NPY file with the labels of DATA",
     offsetof(inspect_settings, reading.labels)},
    {CLI_TEXT, "base", 0, "CLASS", "The class that others are compared with (default: the first)",
     offsetof(inspect_settings, base)},
    {CLI_NUMBER, "confidence", 0, "SHARE", "Of the intervals (default: 0.95)",
     offsetof(inspect_settings, confidence), 0.01, 0.999999},
    {CLI_HEADING},
};

const cli_syntax cli_inspect_syntax = {
    .name = "softmax inspect",
    .arguments = "FILE",
    .summary = "Show what a model or a data file holds",
    .description = "Of a model: its layers, classes, scaling, how it was trained, and how large "
                   "its weights are. Of data: the same as softmax data info.\n\n"
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

/* Options that say more of --statistics mean nothing without it. */
static void require_statistics(const inspect_settings *const settings)
{
    const char *const alone = settings->reading.labels != NULL ? "labels"
                              : settings->base != NULL         ? "base"
                              : settings->confidence > 0.0     ? "confidence"
                                                               : NULL;
    if (settings->statistics == NULL && alone != NULL) {
        cli_say("--%s is for --statistics: softmax inspect MODEL --statistics DATA", alone);
        exit(CLI_WRONG_USAGE);
    }
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
    const cli_reading reading = {0};
    if (cli_open_training_data(name, &reading, NULL, &dataset) != SM_OK) {
        status = cli_fail();
    } else if (settings->statistics != NULL) {
        cli_say("--statistics is for a model, and '%s' is data", name);
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
    require_statistics(&settings);
    return cli_looks_like_model(named[0]) ? inspect_model(named[0], &settings)
                                          : inspect_data(named[0], &settings);
}
