/* What the columns of a table hold, as the features made of them show it. */
#ifndef CLI_DESCRIBE_TABLE_H
#define CLI_DESCRIBE_TABLE_H

#include <jansson.h>

#include <softmax.h>

/* {"label", "weight", "ignored", "features"}: names of columns or null, and for each feature
 * {"name", "kind", "width", "missing"} and, of numbers, "min", "max" and "mean" or, of categories,
 * "categories", each with its name and rows. null for data that is no table. NULL: there is not the
 * memory. */
json_t *cli_table_json(const sm_dataset *dataset);

/* The same as lines of text. */
void cli_print_table(const json_t *table);

#endif
