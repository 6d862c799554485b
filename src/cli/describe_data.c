#include "describe_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "exit_status.h"
#include "json.h"
#include "terminal.h"

typedef struct description {
    sm_shape shape;
    size_t rows;
    const char *element;
    double least; /* of all values */
    double most;
    double mean;
    double zeros;   /* share of values that are 0 */
    size_t *counts; /* rows of each class; NULL without labels */
} description;

enum { MOST_CLASSES_SHOWN = 40 };

static sm_status measure(const sm_dataset *const dataset, float *const values, description *const d)
{
    double sum = 0.0;
    double zeros = 0.0;
    d->least = INFINITY;
    d->most = -INFINITY;
    for (size_t r = 0; r < d->rows; r++) {
        const sm_status status = sm_dataset_row(dataset, r, values);
        if (status != SM_OK) {
            return status;
        }
        double row_sum = 0.0;
        for (size_t f = 0; f < d->shape.features; f++) {
            const double value = (double)values[f];
            d->least = fmin(d->least, value);
            d->most = fmax(d->most, value);
            row_sum += value;
            zeros += value == 0.0;
        }
        sum += row_sum;
        if (d->counts != NULL) {
            d->counts[sm_dataset_label(dataset, r)]++;
        }
    }
    const double count = (double)d->rows * (double)d->shape.features;
    d->mean = sum / count;
    d->zeros = zeros / count;
    return SM_OK;
}

static int print_json(const char *const name, const description *const d)
{
    json_t *classes = json_null();
    if (d->counts != NULL) {
        classes = json_array();
        for (size_t c = 0; c < d->shape.classes; c++) {
            json_array_append_new(classes, json_pack("{s:s, s:I}", "name", d->shape.class_names[c],
                                                     "rows", (json_int_t)d->counts[c]));
        }
    }
    json_t *image = json_null();
    if (d->shape.image_height > 0) {
        image = json_pack("{s:I, s:I}", "height", (json_int_t)d->shape.image_height, "width",
                          (json_int_t)d->shape.image_width);
    }
    return cli_json_print(json_pack(
        "{s:s, s:o, s:I, s:I, s:s, s:o, s:o, s:{s:f, s:f, s:f, s:f}}", "kind", "data", "name",
        cli_json_text(name), "rows", (json_int_t)d->rows, "features", (json_int_t)d->shape.features,
        "type", d->element, "image", image, "classes", classes, "values", "min", d->least, "max",
        d->most, "mean", d->mean, "zeros", d->zeros));
}

static void print_text(const char *const name, const description *const d)
{
    char text[128];
    char number[CLI_GROUPED_SIZE];
    cli_make_safe(name, text, sizeof text);
    (void)printf("data        %s\nrows        %s\n", text, cli_grouped(d->rows, number));
    (void)printf("features    %s, %s", cli_grouped(d->shape.features, number), d->element);
    if (d->shape.image_height > 0) {
        (void)printf(", pictures of %zu x %zu", d->shape.image_height, d->shape.image_width);
    }
    (void)printf("\nvalues      %g to %g, mean %.4g, %.1f %% zero\n", d->least, d->most, d->mean,
                 100.0 * d->zeros);
    if (d->counts == NULL) {
        (void)printf("classes     none: there are no labels\n");
        return;
    }
    (void)printf("classes     %s\n", cli_grouped(d->shape.classes, number));
    for (size_t c = 0; c < d->shape.classes && c < MOST_CLASSES_SHOWN; c++) {
        cli_make_safe(d->shape.class_names[c], text, sizeof text);
        (void)fputs("  ", stdout);
        cli_print_left(stdout, text, 9);
        (void)printf(" %10s rows  %5.1f %%\n", cli_grouped(d->counts[c], number),
                     100.0 * (double)d->counts[c] / (double)d->rows);
    }
    if (d->shape.classes > MOST_CLASSES_SHOWN) {
        (void)printf("  and %zu more; --json lists all\n", d->shape.classes - MOST_CLASSES_SHOWN);
    }
}

int cli_describe_data(const char *const name, const sm_dataset *const dataset, const bool as_json)
{
    const bool labels = sm_dataset_has_labels(dataset);
    description d = {.shape = sm_dataset_shape(dataset),
                     .rows = sm_dataset_rows(dataset),
                     .element = sm_dataset_element(dataset) == SM_U8 ? "bytes" : "float32"};
    float *const values = calloc(d.shape.features, sizeof *values);
    d.counts = labels ? calloc(d.shape.classes, sizeof *d.counts) : NULL;
    int status = CLI_FAILURE;
    if (values == NULL || (labels && d.counts == NULL)) {
        cli_say("not enough memory");
    } else if (measure(dataset, values, &d) != SM_OK) {
        status = cli_fail();
    } else {
        status = CLI_SUCCESS;
        if (as_json) {
            status = print_json(name, &d);
        } else {
            print_text(name, &d);
        }
    }
    free(values);
    free(d.counts);
    return status;
}
