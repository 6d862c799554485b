/* Functions for solvers to minimise: any, given as C functions in double precision. */
#ifndef TESTS_UNIT_TRAIN_FAKE_OBJECTIVE_H
#define TESTS_UNIT_TRAIN_FAKE_OBJECTIVE_H

#include <softmax.h>

#include "train/fit.h"
#include "train/objective.h"
#include "train/solver.h"

/* The value at x, and its gradient. */
typedef double fake_function(const double *x, size_t count, double *gradient);

/* result = Hessian at x · direction. */
typedef void fake_curvature(const double *x, const double *direction, size_t count, double *result);

enum { FAKE_MOST_PARAMETERS = 64 };

typedef struct fake_objective {
    fake_function *function;
    fake_curvature *curvature;  /* NULL: none */
    const double *diagonal;     /* of the preconditioner, `count`; NULL: there is none */
    size_t count;               /* of parameters */
    size_t penalized;           /* the first so many */
    const float *looked_at;     /* the parameters of products */
    size_t evaluations;         /* so far */
    size_t products;            /* Hessian · direction, so far */
    size_t preparations;        /* of the preconditioner, so far */
    size_t failing_preparation; /* for lack of memory, from 1; 0: none */
} fake_objective;

/* As a solver sees it: one row, whose loss is the value. */
smi_objective fake_view(fake_objective *fake);

/* Runs a solver on it, from x and to x, as sm_train() would; history: receives a record, to be
 * freed by sm_history_free(), whose summary holds steps, stalled and interrupted alone. */
sm_status fake_solve(smi_solver *solve, const smi_objective *objective,
                     const sm_train_options *options, float *x, sm_history **history);

#endif
