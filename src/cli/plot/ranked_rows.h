/* Rows with the classes that a model gives them, those that come first in some order. */
#ifndef CLI_PLOT_RANKED_ROWS_H
#define CLI_PLOT_RANKED_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

/* Of the probability of the model's class; equal ones as the data has them. */
typedef enum cli_row_order { CLI_BY_ROW, CLI_SUREST_FIRST, CLI_LEAST_SURE_FIRST } cli_row_order;

/* What the model says of a row. */
typedef struct cli_ranked_row {
    size_t row;
    size_t class;
    float probability;
} cli_ranked_row;

typedef struct cli_ranked_rows {
    size_t places; /* as many rows are wanted, or as there are */
    cli_row_order order;
    bool wrong_only; /* the data must have labels */
    sm_shape model;
    sm_shape data;
    const sm_dataset *dataset;
    cli_ranked_row *list; /* what comes of it; room for twice as many: whenever it is full, the
                             later half is dropped, so that data may have any number of rows */
    size_t count;
} cli_ranked_rows;

/* Fills list and count; the rest is set. Returns an exit status, having said what is wrong; in any
 * case list is to be freed by free(). */
int cli_rank_rows(const sm_model *model, cli_ranked_rows *rows);

/* Whether the row's label is another class; classes are the same where their names are. */
bool cli_is_wrong(const cli_ranked_rows *rows, const cli_ranked_row *one);

#endif
