/* A solver from its beginning to its end. */
#ifndef TESTS_RUN_SOLVER_H
#define TESTS_RUN_SOLVER_H

#include "train/solver.h"

static inline sm_status run_solver(smi_solver *const begin, const smi_objective *const objective,
                                   smi_fit *const fit, float *const parameters, float *const finite)
{
    smi_solving solving = {0};
    sm_status status = begin(objective, fit, parameters, finite, &solving);
    if (status == SM_OK) {
        status = smi_solving_run(&solving);
    }
    smi_solving_free(&solving);
    return status;
}

#endif
