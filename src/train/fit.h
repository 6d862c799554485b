/* What all solvers report to: limits, learning rates, history, validation, patience and the
 * caller's progress callback. */
#ifndef SMI_TRAIN_FIT_H
#define SMI_TRAIN_FIT_H

#include <softmax.h>

#include "train/objective.h"
#include "train/schedule.h"

typedef struct smi_fit {
    const sm_train_options *options;
    size_t max_epochs; /* options->max_epochs, or what SM_AUTO comes to */
    size_t rows_per_epoch;
    size_t steps_per_epoch;
    size_t planned_steps;
    size_t pause_step; /* once it is done, there is a pause; SM_UNLIMITED: none */
    smi_schedule schedule;
    double zero_gradient_norm;       /* at zero parameters; solvers that see all rows */
    smi_value first_value;           /* where training begins, over all rows */
    const float *first_gradient;     /* there; NULL: neither has been looked at */
    const smi_objective *validation; /* NULL: none */
    sm_history *history;             /* NULL: nobody asks for its epochs */
    float *best;            /* the parameters of the best epoch; NULL: nobody asks for them */
    size_t parameter_count; /* of best */

    double started; /* clock; moved forward by what is not the solver's time */
    size_t step;
    size_t epoch;      /* of the last step, from 1; 0 before it */
    bool epoch_open;   /* its last step is still to come */
    double epoch_loss; /* sums over the epoch's rows so far */
    double epoch_correct;
    double epoch_rows;
    size_t best_epoch; /* the one with the smallest validation loss; 0: none */
    double best_loss;
    bool stopped_early; /* patience ran out */
    bool converged;     /* the solver has come to the tolerance */
    bool stalled;       /* the solver could not get any further */
    bool interrupted;

    const struct smi_checkpoints *checkpoints; /* see checkpointing.h; NULL: none */
    size_t kept_step;                          /* of the last one */
    double kept_clock;                         /* when it was written, or training began */
} smi_fit;

/* One step, as a solver reports it when it is done. */
typedef struct smi_step {
    smi_value value; /* at the parameters before it, over its rows */
    size_t rows;
    double gradient_norm;    /* before it, over all rows; NaN where that is not known */
    const float *parameters; /* after it */
} smi_step;

/* How many steps make an epoch, and how many are planned, follow from the options. steps_per_epoch:
 * 1 for solvers that see all rows in each step. */
void smi_fit_start(smi_fit *fit, const sm_train_options *options, size_t rows,
                   size_t steps_per_epoch, const smi_objective *validation, sm_history *history);

/* Whether the solver goes through the data in batches; the others see all rows in each step. */
static inline bool smi_is_stochastic(const sm_solver solver)
{
    return solver >= SM_SOLVER_SGD;
}

/* From now on, options->patience and the best parameters are kept. best: parameter_count; they are
 * the first to be taken back to. */
void smi_fit_keep_best(smi_fit *fit, float *best, size_t parameter_count);

/* The learning rate of the next step. */
double smi_fit_rate(const smi_fit *fit);

/* The objective's value where training begins, and its gradient, which may be known already. */
smi_value smi_fit_first(const smi_fit *fit, const smi_objective *objective, const float *parameters,
                        float *gradient);

/* Whether another step may begin. */
bool smi_fit_may_step(const smi_fit *fit);

/* Whether none will: if another may not, it is for more than a pause. */
bool smi_fit_is_over(const smi_fit *fit);

/* Records a step. Fails only for lack of memory. After it, smi_fit_may_step() says whether to go
 * on. */
sm_status smi_fit_record(smi_fit *fit, const smi_step *step);

/* The answer to a value that is not finite before step number fit->step + 1. */
sm_status smi_fail_diverged(const smi_fit *fit);

/* Seconds in the solver so far. */
double smi_fit_seconds(const smi_fit *fit);

#endif
