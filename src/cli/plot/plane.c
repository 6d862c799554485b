#include "cli/plot/plane.h"

#include <math.h>
#include <stdlib.h>

#include "base/names.h"
#include "cli/exit_status.h"
#include "cli/plot/sample_rows.h"
#include "cli/terminal.h"

/* Along either axis. */
enum { CELLS = 360 };

void cli_free_plane(cli_plane *const plane)
{
    free(plane->rows);
    free(plane->points);
    free(plane->labels);
    free(plane->cells);
    free(plane->certainty);
    free(plane->places);
    free(plane->probabilities);
    free(plane->class_map);
}

static int allocate(const sm_shape *const model, const sm_dataset *const dataset,
                    const size_t points, const uint64_t seed, cli_plane *const d)
{
    const sm_shape data = sm_dataset_shape(dataset);
    d->rows = cli_sample_rows(sm_dataset_rows(dataset), points, seed, &d->count);
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
    return CLI_SUCCESS;
}

/* As when a model is evaluated, data must not have a class that the model does not have. */
static int match_classes(const sm_shape *const model, const sm_dataset *const dataset,
                         const cli_plane *const d)
{
    const sm_shape data = sm_dataset_shape(dataset);
    if (!sm_dataset_has_labels(dataset)) {
        return CLI_SUCCESS;
    }
    if (smi_names_match(data.class_names, data.classes, model->class_names, model->classes,
                        d->class_map) != SM_OK) {
        return cli_fail();
    }
    for (size_t c = 0; c < data.classes; c++) {
        if (d->class_map[c] < 0) {
            cli_say("the data has a class '%s', which is not one of the model's %zu",
                    data.class_names[c], model->classes);
            return CLI_FAILURE;
        }
    }
    return CLI_SUCCESS;
}

static int read_points(const sm_dataset *const dataset, const cli_plane *const d)
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
static void set_side(const cli_plane *const d, const size_t coordinate, double *const from,
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

static int predict_cells(const sm_model *const model, const cli_plane *const d)
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

int cli_fill_plane(const sm_model *const model, const sm_dataset *const dataset,
                   const size_t points, const uint64_t seed, cli_plane *const plane)
{
    const sm_shape shape = sm_model_shape(model);
    plane->plane = (smi_plane){.columns = CELLS, .rows = CELLS};
    int status = allocate(&shape, dataset, points, seed, plane);
    if (status == CLI_SUCCESS) {
        status = match_classes(&shape, dataset, plane);
    }
    if (status == CLI_SUCCESS) {
        status = read_points(dataset, plane);
    }
    if (status == CLI_SUCCESS) {
        set_side(plane, 0, &plane->plane.left, &plane->plane.right);
        set_side(plane, 1, &plane->plane.bottom, &plane->plane.top);
        status = predict_cells(model, plane);
    }
    return status;
}
