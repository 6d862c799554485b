/* softmax plot confusion: which classes a model takes for which. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/model_argument.h"
#include "cli/plot/output.h"
#include "cli/terminal.h"
#include "plot/confusion.h"

typedef struct confusion_settings {
    cli_reading reading;
    cli_plot_output output;
} confusion_settings;

#define AT(field) offsetof(confusion_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    CLI_TEST_DATA_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_confusion_syntax = {
    .name = "softmax plot confusion",
    .arguments = "MODEL DATA",
    .summary = "Draw which classes a model takes for which",
    .description =
        "Draws the confusion matrix as a heat map: a row for each true class, a column for each "
        "predicted one, and in the cells, of up to 24 classes, how many rows that are and, but in "
        "letters, which share of the true class. Colours are these shares, steep at their "
        "beginning, so that rare "
        "mistakes are seen. Up to 1,000 classes. Of data that has parts the test part is "
        "taken. " CLI_PLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot confusion mnist.safetensors mnist -o confusion.png\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

static int draw(const sm_model *const model, const sm_dataset *const dataset,
                const char *const name, const smi_picture_target *const target,
                uint64_t *const counts)
{
    const sm_shape shape = sm_model_shape(model);
    char rows[SMI_COUNTED_SIZE];
    char shown[CLI_PLOT_NAME_SIZE];
    char title[512];
    sm_metrics metrics;
    if (sm_evaluate_fully(model, dataset, &metrics, NULL, NULL, counts) != SM_OK) {
        return cli_fail();
    }
    cli_plot_name(name, shown);
    (void)snprintf(title, sizeof title, "%s: %s, accuracy %.4f", shown,
                   smi_counted_text(metrics.rows, "row", rows), metrics.accuracy);
    const smi_confusion confusion = {
        .title = title, .names = shape.class_names, .counts = counts, .classes = shape.classes};
    return cli_plot_done(smi_plot_confusion(target, &confusion), target);
}

static int plot(const sm_model *const model, const sm_dataset *const dataset,
                const char *const name, const cli_plot_output *const output)
{
    const size_t classes = sm_model_shape(model).classes;
    smi_picture_target target;
    if (classes > SMI_MOST_CONFUSION_CLASSES) {
        cli_say("a matrix of %zu classes is too large to be drawn; softmax evaluate lists its "
                "largest entries",
                classes);
        return CLI_FAILURE;
    }
    int status = cli_plot_target(output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    uint64_t *const counts = calloc(classes * classes, sizeof *counts);
    if (counts == NULL) {
        cli_say("not enough memory for %zu classes", classes);
        return CLI_FAILURE;
    }
    status = draw(model, dataset, name, &target, counts);
    free(counts);
    return status;
}

int cli_plot_confusion(const int argument_count, char **const arguments)
{
    confusion_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_plot_confusion_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_to_plot(named, &settings.reading, &settings.output, true, &opened);
    if (status == CLI_SUCCESS) {
        status = plot(opened.model, opened.dataset, named[1], &settings.output);
    }
    cli_close_model_and_data(&opened);
    return status;
}
