/* What a model makes of the columns of tables, for softmax inspect. */
#ifndef CLI_DESCRIBE_COLUMNS_H
#define CLI_DESCRIBE_COLUMNS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

/* The JSON object of docs/model-format.md; null where the model has none. */
json_t *cli_columns_json(const sm_shape *shape);

/* The name of the column with this place in the table; NULL for null. Borrowed. */
const char *cli_column_name(const json_t *columns, const json_t *place);

/* "A", or "A x B" of columns that are crossed, as far as it fits. */
void cli_feature_name(const json_t *columns, const json_t *feature, char *name, size_t size);

/* Columns of x that a feature has, the one that tells missing values aside; 1 of a kind that is not
 * known here. */
size_t cli_feature_width(const json_t *feature);

/* Whether there is one more column, which tells missing values. */
bool cli_tells_missing(const json_t *feature);

/* A line for the label and one for each feature. */
void cli_print_columns(const sm_shape *shape);

#endif
