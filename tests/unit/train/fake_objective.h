/* Functions for solvers to minimise: any, given as C functions in double precision. */
#ifndef TESTS_UNIT_TRAIN_FAKE_OBJECTIVE_H
#define TESTS_UNIT_TRAIN_FAKE_OBJECTIVE_H

#include <softmax.h>

#include "train/fit.h"
#include "train/objective.h"

/* The value at x, and its gradient. */
typedef double fake_function(const double *x, size_t count, double *gradient);

enum { FAKE_MOST_PARAMETERS = 64 };

typedef struct fake_objective {
    fake_function *function;
    size_t count;       /* of parameters */
    size_t evaluations; /* so far */
} fake_objective;

/* As a solver sees it: one row, whose loss is the value. */
smi_objective fake_view(fake_objective *fake);

/* Runs a solver on it, from x and to x, as sm_train() would; history: receives a record, to be
 * freed by sm_history_free(), whose summary holds the steps alone. */
typedef sm_status fake_solver(const smi_objective *objective, smi_fit *fit, float *parameters,
                              float *finite);
sm_status fake_solve(fake_solver *solve, const smi_objective *objective,
                     const sm_train_options *options, float *x, sm_history **history);

#endif
