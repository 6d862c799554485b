#include "cli/data/describe_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/picture_shape.h"

#include "cli/describe_table.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/terminal.h"

typedef struct description {
    sm_shape shape;
    size_t rows;
    const char *element;
    bool sparse;
    size_t left_out; /* rows of a table */
    size_t entries;  /* of sparse data */
    double least;    /* of all values */
    double most;
    double mean;
    double zeros;   /* share of values that are 0 */
    size_t *counts; /* rows of each class; NULL without labels */
} description;

enum { MOST_CLASSES_SHOWN = 40, MOST_NAME = 50 };

/* What one row adds. */
typedef struct row_sums {
    double sum;
    size_t nonzero;
} row_sums;

/* Takes `count` values into the range and the sums. */
static row_sums add_values(const float *const values, const size_t count, description *const d)
{
    row_sums row = {0};
    for (size_t i = 0; i < count; i++) {
        const double value = (double)values[i];
        d->least = fmin(d->least, value);
        d->most = fmax(d->most, value);
        row.sum += value;
        row.nonzero += value != 0.0;
    }
    return row;
}

/* values: room for a row that is not sparse. */
static sm_status add_row(const sm_dataset *const dataset, const size_t index, float *const values,
                         description *const d, row_sums *const row)
{
    static const float zero = 0.0F;
    const float *entries = NULL;
    const uint32_t *columns = NULL;
    size_t count = 0;
    if (!d->sparse) {
        const sm_status status = sm_dataset_row(dataset, index, values);
        if (status == SM_OK) {
            *row = add_values(values, d->shape.features, d);
        }
        return status;
    }
    const sm_status status = sm_dataset_row_entries(dataset, index, &entries, &columns, &count);
    if (status == SM_OK) {
        *row = add_values(entries, count, d);
        d->entries += count;
        (void)add_values(&zero, count < d->shape.features ? 1 : 0, d); /* counts for the range */
    }
    return status;
}

static sm_status measure(const sm_dataset *const dataset, float *const values, description *const d)
{
    double sum = 0.0;
    double nonzero = 0.0;
    d->least = INFINITY;
    d->most = -INFINITY;
    for (size_t r = 0; r < d->rows; r++) {
        row_sums row = {0};
        const sm_status status = add_row(dataset, r, values, d, &row);
        if (status != SM_OK) {
            return status;
        }
        sum += row.sum;
        nonzero += (double)row.nonzero;
        if (d->counts != NULL) {
            d->counts[sm_dataset_label(dataset, r)]++;
        }
    }
    const double count = (double)d->rows * (double)d->shape.features;
    d->mean = sum / count;
    d->zeros = (count - nonzero) / count;
    return SM_OK;
}

/* Entries as a share of all values. */
static double density(const description *const d)
{
    return (double)d->entries / ((double)d->rows * (double)d->shape.features);
}

/* Takes over the table. */
static int print_json(const char *const name, const description *const d, json_t *const table)
{
    json_t *classes = json_null();
    if (d->counts != NULL) {
        classes = json_array();
        for (size_t c = 0; c < d->shape.classes; c++) {
            json_array_append_new(classes, json_pack("{s:s, s:I}", "name", d->shape.class_names[c],
                                                     "rows", (json_int_t)d->counts[c]));
        }
    }
    json_t *const image = cli_json_image(&d->shape);
    json_t *sparse = json_null();
    if (d->sparse) {
        sparse = json_pack("{s:I, s:f}", "entries", (json_int_t)d->entries, "density", density(d));
    }
    return cli_json_print(
        json_pack("{s:s, s:o, s:I, s:I, s:s, s:o, s:o, s:o, s:o, s:{s:f, s:f, s:f, s:f}}", "kind",
                  "data", "name", cli_json_text(name), "rows", (json_int_t)d->rows, "features",
                  (json_int_t)d->shape.features, "type", d->element, "sparse", sparse, "image",
                  image, "classes", classes, "table", table, "values", "min", d->least, "max",
                  d->most, "mean", d->mean, "zeros", d->zeros));
}

static bool is_colour(const sm_shape *const shape)
{
    return smi_picture_channels(shape->features, shape->image_height, shape->image_width) == 3;
}

static void print_text(const char *const name, const description *const d,
                       const json_t *const table)
{
    char text[128];
    char number[CLI_GROUPED_SIZE];
    cli_make_safe(name, text, sizeof text);
    (void)printf("data        %s\nrows        %s", text, cli_grouped(d->rows, number));
    if (d->left_out > 0) {
        (void)printf(", %s left out for want of a value", cli_grouped(d->left_out, number));
    }
    (void)printf("\n");
    (void)printf("features    %s, %s", cli_grouped(d->shape.features, number),
                 d->sparse ? "sparse float32" : d->element);
    if (d->shape.image_height > 0) {
        (void)printf(", %spictures of %zu x %zu", is_colour(&d->shape) ? "colour " : "",
                     d->shape.image_height, d->shape.image_width);
    }
    if (d->sparse) {
        (void)printf("\nentries     %s, %.4g a row, density %.4g %%",
                     cli_grouped(d->entries, number), (double)d->entries / (double)d->rows,
                     100.0 * density(d));
    }
    (void)printf("\nvalues      %g to %g, mean %.4g, %.1f %% zero\n", d->least, d->most, d->mean,
                 100.0 * d->zeros);
    cli_print_table(table);
    if (d->counts == NULL) {
        (void)printf("classes     none: there are no labels\n");
        return;
    }
    (void)printf("classes     %s\n", cli_grouped(d->shape.classes, number));
    for (size_t c = 0; c < d->shape.classes && c < MOST_CLASSES_SHOWN; c++) {
        cli_make_safe(d->shape.class_names[c], text, sizeof text);
        cli_shorten(text, MOST_NAME);
        (void)fputs("  ", stdout);
        cli_print_left(stdout, text, 9);
        (void)printf(" %10s %-4s  %5.1f %%\n", cli_grouped(d->counts[c], number),
                     d->counts[c] == 1 ? "row" : "rows",
                     100.0 * (double)d->counts[c] / (double)d->rows);
    }
    if (d->shape.classes > MOST_CLASSES_SHOWN) {
        (void)printf("  and %s more; --json lists all\n",
                     cli_grouped(d->shape.classes - MOST_CLASSES_SHOWN, number));
    }
}

int cli_describe_data(const char *const name, const sm_dataset *const dataset, const bool as_json)
{
    const bool labels = sm_dataset_has_labels(dataset);
    description d = {.shape = sm_dataset_shape(dataset),
                     .rows = sm_dataset_rows(dataset),
                     .left_out = sm_dataset_left_out(dataset),
                     .element = sm_dataset_element(dataset) == SM_U8 ? "bytes" : "float32",
                     .sparse = sm_dataset_element(dataset) == SM_CSR};
    float *const values = calloc(d.sparse ? 1 : d.shape.features, sizeof *values);
    d.counts = labels ? calloc(d.shape.classes, sizeof *d.counts) : NULL;
    int status = CLI_FAILURE;
    if (values == NULL || (labels && d.counts == NULL)) {
        cli_say("not enough memory");
    } else if (measure(dataset, values, &d) != SM_OK) {
        status = cli_fail();
    } else {
        json_t *const table = cli_table_json(dataset);
        status = CLI_SUCCESS;
        if (as_json) {
            status = print_json(name, &d, table);
        } else {
            print_text(name, &d, table);
            json_decref(table);
        }
    }
    free(values);
    free(d.counts);
    return status;
}
