/* Adagrad: each coordinate has a rate of its own, which shrinks with the gradients it has seen
 * (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization", JMLR 2011, section 5.1: composite mirror descent with a diagonal matrix). */
#include <math.h>

#include "train/l1.h"
#include "train/minibatch.h"
#include "train/solver.h"

/* state: the sum of squared gradients */
static void start(const smi_move *const move)
{
    for (size_t i = 0; i < move->count; i++) {
        move->state[i] = (float)move->options->initial_accumulator;
    }
}

static void apply(const smi_move *const move)
{
    const float rate = (float)move->rate;
    const float l1 = (float)move->options->l1;
    for (size_t i = 0; i < move->count; i++) {
        const float gradient = move->gradient[i];
        move->state[i] += gradient * gradient;
        const float scale = rate / sqrtf(move->state[i]);
        move->parameters[i] -= scale * gradient;
        if (l1 > 0.0F && i < move->penalized) {
            move->parameters[i] = smi_soft_threshold(move->parameters[i], scale * l1);
        }
    }
}

sm_status smi_solve_adagrad(const smi_objective *const objective, smi_fit *const fit,
                            float *const parameters, float *const finite)
{
    static const smi_rule rule = {.state_vectors = 1, .start = start, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite);
}
