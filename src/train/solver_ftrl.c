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

/* No array overlaps another. */
static void move_all(const smi_move *const move, const float l1, const size_t count,
                     const float *const restrict gradients, float *const restrict accumulators,
                     float *const restrict z, float *const restrict parameters)
{
    const float rate = (float)move->rate;
    const float rate_before = (float)move->rate_before;
    for (size_t i = 0; i < count; i++) {
        const float gradient = gradients[i];
        const float before = sqrtf(accumulators[i]) / rate_before;
        accumulators[i] += gradient * gradient;
        const float weight = sqrtf(accumulators[i]) / rate;
        z[i] += gradient - (weight - before) * parameters[i];
        parameters[i] = smi_soft_threshold(-z[i], l1) / weight;
    }
}

static void apply(const smi_move *const move, const size_t begin, const size_t end,
                  float *const gradient)
{
    const float l1 = (float)(move->options->l1 * (double)move->step);
    const size_t parts[] = {begin, begin + smi_move_penalized(move, begin, end), end};
    for (size_t i = 0; i < 2; i++) {
        const size_t first = parts[i];
        move_all(move, i == 0 ? l1 : 0.0F, parts[i + 1] - first, gradient + (first - begin),
                 move->state + first, move->state + move->count + first, move->parameters + first);
    }
}

sm_status smi_solve_ftrl(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite, smi_solving *const solving)
{
    static const smi_rule rule = {.state_vectors = 2, .start = start, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite, solving);
}
