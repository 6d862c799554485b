/* Checkpoints on the way: when they are written, and how training goes on from one. */
#ifndef SMI_TRAIN_CHECKPOINTING_H
#define SMI_TRAIN_CHECKPOINTING_H

#include <softmax.h>

#include "train/fit.h"
#include "train/solver_state.h"

/* A solver, and how it lists what it has to remember. The fit's own is added to that. */
typedef struct smi_memory {
    void *solver;
    void (*list)(void *solver, smi_state *state);
} smi_memory;

/* Before the first step: where training is to go on from a checkpoint, reads back what is listed
 * and what the fit has to remember. *resumed: whether it did. */
sm_status smi_checkpointing_resume(smi_fit *fit, const smi_memory *memory, bool *resumed);

/* After a step, and all that the solver does for the next one: writes a checkpoint if one is due.
 */
sm_status smi_checkpointing_step(smi_fit *fit, const smi_memory *memory);

/* At the end: writes the last checkpoint, from which only the end can follow, unless a limit is
 * raised. */
sm_status smi_checkpointing_end(smi_fit *fit, const smi_memory *memory);

#endif
