/* The solvers. Each is a function that begins: it makes what it needs to go down from `parameters`,
 * or from where a checkpoint is of, and fails when there is not the memory, or the checkpoint is in
 * disorder. The rest is smi_solving_run(). All that is handed over is borrowed until the end.
 * finite: the last parameters whose value was seen to be finite; at first the same as
 * `parameters`. */
#ifndef SMI_TRAIN_SOLVER_H
#define SMI_TRAIN_SOLVER_H

#include <softmax.h>

#include "train/fit.h"
#include "train/objective.h"

/* A solver at work. */
typedef struct smi_solving {
    void *state; /* the solver's own; NULL: none is at work */
    sm_status (*run)(void *state);
    void (*free)(void *state);
} smi_solving;

/* Goes on while the fit may step, and leaves in `parameters` what it has come to:
 *   SM_OK              it is done, by convergence, by the limits, or by the callback's wish; or the
 *                      fit makes a pause, and another call goes on as if there had been none
 *   SM_ERROR_DIVERGED  the value stopped being finite
 *   SM_ERROR_MEMORY    there is not enough
 *   SM_ERROR_IO        a checkpoint could not be written */
static inline sm_status smi_solving_run(const smi_solving *const solving)
{
    return solving->run(solving->state);
}

static inline void smi_solving_free(const smi_solving *const solving)
{
    if (solving->state != NULL) {
        solving->free(solving->state);
    }
}

typedef sm_status smi_solver(const smi_objective *objective, smi_fit *fit, float *parameters,
                             float *finite, smi_solving *solving);

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
