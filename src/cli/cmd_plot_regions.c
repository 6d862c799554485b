/* softmax plot regions: what a model of two features decides on, and where the rows lie. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "command.h"
#include "exit_status.h"
#include "feature_names.h"
#include "model_argument.h"
#include "plot/regions.h"
#include "plot_output.h"
#include "sample_rows.h"
#include "terminal.h"

/* CELLS: along either axis. */
enum { CELLS = 360, MOST_POINTS = 100000 };

enum { SHADE_NONE, SHADE_PROBABILITY };
static const char *const shades[] = {
    [SHADE_NONE] = "none", [SHADE_PROBABILITY] = "probability", NULL};

typedef struct regions_settings {
    cli_reading reading;
    const char *output;
    int shade; /* the order of shades */
    size_t points;
    uint64_t seed;
} regions_settings;

#define AT(field) offsetof(regions_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTION(AT(output)),
    {CLI_CHOICE, "shade", 0, "WHAT",
     "none (default): each region in one colour; probability: fading as the class there becomes "
     "less certain",
     AT(shade), .choices = shades},
    {CLI_COUNT, "points", 'n', "N", "Draw at most N rows, chosen at random (default 2000)",
     AT(points), 1.0, (double)MOST_POINTS},
    {CLI_SEED, "seed", 0, "N", "Of the choice of rows (default 0)", AT(seed)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_TEXT_ROWS_OPTIONS(AT(reading)),
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
        "taken. " CLI_PLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot regions circles.safetensors circles -o regions.png\n"
                "softmax plot regions blobs.safetensors blobs --shade probability -o blobs.svg\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

/* All that is drawn, in memory of its own. */
typedef struct drawing {
    smi_plane plane;
    size_t *rows; /* of the dataset */
    size_t count;
    float *points;        /* count × 2 */
    int32_t *labels;      /* count: classes of the model; −1: none */
    int32_t *cells;       /* CELLS × CELLS */
    float *certainty;     /* likewise: the probability of the class */
    float *places;        /* CELLS × 2: a row of cells */
    float *probabilities; /* CELLS × classes */
    int32_t *class_map;   /* classes of the data → of the model; −1: it does not have it */
} drawing;

static void free_drawing(drawing *const d)
{
    free(d->rows);
    free(d->points);
    free(d->labels);
    free(d->cells);
    free(d->certainty);
    free(d->places);
    free(d->probabilities);
    free(d->class_map);
}

static int allocate(const regions_settings *const settings, const sm_shape *const model,
                    const sm_dataset *const dataset, drawing *const d)
{
    const sm_shape data = sm_dataset_shape(dataset);
    d->rows =
        cli_sample_rows(sm_dataset_rows(dataset), settings->points, settings->seed, &d->count);
    if (d->rows == NULL) {
        return CLI_FAILURE;
    }
    d->points = calloc(d->count, 2 * sizeof *d->points);
    d->labels = calloc(d->count, sizeof *d->labels);
    d->cells = calloc((size_t)CELLS * CELLS, sizeof *d->cells);
    d->certainty = calloc((size_t)CELLS * CELLS, sizeof *d->certainty);
    d->places = calloc(CELLS, 2 * sizeof *d->places);
    d->probabilities = calloc(CELLS, model->classes * sizeof *d->probabilities);
    d->class_map = calloc(data.classes + 1, sizeof *d->class_map);
    if (d->points == NULL || d->labels == NULL || d->cells == NULL || d->certainty == NULL ||
        d->places == NULL || d->probabilities == NULL || d->class_map == NULL) {
        cli_say("not enough memory for %zu points and %d cells", d->count, CELLS * CELLS);
        return CLI_FAILURE;
    }
    if (sm_dataset_has_labels(dataset) &&
        smi_names_match(data.class_names, data.classes, model->class_names, model->classes,
                        d->class_map) != SM_OK) {
        return cli_fail();
    }
    return CLI_SUCCESS;
}

static int read_points(const sm_dataset *const dataset, const drawing *const d)
{
    for (size_t i = 0; i < d->count; i++) {
        const int32_t label = sm_dataset_label(dataset, d->rows[i]);
        if (sm_dataset_row(dataset, d->rows[i], d->points + 2 * i) != SM_OK) {
            return cli_fail();
        }
        d->labels[i] = label < 0 ? -1 : d->class_map[label];
    }
    return CLI_SUCCESS;
}

/* From the least to the largest of one coordinate, and a little more on either side. */
static void set_side(const drawing *const d, const size_t coordinate, double *const from,
                     double *const to)
{
    double least = (double)d->points[coordinate];
    double most = least;
    for (size_t i = 1; i < d->count; i++) {
        least = fmin(least, (double)d->points[2 * i + coordinate]);
        most = fmax(most, (double)d->points[2 * i + coordinate]);
    }
    const double margin = most > least ? 0.08 * (most - least) : fmax(1.0, 0.1 * fabs(most));
    *from = least - margin;
    *to = most + margin;
}

static int predict_cells(const sm_model *const model, const drawing *const d)
{
    const size_t classes = sm_model_shape(model).classes;
    const smi_plane *const p = &d->plane;
    for (size_t r = 0; r < CELLS; r++) {
        for (size_t c = 0; c < CELLS; c++) {
            d->places[2 * c] = (float)smi_cell_middle(p->left, p->right, CELLS, c);
            d->places[2 * c + 1] = (float)smi_cell_middle(p->bottom, p->top, CELLS, r);
        }
        if (sm_predict_f32(model, d->places, CELLS, SM_PROBABILITIES, d->probabilities) != SM_OK) {
            return cli_fail();
        }
        for (size_t c = 0; c < CELLS; c++) {
            const float *const row = d->probabilities + c * classes;
            const size_t class = sm_argmax(row, classes);
            d->cells[r * CELLS + c] = (int32_t) class;
            d->certainty[r * CELLS + c] = row[class];
        }
    }
    return CLI_SUCCESS;
}

static int draw(const regions_settings *const settings, const sm_shape *const model,
                const sm_dataset *const dataset, const char *const name, const drawing *const d,
                const smi_picture_target *const target)
{
    char shown[CLI_PLOT_NAME_SIZE];
    char drawn[CLI_GROUPED_SIZE];
    char all[CLI_GROUPED_SIZE];
    char title[512];
    cli_feature_names features = {0};
    if (!cli_name_features(model, &features)) {
        return CLI_FAILURE;
    }
    const size_t rows = sm_dataset_rows(dataset);
    cli_plot_name(name, shown);
    if (d->count == rows) {
        (void)snprintf(title, sizeof title, "%s: %s rows", shown, cli_grouped(rows, all));
    } else {
        (void)snprintf(title, sizeof title, "%s: %s of %s rows, at random, seed %llu", shown,
                       cli_grouped(d->count, drawn), cli_grouped(rows, all),
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
        cli_say("%s: the data has %zu features, the model takes 2", name,
                sm_dataset_shape(dataset).features);
        return CLI_FAILURE;
    }
    int status = cli_plot_target(settings->output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    drawing d = {.plane = {.columns = CELLS, .rows = CELLS}};
    status = allocate(settings, &shape, dataset, &d);
    if (status == CLI_SUCCESS) {
        status = read_points(dataset, &d);
    }
    if (status == CLI_SUCCESS) {
        set_side(&d, 0, &d.plane.left, &d.plane.right);
        set_side(&d, 1, &d.plane.bottom, &d.plane.top);
        status = predict_cells(model, &d);
    }
    if (status == CLI_SUCCESS) {
        status = draw(settings, &shape, dataset, name, &d, &target);
    }
    free_drawing(&d);
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
    int status = cli_open_model_and_data(named, &settings.reading, &opened);
    if (status == CLI_SUCCESS) {
        status = check_model(opened.model, named[0]);
    }
    if (status == CLI_SUCCESS) {
        status = plot(&settings, opened.model, opened.dataset, named[1]);
    }
    cli_close_model_and_data(&opened);
    return status;
}
