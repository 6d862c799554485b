#include "cli/row_cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/describe_columns.h"
#include "cli/terminal.h"

enum { MOST_NAMED = 10, MOST_NAME = 64 };

/* All of x in one cell, or each number in its own. */
static void set_plain(const sm_shape *const data, cli_row_cells *const cells)
{
    if (data->features > CLI_MOST_CELLS) {
        cells->count = 1;
        cells->list[0] =
            (cli_row_cell){.width = data->features, .values = data->features, .is_list = true};
        (void)snprintf(cells->list[0].name, CLI_CELL_SIZE, "features");
        return;
    }
    for (size_t f = 0; f < data->features; f++) {
        cells->list[f] = (cli_row_cell){.start = f, .width = 1, .values = 1, .is_number = true};
        (void)snprintf(cells->list[f].name, CLI_CELL_SIZE, "%.*s",
                       (int)cli_whole_length(cells->names.list[f], 300), cells->names.list[f]);
    }
    cells->count = data->features;
}

static void set_columns(const json_t *const columns, cli_row_cells *const cells)
{
    const json_t *const features = json_object_get(columns, "features");
    size_t start = 0;
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *const feature = json_array_get(features, i);
        const size_t values = cli_feature_width(feature);
        const size_t width = values + cli_tells_missing(feature);
        if (cells->count < CLI_MOST_CELLS) {
            cli_row_cell *const cell = &cells->list[cells->count++];
            *cell = (cli_row_cell){.start = start,
                                   .width = width,
                                   .values = values,
                                   .is_number = json_object_get(feature, "mean") != NULL,
                                   .is_list = json_object_get(feature, "words") != NULL};
            cli_feature_name(columns, feature, cell->name, CLI_CELL_SIZE);
        } else {
            cells->left_out++;
        }
        start += width;
    }
}

bool cli_row_cells_of(const sm_shape *const data, cli_row_cells *const cells)
{
    *cells = (cli_row_cells){0};
    if (!cli_name_features(data, &cells->names)) {
        return false;
    }
    if (cells->names.known) {
        json_t *const columns = cli_columns_json(data);
        set_columns(columns, cells);
        json_decref(columns);
    } else {
        set_plain(data, cells);
    }
    return true;
}

void cli_free_row_cells(cli_row_cells *const cells)
{
    cli_free_feature_names(&cells->names);
}

const char *cli_value_name(const cli_row_cells *const cells, const cli_row_cell *const cell,
                           const size_t feature)
{
    const char *const name = cells->names.list[feature];
    const size_t length = strlen(cell->name);
    if (!cells->names.known || strncmp(name, cell->name, length) != 0) {
        return name;
    }
    const char *const rest = name + length;
    return strncmp(rest, " = ", 3) == 0 ? rest + 3 : rest + strspn(rest, ": ");
}

/* The places of those that matter most, the first ones first. */
static size_t find_named(const cli_row_cell *const cell, const float *const row,
                         const float *const importance, size_t places[MOST_NAMED])
{
    float weights[MOST_NAMED];
    size_t count = 0;
    for (size_t f = cell->start; f < cell->start + cell->values; f++) {
        const float weight = row[f] == 0.0F       ? 0.0F
                             : importance == NULL ? fabsf(row[f])
                                                  : row[f] * importance[f];
        if (!(weight > 0.0F) || (count == MOST_NAMED && weight <= weights[count - 1])) {
            continue;
        }
        size_t at = count < MOST_NAMED ? count++ : count - 1;
        for (; at > 0 && weights[at - 1] < weight; at--) {
            weights[at] = weights[at - 1];
            places[at] = places[at - 1];
        }
        weights[at] = weight;
        places[at] = f;
    }
    return count;
}

static void name_values(const cli_row_cells *const cells, const cli_row_cell *const cell,
                        const float *const row, const float *const importance,
                        char text[CLI_CELL_SIZE])
{
    size_t places[MOST_NAMED];
    size_t used = 0;
    const size_t count = find_named(cell, row, importance, places);
    text[0] = '\0';
    for (size_t i = 0; i < count && used < CLI_CELL_SIZE; i++) {
        const char *const name = cli_value_name(cells, cell, places[i]);
        used += (size_t)snprintf(text + used, CLI_CELL_SIZE - used, "%s%.*s", i == 0 ? "" : ", ",
                                 (int)cli_whole_length(name, MOST_NAME), name);
        if (!cells->names.known && used < CLI_CELL_SIZE) {
            used += (size_t)snprintf(text + used, CLI_CELL_SIZE - used, " = %.4g",
                                     (double)row[places[i]]);
        }
    }
}

void cli_cell_text(const cli_row_cells *const cells, const cli_row_cell *const cell,
                   const float *const row, const float *const importance, char text[CLI_CELL_SIZE])
{
    if (cell->width > cell->values && row[cell->start + cell->values] != 0.0F) {
        (void)snprintf(text, CLI_CELL_SIZE, "missing");
    } else if (cell->is_number) {
        (void)snprintf(text, CLI_CELL_SIZE, "%.6g", (double)row[cell->start]);
    } else {
        name_values(cells, cell, row, cell->is_list ? importance : NULL, text);
    }
}
