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

typedef sm_status smi_solver(const smi_objective *objective, smi_fit *fit, float *parameters,
                             float *finite);

/* On all rows. */
smi_solver smi_solve_lbfgs;     /* without l1 */
smi_solver smi_solve_proximal;  /* the same with l1 */
smi_solver smi_solve_owlqn;     /* likewise, where there are very many parameters */
smi_solver smi_solve_newton_cg; /* without l1; SM_ERROR_ARGUMENT where there is no curvature */
smi_solver smi_solve_gd;

/* On minibatches. */
smi_solver smi_solve_sgd;
smi_solver smi_solve_adam;
smi_solver smi_solve_adamw;
smi_solver smi_solve_adagrad;
smi_solver smi_solve_ftrl;

/* Whether a gradient of this norm, with l1 the smallest subgradient's, is small enough to stop
 * at. */
static inline bool smi_is_converged(const smi_fit *const fit, const double gradient_norm)
{
    return gradient_norm <= fit->options->tolerance * fit->zero_gradient_norm;
}

#endif
