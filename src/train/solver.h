/* The solvers. Each starts from `parameters`, leaves there what it has come to, and returns
 *   SM_OK              it is done: by convergence, by the limits, or by the callback's wish
 *   SM_ERROR_DIVERGED  the value stopped being finite
 *   SM_ERROR_MEMORY    there is not enough
 * finite: the last parameters whose value was seen to be finite; at first the same as
 * `parameters`. */
#ifndef SMI_TRAIN_SOLVER_H
#define SMI_TRAIN_SOLVER_H

#include <softmax.h>

#include "train/fit.h"
#include "train/objective.h"

sm_status smi_solve_gd(const smi_objective *objective, smi_fit *fit, float *parameters,
                       float *finite);
sm_status smi_solve_sgd(const smi_objective *objective, smi_fit *fit, float *parameters,
                        float *finite);
sm_status smi_solve_lbfgs(const smi_objective *objective, smi_fit *fit, float *parameters,
                          float *finite);

/* Whether a gradient of this norm is small enough to stop at. */
static inline bool smi_is_converged(const smi_fit *const fit, const double gradient_norm)
{
    return gradient_norm <= fit->options->tolerance * fit->zero_gradient_norm;
}

#endif
