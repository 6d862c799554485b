/* How a new model scales its features. */
#ifndef CLI_SCALING_H
#define CLI_SCALING_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/option.h"

typedef struct cli_scaling {
    bool standardize;
    bool no_standardize;
} cli_scaling;

#define CLI_SCALING_OPTIONS(at)                                                                    \
    {CLI_ON,                                                                                       \
     "standardize",                                                                                \
     0,                                                                                            \
     NULL,                                                                                         \
     "Scale each feature to mean 0 and variance 1 over the rows trained on, as part of the "       \
     "model; "                                                                                     \
     "the data stay as they are (default: of tables the numeric columns)",                         \
     (at) + offsetof(cli_scaling, standardize)},                                                   \
    {                                                                                              \
        CLI_ON, "no-standardize", 0, NULL, "Leave the numeric columns of tables as they are",      \
            (at) + offsetof(cli_scaling, no_standardize)                                           \
    }

/* Returns CLI_SUCCESS, or CLI_WRONG_USAGE having said that they contradict each other. */
int cli_check_scaling(const cli_scaling *scaling);

/* The shape of a model for the data, which cli_standardize() may still change. */
sm_shape cli_scaled_shape(const cli_scaling *scaling, const sm_dataset *dataset);
sm_status cli_standardize(const cli_scaling *scaling, sm_model *model, const sm_dataset *dataset);

#endif
