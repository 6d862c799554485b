/* softmax plot regions: what a model of two features decides on, and where the rows lie. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/feature_names.h"
#include "cli/model_argument.h"
#include "cli/plot/output.h"
#include "cli/plot/plane.h"
#include "cli/terminal.h"
#include "plot/regions.h"

enum { MOST_POINTS = 100000 };

enum { SHADE_NONE, SHADE_PROBABILITY };
static const char *const shades[] = {
    [SHADE_NONE] = "none", [SHADE_PROBABILITY] = "probability", NULL};

typedef struct regions_settings {
    cli_reading reading;
    cli_plot_output output;
    int shade; /* the order of shades */
    size_t points;
    uint64_t seed;
} regions_settings;

#define AT(field) offsetof(regions_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    {CLI_CHOICE, "shade", 0, "WHAT",
     "none (default): each region in one colour; probability: fading as the class there becomes "
     "less certain",
     AT(shade), .choices = shades},
    {CLI_COUNT, "points", 'n', "N", "Draw at most N rows, chosen at random (default 2000)",
     AT(points), 1.0, (double)MOST_POINTS},
    {CLI_SEED, "seed", 0, "N", "Of the choice of rows (default 0)", AT(seed)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_TEXT_ROWS_OPTIONS(AT(reading)),
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_regions_syntax = {
    .name = "softmax plot regions",
    .arguments = "MODEL DATA",
    .summary = "Draw the regions that a model of two features decides on",
    .description =
        "Draws the plane of the two features in the colour of the class that the model gives each "
        "place, and over it rows of DATA in the colour and shape of their own. Of large data some "
        "rows are drawn, and the picture says how many. Of data that has parts the test part is "
        "taken. " CLI_GNUPLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot regions circles.safetensors circles -o regions.png\n"
                "softmax plot regions blobs.safetensors blobs --shade probability -o blobs.svg\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

static int draw(const regions_settings *const settings, const sm_shape *const model,
                const sm_dataset *const dataset, const char *const name, const cli_plane *const d,
                const smi_picture_target *const target)
{
    char shown[CLI_PLOT_NAME_SIZE];
    char drawn[CLI_GROUPED_SIZE];
    char all[SMI_COUNTED_SIZE];
    char title[512];
    cli_feature_names features = {0};
    if (!cli_name_features(model, &features)) {
        return CLI_FAILURE;
    }
    const size_t rows = sm_dataset_rows(dataset);
    cli_plot_name(name, shown);
    if (d->count == rows) {
        (void)snprintf(title, sizeof title, "%s: %s", shown, smi_counted_text(rows, "row", all));
    } else {
        (void)snprintf(title, sizeof title, "%s: %s of %s, at random, seed %llu", shown,
                       cli_grouped(d->count, drawn), smi_counted_text(rows, "row", all),
                       (unsigned long long)settings->seed);
    }
    const smi_regions regions = {.title = title,
                                 .x_name = features.list[0],
                                 .y_name = features.list[1],
                                 .names = model->class_names,
                                 .classes = model->classes,
                                 .plane = d->plane,
                                 .cells = d->cells,
                                 .probabilities =
                                     settings->shade == SHADE_PROBABILITY ? d->certainty : NULL,
                                 .points = d->points,
                                 .labels = d->labels,
                                 .count = d->count};
    const int status = cli_plot_done(smi_plot_regions(target, &regions), target);
    cli_free_feature_names(&features);
    return status;
}

static int plot(const regions_settings *const settings, const sm_model *const model,
                const sm_dataset *const dataset, const char *const name)
{
    const sm_shape shape = sm_model_shape(model);
    smi_picture_target target;
    if (sm_dataset_shape(dataset).features != 2) {
        char own[SMI_COUNTED_SIZE];
        cli_say("%s: the data has %s, the model takes 2", name,
                smi_counted_text(sm_dataset_shape(dataset).features, "feature", own));
        return CLI_FAILURE;
    }
    int status = cli_plot_target(&settings->output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    cli_plane d = {0};
    status = cli_fill_plane(model, dataset, settings->points, settings->seed, &d);
    if (status == CLI_SUCCESS) {
        status = draw(settings, &shape, dataset, name, &d, &target);
    }
    cli_free_plane(&d);
    return status;
}

/* A picture of the plane needs a plane, and colours that can be told apart. */
static int check_model(const sm_model *const model, const char *const path)
{
    const sm_shape shape = sm_model_shape(model);
    if (shape.features != 2) {
        cli_say("%s: regions are those of two features, and the model takes %zu", path,
                shape.features);
        return CLI_FAILURE;
    }
    if (shape.classes > SMI_MOST_REGION_CLASSES) {
        cli_say("%s: regions of %zu classes cannot be told apart; up to %d can be drawn", path,
                shape.classes, SMI_MOST_REGION_CLASSES);
        return CLI_FAILURE;
    }
    return CLI_SUCCESS;
}

int cli_plot_regions(const int argument_count, char **const arguments)
{
    regions_settings settings = {.points = 2000};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_plot_regions_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_to_plot(named, &settings.reading, &settings.output, false, &opened);
    if (status == CLI_SUCCESS) {
        status = check_model(opened.model, named[0]);
    }
    if (status == CLI_SUCCESS) {
        status = plot(&settings, opened.model, opened.dataset, named[1]);
    }
    cli_close_model_and_data(&opened);
    return status;
}
