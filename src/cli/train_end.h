/* What training has come to: for people, and as JSON. */
#ifndef CLI_TRAIN_END_H
#define CLI_TRAIN_END_H

#include <jansson.h>
#include <stdbool.h>

#include <softmax.h>

/* The rows of data that there are not are 0. */
typedef struct cli_train_end {
    sm_train_summary summary;
    sm_metrics train;
    sm_metrics validation;
    sm_metrics test;
    const sm_model *model;
    const sm_history *history;
    const char *output; /* where the model went */
    size_t threads;
} cli_train_end;

/* ", converged", likewise of rounding errors in its way, or "". */
const char *cli_train_end_word(const sm_train_summary *summary);

/* What a user should know of how it ended, on standard error. */
void cli_warn_of_train_end(const sm_train_options *options, const sm_train_summary *summary);

/* {"train", "validation", "test"}, each null where there are no such data. NULL: there was not the
 * memory. */
json_t *cli_train_end_metrics(const cli_train_end *end);

void cli_print_train_end(const cli_train_end *end);

/* A line on the rows that `name` calls; none where there are no rows. */
void cli_print_metrics(const char *name, const sm_metrics *metrics);

/* Returns an exit status. */
int cli_print_train_end_json(const cli_train_end *end);

#endif
