/* What the features of a model are called. */
#ifndef CLI_FEATURE_NAMES_H
#define CLI_FEATURE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

typedef struct cli_feature_names {
    char **list; /* one for each feature */
    size_t count;
    bool known; /* they come from the columns of a table; else they are x1, x2, … */
} cli_feature_names;

/* "bill_length_mm", "island = Dream", "sex missing", "age < 25", "body: word", "country #12".
 * false, having said so, when there is not the memory. */
bool cli_name_features(const sm_shape *shape, cli_feature_names *names);
void cli_free_feature_names(cli_feature_names *names);

#endif
