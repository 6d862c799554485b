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

/* No array overlaps another; l1 stays out, so that the loop is one of vectors. */
static void move_all(const float rate, const size_t count, const float *const restrict gradients,
                     float *const restrict squares, float *const restrict parameters)
{
    for (size_t i = 0; i < count; i++) {
        const float gradient = gradients[i];
        squares[i] += gradient * gradient;
        parameters[i] -= rate / sqrtf(squares[i]) * gradient;
    }
}

static void apply(const smi_move *const move, const size_t begin, const size_t end,
                  float *const gradient)
{
    const float rate = (float)move->rate;
    const float l1 = (float)move->options->l1;
    const size_t cornered = l1 > 0.0F ? smi_move_penalized(move, begin, end) : 0;
    float *const squares = move->state + begin;
    float *const parameters = move->parameters + begin;
    move_all(rate, end - begin, gradient, squares, parameters);
    for (size_t i = 0; i < cornered; i++) {
        parameters[i] = smi_soft_threshold(parameters[i], rate / sqrtf(squares[i]) * l1);
    }
}

sm_status smi_solve_adagrad(const smi_objective *const objective, smi_fit *const fit,
                            float *const parameters, float *const finite,
                            smi_solving *const solving)
{
    static const smi_rule rule = {.state_vectors = 1, .start = start, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite, solving);
}
