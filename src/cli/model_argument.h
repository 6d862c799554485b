/* The arguments MODEL DATA: a model, and data to look at with it. */
#ifndef CLI_MODEL_ARGUMENT_H
#define CLI_MODEL_ARGUMENT_H

#include <stdbool.h>

#include <softmax.h>

#include "cli/data_argument.h"

/* Whether the file begins as a model's does; false where there is none. */
bool cli_looks_like_model(const char *path);

typedef struct cli_model_and_data {
    sm_model *model;
    sm_dataset *dataset; /* the test part, where the data has parts */
} cli_model_and_data;

/* Opens the model arguments[0] and the data arguments[1]. Returns an exit status, having said what
 * is wrong; in any case cli_close_model_and_data() frees what was opened. */
int cli_open_model_and_data(const char *const arguments[], const cli_reading *reading,
                            cli_model_and_data *opened);
void cli_close_model_and_data(cli_model_and_data *opened);

#endif
