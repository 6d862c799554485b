/* softmax plot calibration: whether a model's probabilities are what they say. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/model_argument.h"
#include "cli/plot/output.h"
#include "cli/terminal.h"
#include "plot/calibration.h"

typedef struct calibration_settings {
    cli_reading reading;
    cli_plot_output output;
    size_t bins;
} calibration_settings;

#define AT(field) offsetof(calibration_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    {CLI_COUNT, "bins", 'b', "N", "Into which rows are sorted by probability (default 15)",
     AT(bins), 1.0, (double)SMI_MOST_CALIBRATION_BINS},
    CLI_TEST_DATA_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_calibration_syntax = {
    .name = "softmax plot calibration",
    .arguments = "MODEL DATA",
    .summary = "Draw whether probabilities are what they say",
    .description =
        "Sorts rows into bins by the probability of their most probable class, and draws for each "
        "bin the share of rows that are of that class: of those with about 0.8, eight in ten "
        "should be, which the dashed line shows. Below stand the rows of each bin, and in the "
        "title the expected calibration error: the mean distance from that line, over rows. Of "
        "data that has parts the test part is taken. " CLI_GNUPLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot calibration mnist.safetensors mnist -o calibration.png\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

/* As the library has bins, and as they are drawn. */
static int draw(const sm_model *const model, const sm_dataset *const dataset,
                const char *const name, const calibration_settings *const settings)
{
    const size_t count = settings->bins;
    smi_picture_target target;
    sm_reliability_bin measured[SMI_MOST_CALIBRATION_BINS];
    smi_calibration_bin bins[SMI_MOST_CALIBRATION_BINS];
    sm_calibration calibration;
    char shown[CLI_PLOT_NAME_SIZE];
    char rows[SMI_COUNTED_SIZE];
    char title[512];
    char figures[64];
    const int status = cli_plot_target(&settings->output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    if (sm_evaluate_calibration(model, dataset, count, measured, &calibration) != SM_OK) {
        return cli_fail();
    }
    for (size_t i = 0; i < count; i++) {
        bins[i] = (smi_calibration_bin){.from = (double)i / (double)count,
                                        .to = (double)(i + 1) / (double)count,
                                        .confidence = measured[i].confidence,
                                        .accuracy = measured[i].accuracy,
                                        .count = (double)measured[i].rows};
    }
    cli_plot_name(name, shown);
    (void)snprintf(title, sizeof title, "%s: %s", shown,
                   smi_counted_text(calibration.rows, "row", rows));
    (void)snprintf(figures, sizeof figures, "expected calibration error %.4f",
                   calibration.expected_error);
    return cli_plot_done(smi_plot_calibration(&target, title, figures, bins, count), &target);
}

int cli_plot_calibration(const int argument_count, char **const arguments)
{
    calibration_settings settings = {.bins = SM_RELIABILITY_BINS};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_plot_calibration_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_to_plot(named, &settings.reading, &settings.output, true, &opened);
    if (status == CLI_SUCCESS) {
        status = draw(opened.model, opened.dataset, named[1], &settings);
    }
    cli_close_model_and_data(&opened);
    return status;
}
