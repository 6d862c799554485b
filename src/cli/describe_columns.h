/* What a model makes of the columns of tables, for softmax inspect. */
#ifndef CLI_DESCRIBE_COLUMNS_H
#define CLI_DESCRIBE_COLUMNS_H

#include <jansson.h>

#include <softmax.h>

/* The JSON object of docs/model-format.md; null where the model has none. */
json_t *cli_columns_json(const sm_shape *shape);

/* A line for the label and one for each feature. */
void cli_print_columns(const sm_shape *shape);

#endif
