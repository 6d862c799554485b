/* Cross-validation along a path of penalties. */
#ifndef CLI_CROSS_VALIDATE_H
#define CLI_CROSS_VALIDATE_H

#include <softmax.h>

#include "cli/scaling.h"

/* A penalty, and what comes of it. */
typedef struct cli_trial {
    double l1;
    double l2;
    sm_metrics *held_out; /* one a fold: of a model that has not seen it */
    double loss;          /* their mean */
    double loss_error;    /* its standard error */
    double accuracy;      /* their mean */
    size_t steps;         /* in all folds */
    double seconds;       /* likewise */
    bool converged;       /* in all folds */
} cli_trial;

/* How it is done; the penalties of `training` do not matter. */
typedef struct cli_validation {
    sm_fold_options folds;
    sm_train_options training;
    cli_scaling scaling; /* where it is --standardize, by the rows of each training */
    bool quiet;
} cli_validation;

/* Goes through the trials in order, each fold's training from where its last one came to. Ctrl-C
 * stops it: then *complete, the trials that all folds have been through, is less than count.
 * Returns an exit status, having said what is wrong. The trials are freed by cli_trials_free(),
 * also on failure. */
int cli_cross_validate(const sm_dataset *dataset, const cli_validation *how, cli_trial *trials,
                       size_t count, size_t *complete);

void cli_trials_free(cli_trial *trials, size_t count);

/* The trial with the least loss; or, by the rule of one standard error, the first on the path whose
 * loss is within the standard error of the least. count: 1 or more. */
size_t cli_best_trial(const cli_trial *trials, size_t count, bool one_standard_error);

#endif
