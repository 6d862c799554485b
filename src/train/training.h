/* Training that goes on from call to call; sm_train() is all of it at once. However it is cut into
 * calls, the bits are the same. */
#ifndef SMI_TRAIN_TRAINING_H
#define SMI_TRAIN_TRAINING_H

#include <softmax.h>

typedef struct smi_training smi_training;

/* As sm_train(), up to the first step. All that is handed over is borrowed, and the model stays as
 * it is, until training has ended or is freed. */
sm_status smi_training_begin(const sm_model *model, const sm_dataset *train,
                             const sm_dataset *validation, const sm_train_options *options,
                             smi_training **training);

/* Keeps no epochs for the history, before the first step: training without an end then takes no
 * more and more memory. Not with checkpoints, which hold the history. */
void smi_training_forget_epochs(smi_training *training);

/* Goes on for so many steps; SM_UNLIMITED, or more than are left: to the end. Of training that is
 * over it says again how that was. SM_ERROR_DIVERGED as sm_train(); after another error training
 * can only be freed. */
sm_status smi_training_advance(smi_training *training, size_t steps);

/* Looks at what training that is over has come to: a last step may have gone too far without
 * anybody having looked. Then, and ever after, it is SM_ERROR_DIVERGED. */
sm_status smi_training_check_end(smi_training *training);

/* Whether no step is left to be done: by the limits, by convergence, or by divergence. */
bool smi_training_is_over(const smi_training *training);

typedef struct smi_training_place {
    size_t step;             /* steps done */
    size_t epoch;            /* begun */
    bool converged;          /* that is why it is over */
    const float *parameters; /* the present ones or, once it has diverged, the last that were
                                finite; valid until it goes on */
} smi_training_place;

smi_training_place smi_training_look(const smi_training *training);

/* Gives the model, the one that it began with, what training has come to, and the caller the
 * history, unless NULL, as sm_train() does. Training can then only be freed. */
sm_status smi_training_end(smi_training *training, sm_model *model, sm_history **history);

void smi_training_free(smi_training *training); /* NULL is accepted */

#endif
