/* softmax plot curves: how training went. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/output_argument.h"
#include "cli/plot/output.h"
#include "cli/plot/read_training_log.h"
#include "cli/terminal.h"
#include "plot/curves.h"

typedef struct curves_settings {
    cli_plot_output output;
} curves_settings;

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(offsetof(curves_settings, output)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_curves_syntax = {
    .name = "softmax plot curves",
    .arguments = "LOG...",
    .summary = "Draw loss and accuracy, epoch after epoch",
    .description =
        "Draws what softmax train wrote into its log: loss and accuracy of the training data in "
        "blue, of validation data in red, with marks; without those a mark in red is what the test "
        "at the end gave. Several logs, up to 16, are drawn over each "
        "other, with shades, marks and dashes of their own, which a key below names. Losses beyond "
        "1e300, as of a training that diverges, are left out. A log may still be written to: where "
        "its last line is not whole, it is drawn up to there, and that is said. " CLI_GNUPLOT_HELP,
    .examples = "softmax plot curves sgd.jsonl -o curves.png\n"
                "softmax plot curves sgd.jsonl adam.jsonl\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = SMI_MOST_RUNS};

/* Where no epoch has figures of validation, those of the test at the end take their place. */
static bool take_test(const cli_training_log *const log)
{
    for (size_t i = 0; i < log->count; i++) {
        if (isfinite(log->points[i].validation_loss)) {
            return false;
        }
    }
    smi_curve_point *const last = &log->points[log->count - 1];
    cli_read_test(log, &last->validation_loss, &last->validation_accuracy);
    return isfinite(last->validation_loss);
}

int cli_plot_curves(const int argument_count, char **const arguments)
{
    curves_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_training_log logs[SMI_MOST_RUNS] = {{0}};
    smi_run runs[SMI_MOST_RUNS];
    char names[SMI_MOST_RUNS][CLI_PLOT_NAME_SIZE];
    smi_picture_target target;
    size_t count = 0;
    cli_parse(&cli_plot_curves_syntax, argument_count, arguments, &settings, named);
    int status = CLI_SUCCESS;
    for (; count < SMI_MOST_RUNS && named[count] != NULL && status == CLI_SUCCESS; count++) {
        const cli_inputs inputs = {.log = named[count]};
        status = cli_check_output("-o", settings.output.path, &inputs);
        if (status != CLI_SUCCESS) {
            break;
        }
        if (cli_read_training_log(named[count], &logs[count]) != SM_OK ||
            cli_need_epochs(named[count], &logs[count]) != SM_OK) {
            status = cli_fail();
        } else if (logs[count].broken) {
            cli_say("%s: the last line is not whole; drawn up to epoch %g", named[count],
                    logs[count].points[logs[count].count - 1].epoch);
        }
        runs[count] = (smi_run){.name = names[count],
                                .points = logs[count].points,
                                .count = logs[count].count,
                                .tested = status == CLI_SUCCESS && take_test(&logs[count])};
    }
    if (status == CLI_SUCCESS) {
        cli_plot_names(named, count, names);
        status = cli_plot_target(&settings.output, &target);
    }
    if (status == CLI_SUCCESS && !smi_have_accuracy(runs, count)) {
        cli_say("no epoch has an accuracy; the loss is drawn alone");
    }
    if (status == CLI_SUCCESS) {
        status = cli_plot_done(smi_plot_curves(&target, runs, count), &target);
    }
    for (size_t i = 0; i < count; i++) {
        cli_free_training_log(&logs[i]);
    }
    return status;
}
