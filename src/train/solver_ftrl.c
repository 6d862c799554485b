/* FTRL-proximal, per coordinate (McMahan et al., "Ad click prediction: a view from the trenches",
 * KDD 2013, algorithm 1). After t steps with gradients g the parameter is
 *
 *     argmin over w of Σ g · w + Σ σ/2 · (w − w_s)² + t · l1 · |w|,    Σ σ = √accumulator / rate,
 *
 * where the accumulator is the sum of squared gradients, as in Adagrad. l1 counts once a step, as
 * each step is one more sample of the same objective (McMahan, "Follow-the-regularized-leader and
 * mirror descent", AISTATS 2011); l2 comes with the gradients. */
#include <math.h>

#include "train/l1.h"
#include "train/minibatch.h"
#include "train/solver.h"

/* state: the accumulators, and behind them z = Σ g − Σ σ · w_s, which begins such that the first
 * parameters are the minimum of what is minimised then. */
static void start(const smi_move *const move)
{
    const double accumulator = move->options->initial_accumulator;
    const double weight = sqrt(accumulator) / move->rate;
    float *const z = move->state + move->count;
    for (size_t i = 0; i < move->count; i++) {
        move->state[i] = (float)accumulator;
        z[i] = (float)(-weight * (double)move->parameters[i]);
    }
}

static void apply(const smi_move *const move)
{
    const float rate = (float)move->rate;
    const float rate_before = (float)move->rate_before;
    const float l1 = (float)(move->options->l1 * (double)move->step);
    float *const accumulator = move->state;
    float *const z = move->state + move->count;
    for (size_t i = 0; i < move->count; i++) {
        const float gradient = move->gradient[i];
        const float before = sqrtf(accumulator[i]) / rate_before;
        accumulator[i] += gradient * gradient;
        const float weight = sqrtf(accumulator[i]) / rate;
        z[i] += gradient - (weight - before) * move->parameters[i];
        const float threshold = i < move->penalized ? l1 : 0.0F;
        move->parameters[i] = smi_soft_threshold(-z[i], threshold) / weight;
    }
}

sm_status smi_solve_ftrl(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite)
{
    static const smi_rule rule = {.state_vectors = 2, .start = start, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite);
}
