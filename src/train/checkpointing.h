/* Checkpoints on the way: when they are written, and how training goes on from one. */
#ifndef SMI_TRAIN_CHECKPOINTING_H
#define SMI_TRAIN_CHECKPOINTING_H

#include <softmax.h>

#include "train/fit.h"
#include "train/solver_state.h"

/* What checkpoints need beside the options. */
typedef struct smi_checkpoints {
    struct json_t *fingerprint;     /* of the training: fingerprint.h */
    struct smi_checkpoint *resumed; /* to go on from; NULL: from the start */
} smi_checkpoints;

/* Before the solver begins: makes what checkpoints need, where the options ask for any, for the fit
 * to borrow, and opens the one to go on from. model: as it is before the first step; validation
 * NULL: none. *checkpoints is NULL where none are asked for. */
sm_status smi_checkpointing_prepare(smi_fit *fit, const sm_model *model, const sm_dataset *train,
                                    const sm_dataset *validation, smi_checkpoints **checkpoints);

void smi_checkpoints_free(smi_checkpoints *checkpoints); /* NULL is accepted */

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

/* When no more steps follow: at the end of training writes the last checkpoint, from which only the
 * end can follow, unless a limit is raised; in a pause nothing. */
sm_status smi_checkpointing_end(smi_fit *fit, const smi_memory *memory);

/* The answer to a checkpoint, gone on from, whose numbers cannot be. what: is wrong with them. */
sm_status smi_checkpointing_refuse(const smi_fit *fit, const char *what);

#endif
