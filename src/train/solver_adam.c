/* Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1), and
 * AdamW, where weights decay apart from the gradient (Loshchilov and Hutter, "Decoupled weight
 * decay regularization", ICLR 2019, algorithm 2, the decay scaled by the learning rate). */
#include <math.h>

#include "train/l1.h"
#include "train/minibatch.h"
#include "train/solver.h"

static void begin_step(smi_move *const move)
{
    const sm_train_options *const options = move->options;
    const double steps = (double)move->step;
    move->adam = (smi_adam){.mean = (float)(1.0 - options->beta1),
                            .square = (float)(1.0 - options->beta2),
                            .mean_correction = (float)(1.0 / (1.0 - pow(options->beta1, steps))),
                            .square_correction = (float)(1.0 / (1.0 - pow(options->beta2, steps))),
                            .rate = (float)move->rate,
                            .epsilon = (float)options->epsilon,
                            .kept = 1.0F};
}

/* state: the decayed means of the gradient, and behind them those of the squared gradient. l1 is
 * met by a step in the same metric: each weight's threshold is scaled as its gradient is. */
static void move_some(const smi_move *const move, const smi_adam *const step, const size_t begin,
                      const size_t end, const float *const gradient)
{
    const float l1 = (float)move->options->l1;
    const size_t cornered = l1 > 0.0F ? smi_move_penalized(move, begin, end) : 0;
    float *const squares = move->state + move->count + begin;
    float *const parameters = move->parameters + begin;
    move->kernels->adam(step, end - begin, gradient, move->state + begin, squares,
                        move->before + begin, parameters);
    for (size_t i = 0; i < cornered; i++) {
        parameters[i] = smi_soft_threshold(parameters[i], smi_adam_scale(step, squares[i]) * l1);
    }
}

static void apply(const smi_move *const move, const size_t begin, const size_t end,
                  float *const gradient)
{
    move_some(move, &move->adam, begin, end, gradient);
}

static void apply_with_decay(const smi_move *const move, const size_t begin, const size_t end,
                             float *const gradient)
{
    const size_t decayed = smi_move_penalized(move, begin, end);
    smi_adam decaying = move->adam;
    decaying.kept = (float)fmax(1.0 - move->rate * move->options->weight_decay, 0.0);
    move_some(move, &decaying, begin, begin + decayed, gradient);
    move_some(move, &move->adam, begin + decayed, end, gradient + decayed);
}

sm_status smi_solve_adam(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite, smi_solving *const solving)
{
    static const smi_rule rule = {
        .state_vectors = 2, .fills = true, .begin_step = begin_step, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite, solving);
}

sm_status smi_solve_adamw(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite, smi_solving *const solving)
{
    static const smi_rule rule = {
        .state_vectors = 2, .fills = true, .begin_step = begin_step, .apply = apply_with_decay};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite, solving);
}
