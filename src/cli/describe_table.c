#include "cli/describe_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/describe_columns.h"
#include "cli/json.h"
#include "cli/terminal.h"

enum { NAME_SIZE = 256, MOST_FEATURES = 100 };

/* Columns of the screen. */
enum { LINE = 80, NAME = 30, LEAST_NAME = 20, CATEGORY = 24 };

/* What one column of x holds. */
typedef struct column_sums {
    size_t nonzero;
    double least;
    double most;
    double sum;
} column_sums;

/* ---- a pass over the rows ---- */

static void add_value(column_sums *const column, const double value)
{
    column->nonzero += value != 0.0;
    column->least = fmin(column->least, value);
    column->most = fmax(column->most, value);
    column->sum += value;
}

/* sums: as many as there are features. */
static bool measure(const sm_dataset *const dataset, column_sums *const sums)
{
    const size_t features = sm_dataset_shape(dataset).features;
    const size_t rows = sm_dataset_rows(dataset);
    const bool sparse = sm_dataset_element(dataset) == SM_CSR;
    float *const row = calloc(sparse ? 1 : features, sizeof *row);
    bool right = row != NULL;
    for (size_t f = 0; f < features; f++) {
        sums[f] = (column_sums){.least = INFINITY, .most = -INFINITY};
    }
    for (size_t r = 0; right && r < rows; r++) {
        const float *values = row;
        const uint32_t *columns = NULL;
        size_t count = features;
        right = (sparse ? sm_dataset_row_entries(dataset, r, &values, &columns, &count)
                        : sm_dataset_row(dataset, r, row)) == SM_OK;
        for (size_t i = 0; right && i < count; i++) {
            add_value(&sums[sparse ? columns[i] : i], (double)values[i]);
        }
    }
    for (size_t f = 0; f < features; f++) {
        if (sums[f].nonzero < rows) { /* entries that sparse rows leave out */
            sums[f].least = fmin(sums[f].least, 0.0);
            sums[f].most = fmax(sums[f].most, 0.0);
        }
    }
    free(row);
    return right;
}

/* ---- a feature ---- */

static json_t *categories_json(const json_t *const names, const column_sums *const sums)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < json_array_size(names); i++) {
        json_array_append_new(list, json_pack("{s:O, s:I}", "name", json_array_get(names, i),
                                              "rows", (json_int_t)sums[i].nonzero));
    }
    return list;
}

/* sums: of the columns of x that feature `number` has. */
static void add_sums(json_t *const json, const json_t *const feature, const column_sums *const sums,
                     const sm_dataset *const dataset, const size_t number)
{
    const size_t values = cli_feature_width(feature);
    const bool tells = cli_tells_missing(feature);
    const size_t width = values + tells;
    const double rows = (double)sm_dataset_rows(dataset);
    /* Of a table that was read for a model, the model's features alone tell. */
    const size_t missing = sm_dataset_missing(dataset, number);
    const size_t told = tells ? sums[values].nonzero : 0;
    json_object_set_new(json, "width", json_integer((json_int_t)width));
    json_object_set_new(json, "missing",
                        json_integer((json_int_t)(told > missing ? told : missing)));
    if (json_object_get(feature, "mean") != NULL) {
        json_object_set_new(json, "min", json_real(sums[0].least));
        json_object_set_new(json, "max", json_real(sums[0].most));
        json_object_set_new(json, "mean", json_real(sums[0].sum / rows));
    }
    const json_t *const categories = json_object_get(feature, "categories");
    if (categories != NULL) {
        json_object_set_new(json, "categories", categories_json(categories, sums));
    }
}

/* ---- the table ---- */

/* Columns that are neither label nor weight nor in a feature. */
static json_t *ignored_json(const json_t *const columns)
{
    const json_t *const names = json_object_get(columns, "columns");
    const json_t *const features = json_object_get(columns, "features");
    const size_t count = json_array_size(names);
    bool *const used = calloc(count + 1, sizeof *used);
    json_t *const list = used == NULL ? NULL : json_array();
    const json_t *const special[] = {json_object_get(columns, "label"),
                                     json_object_get(columns, "weight")};
    for (size_t i = 0; list != NULL && i < 2; i++) {
        if (json_is_integer(special[i]) && (size_t)json_integer_value(special[i]) < count) {
            used[json_integer_value(special[i])] = true;
        }
    }
    for (size_t f = 0; list != NULL && f < json_array_size(features); f++) {
        const json_t *const places = json_object_get(json_array_get(features, f), "columns");
        for (size_t i = 0; i < json_array_size(places); i++) {
            const size_t place = (size_t)json_integer_value(json_array_get(places, i));
            used[place < count ? place : count] = true;
        }
    }
    for (size_t i = 0; list != NULL && i < count; i++) {
        if (!used[i]) {
            json_array_append(list, json_array_get(names, i));
        }
    }
    free(used);
    return list;
}

/* Columns of x that all features have. */
static size_t whole_width(const json_t *const features)
{
    size_t width = 0;
    for (size_t f = 0; f < json_array_size(features); f++) {
        const json_t *const feature = json_array_get(features, f);
        width += cli_feature_width(feature) + cli_tells_missing(feature);
    }
    return width;
}

static json_t *features_json(const sm_dataset *const dataset, const json_t *const columns)
{
    const json_t *const features = json_object_get(columns, "features");
    const size_t width = sm_dataset_shape(dataset).features;
    /* There may be kinds of features whose width is not known here. */
    const bool known = whole_width(features) == width;
    column_sums *const sums = calloc(width > 0 ? width : 1, sizeof *sums);
    json_t *const list = sums != NULL && measure(dataset, sums) ? json_array() : NULL;
    const column_sums *own = sums;
    for (size_t f = 0; list != NULL && f < json_array_size(features); f++) {
        const json_t *const feature = json_array_get(features, f);
        char name[NAME_SIZE];
        cli_feature_name(columns, feature, name, sizeof name);
        json_t *const json = json_pack("{s:o, s:O}", "name", cli_json_text(name), "kind",
                                       json_object_get(feature, "kind"));
        if (known) {
            add_sums(json, feature, own, dataset, f);
            own += cli_feature_width(feature) + cli_tells_missing(feature);
        }
        json_array_append_new(list, json);
    }
    free(sums);
    return list;
}

json_t *cli_table_json(const sm_dataset *const dataset)
{
    const sm_shape shape = sm_dataset_shape(dataset);
    json_t *const columns = cli_columns_json(&shape);
    if (!json_is_object(columns)) {
        return columns;
    }
    json_t *const table =
        json_pack("{s:s?, s:s?, s:o, s:I, s:o}", "label",
                  cli_column_name(columns, json_object_get(columns, "label")), "weight",
                  cli_column_name(columns, json_object_get(columns, "weight")), "ignored",
                  ignored_json(columns), "left_out", (json_int_t)sm_dataset_left_out(dataset),
                  "features", features_json(dataset, columns));
    json_decref(columns);
    return table;
}

/* ---- as text ---- */

static size_t count_of(const json_t *const object, const char *const key)
{
    return (size_t)json_integer_value(json_object_get(object, key));
}

/* Writes a name, and blanks up to LEAST_NAME columns; returns how many it takes. */
static size_t print_name(const char *const name)
{
    char text[NAME_SIZE];
    cli_make_safe(name, text, sizeof text);
    cli_shorten(text, NAME);
    (void)fputs("  ", stdout);
    cli_print_left(stdout, text, LEAST_NAME);
    const size_t columns = cli_columns_of(text);
    return 2 + (columns < LEAST_NAME ? LEAST_NAME : columns);
}

/* The first of them, as many as the line has room for where `used` columns are taken. */
static void print_categories(const json_t *const categories, size_t used)
{
    const size_t count = json_array_size(categories);
    char number[CLI_GROUPED_SIZE];
    size_t shown = 0;
    for (bool fits = true; shown < count && fits;) {
        char text[NAME_SIZE];
        char piece[NAME_SIZE + 32];
        char rest[32] = "";
        const json_t *const category = json_array_get(categories, shown);
        cli_make_safe(json_string_value(json_object_get(category, "name")), text, sizeof text);
        cli_shorten(text, CATEGORY);
        (void)snprintf(piece, sizeof piece, "%s %s %s", shown == 0 ? ":" : ",", text,
                       cli_grouped(count_of(category, "rows"), number));
        if (shown + 1 < count) {
            (void)snprintf(rest, sizeof rest, " and %s more",
                           cli_grouped(count - shown - 1, number));
        }
        fits = used + cli_columns_of(piece) + strlen(rest) <= LINE;
        if (fits) {
            (void)fputs(piece, stdout);
            used += cli_columns_of(piece);
            shown++;
        }
    }
    if (shown > 0 && shown < count) {
        (void)printf(" and %s more", cli_grouped(count - shown, number));
    }
}

/* Numbers, or how many columns it has in x; returns the columns that it takes. */
static size_t print_range(const json_t *const feature)
{
    char number[CLI_GROUPED_SIZE];
    int columns = 0;
    if (json_object_get(feature, "mean") != NULL) {
        columns = printf(", %g to %g, mean %.4g", json_real_value(json_object_get(feature, "min")),
                         json_real_value(json_object_get(feature, "max")),
                         json_real_value(json_object_get(feature, "mean")));
    } else if (json_object_get(feature, "width") != NULL) {
        const size_t width = count_of(feature, "width");
        columns = printf(", %s feature%s", cli_grouped(width, number), width == 1 ? "" : "s");
    }
    return columns > 0 ? (size_t)columns : 0;
}

static void print_feature(const json_t *const feature)
{
    char number[CLI_GROUPED_SIZE];
    const size_t missing = count_of(feature, "missing");
    const char *const kind = json_string_value(json_object_get(feature, "kind"));
    size_t used = print_name(json_string_value(json_object_get(feature, "name")));
    (void)printf(" %s", kind);
    used += 1 + strlen(kind) + print_range(feature);
    if (missing > 0) {
        (void)printf(", %s missing", cli_grouped(missing, number));
        used += strlen(", ") + strlen(number) + strlen(" missing");
    }
    print_categories(json_object_get(feature, "categories"), used);
    (void)fputc('\n', stdout);
}

static void print_column(const char *const name, const char *const what)
{
    if (name != NULL) {
        (void)print_name(name);
        (void)printf(" %s\n", what);
    }
}

void cli_print_table(const json_t *const table)
{
    const json_t *const features = json_object_get(table, "features");
    const json_t *const ignored = json_object_get(table, "ignored");
    const size_t count = json_array_size(features);
    if (!json_is_object(table)) {
        return;
    }
    (void)printf("columns\n");
    print_column(json_string_value(json_object_get(table, "label")), "label");
    print_column(json_string_value(json_object_get(table, "weight")), "weight");
    for (size_t f = 0; f < count && f < MOST_FEATURES; f++) {
        print_feature(json_array_get(features, f));
    }
    if (count > MOST_FEATURES) {
        char number[CLI_GROUPED_SIZE];
        (void)printf("  and %s more; --json lists all\n",
                     cli_grouped(count - MOST_FEATURES, number));
    }
    for (size_t i = 0; i < json_array_size(ignored) && i < MOST_FEATURES; i++) {
        print_column(json_string_value(json_array_get(ignored, i)), "left out");
    }
}
