/* The loop that all solvers on minibatches share. A solver is a rule that moves the parameters,
 * given a gradient. */
#ifndef SMI_TRAIN_MINIBATCH_H
#define SMI_TRAIN_MINIBATCH_H

#include "kernel/kernel.h"
#include "train/fit.h"
#include "train/objective.h"
#include "train/solver.h"

/* All that a rule sees of a step. */
typedef struct smi_move {
    const sm_train_options *options;
    const smi_kernels *kernels;
    size_t step;        /* from 1 */
    double rate;        /* > 0 */
    double rate_before; /* of the last step; at the first the same */
    size_t count;       /* of parameters; the first `penalized` are under the penalties */
    size_t penalized;
    smi_adam adam;       /* what a rule that is Adam has computed for the step */
    float *state;        /* the rule's own: state_vectors × count */
    const float *before; /* the parameters at which the gradient is */
    float *parameters;   /* where they go */
} smi_move;

typedef struct smi_rule {
    size_t state_vectors;
    void (*start)(const smi_move *move); /* fills the state, whose floats are 0; may be NULL */
    bool fills;                          /* apply() finds anything at all in `parameters`; else what
                                            is in `before` */
    void (*begin_step)(smi_move *move);  /* may be NULL */

    /* Moves parameters begin … end − 1, by what l1 asks for too; each for itself, so that several
     * threads may be at different ones. gradient: their part of that of the batch, l2 included, l1
     * not; may be overwritten. */
    void (*apply)(const smi_move *move, size_t begin, size_t end, float *gradient);
} smi_rule;

/* How many of the parameters from begin to end − 1, the first ones, are under the penalties. */
static inline size_t smi_move_penalized(const smi_move *const move, const size_t begin,
                                        const size_t end)
{
    const size_t last = move->penalized < end ? move->penalized : end;
    return last > begin ? last - begin : 0;
}

/* As a solver that goes through the data in batches until a limit. A step with a rate of 0 moves
 * nothing. rule: borrowed. */
sm_status smi_solve_minibatches(const smi_objective *objective, smi_fit *fit, const smi_rule *rule,
                                float *parameters, float *finite, smi_solving *solving);

#endif
