/* When a solver has the objective's preconditioner built. One build costs about as much as ten to
 * twenty evaluations, and an older one serves nearly as well as a fresh one: few builds pay. */
#ifndef SMI_TRAIN_PRECONDITIONER_H
#define SMI_TRAIN_PRECONDITIONER_H

#include <stdbool.h>

#include "train/objective.h"

static inline bool smi_has_preconditioner(const smi_objective *const objective)
{
    return objective->apply_preconditioner != NULL;
}

/* Before a solver's iteration, numbered from 0: builds it at the parameters if it is due, which is
 * before the iterations that preconditioner.c lists. Fails only for lack of memory. */
sm_status smi_keep_preconditioner(const smi_objective *objective, size_t iteration,
                                  const float *parameters);

#endif
