/* A row as a person would write it into a table: a cell for each column that features were made of.
 */
#ifndef CLI_ROW_CELLS_H
#define CLI_ROW_CELLS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/feature_names.h"

enum { CLI_MOST_CELLS = 12, CLI_CELL_SIZE = 320 };

/* One of them: `width` columns of x, from `start`. */
typedef struct cli_row_cell {
    size_t start;
    size_t width;
    size_t values;  /* of them; the one after tells that there is none */
    bool is_number; /* width without it is 1 */
    bool is_list;   /* many: a few of those that are not 0 are named */
    char name[CLI_CELL_SIZE];
} cli_row_cell;

typedef struct cli_row_cells {
    cli_row_cell list[CLI_MOST_CELLS];
    size_t count;
    size_t left_out; /* columns there is no cell for */
    cli_feature_names names;
} cli_row_cells;

/* What the cells of this data are; false, having said so, when there is not the memory. */
bool cli_row_cells_of(const sm_shape *data, cli_row_cells *cells);
void cli_free_row_cells(cli_row_cells *cells);

/* What a feature of a cell stands for: "Dream" of "island = Dream", "word" of "body: word". */
const char *cli_value_name(const cli_row_cells *cells, const cli_row_cell *cell, size_t feature);

/* The text of a cell. row: features. Of lists those are named that matter most: the largest
 * products with `importance`, as far as they are above 0, or where that is NULL the largest
 * values. */
void cli_cell_text(const cli_row_cells *cells, const cli_row_cell *cell, const float *row,
                   const float *importance, char text[CLI_CELL_SIZE]);

#endif
