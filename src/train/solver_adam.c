/* Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1), and
 * AdamW, where weights decay apart from the gradient (Loshchilov and Hutter, "Decoupled weight
 * decay regularization", ICLR 2019, algorithm 2, the decay scaled by the learning rate). */
#include <math.h>

#include "train/l1.h"
#include "train/minibatch.h"
#include "train/solver.h"

/* The decayed means of gradient and squared gradient, and what corrects that they began at 0. */
typedef struct moments {
    float *mean;
    float *square;
    float mean_share; /* of the new gradient */
    float square_share;
    float mean_correction;
    float square_correction;
} moments;

static moments moments_of(const smi_move *const move)
{
    const sm_train_options *const options = move->options;
    const double steps = (double)move->step;
    return (moments){.mean = move->state,
                     .square = move->state + move->count,
                     .mean_share = (float)(1.0 - options->beta1),
                     .square_share = (float)(1.0 - options->beta2),
                     .mean_correction = (float)(1.0 / (1.0 - pow(options->beta1, steps))),
                     .square_correction = (float)(1.0 / (1.0 - pow(options->beta2, steps)))};
}

/* l1 is met by a step in the same metric: each weight's threshold is scaled as its gradient is. */
static void apply(const smi_move *const move)
{
    const moments all = moments_of(move);
    const float rate = (float)move->rate;
    const float epsilon = (float)move->options->epsilon;
    const float l1 = (float)move->options->l1;
    for (size_t i = 0; i < move->count; i++) {
        const float gradient = move->gradient[i];
        all.mean[i] += all.mean_share * (gradient - all.mean[i]);
        all.square[i] += all.square_share * (gradient * gradient - all.square[i]);
        const float scale = rate / (sqrtf(all.square_correction * all.square[i]) + epsilon);
        move->parameters[i] -= scale * all.mean_correction * all.mean[i];
        if (l1 > 0.0F && i < move->penalized) {
            move->parameters[i] = smi_soft_threshold(move->parameters[i], scale * l1);
        }
    }
}

static void apply_with_decay(const smi_move *const move)
{
    const float kept = (float)fmax(1.0 - move->rate * move->options->weight_decay, 0.0);
    for (size_t i = 0; i < move->penalized; i++) {
        move->parameters[i] *= kept;
    }
    apply(move);
}

sm_status smi_solve_adam(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite)
{
    static const smi_rule rule = {.state_vectors = 2, .apply = apply};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite);
}

sm_status smi_solve_adamw(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite)
{
    static const smi_rule rule = {.state_vectors = 2, .apply = apply_with_decay};
    return smi_solve_minibatches(objective, fit, &rule, parameters, finite);
}
