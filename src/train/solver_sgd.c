/* Stochastic gradient descent on minibatches, plain or with momentum (Sutskever, Martens, Dahl and
 * Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, in the
 * form in which the learning rate is not part of the velocity). */
#include "train/l1.h"
#include "train/minibatch.h"
#include "train/solver.h"
#include "train/vector.h"

/* A gradient that comes again and again is taken 1 / (1 − momentum) times: so is l1. */
static void penalise(const smi_move *const move, const size_t begin, const size_t end)
{
    const double taken = move->rate / (1.0 - move->options->momentum);
    smi_soft_threshold_all(move->parameters + begin, (float)(taken * move->options->l1),
                           smi_move_penalized(move, begin, end));
}

static void apply_plain(const smi_move *const move, const size_t begin, const size_t end,
                        float *const gradient)
{
    smi_add_scaled(-move->rate, gradient, move->parameters + begin, end - begin);
    penalise(move, begin, end);
}

/* state: the velocity */
static void apply_momentum(const smi_move *const move, const size_t begin, const size_t end,
                           float *const gradient)
{
    const size_t count = end - begin;
    const double momentum = move->options->momentum;
    float *const velocity = move->state + begin;
    float *const parameters = move->parameters + begin;
    smi_combine(gradient, momentum, velocity, velocity, count);
    if (move->options->nesterov) {
        smi_add_scaled(momentum, velocity, gradient, count);
        smi_add_scaled(-move->rate, gradient, parameters, count);
    } else {
        smi_add_scaled(-move->rate, velocity, parameters, count);
    }
    penalise(move, begin, end);
}

sm_status smi_solve_sgd(const smi_objective *const objective, smi_fit *const fit,
                        float *const parameters, float *const finite, smi_solving *const solving)
{
    static const smi_rule plain = {.apply = apply_plain};
    static const smi_rule with_momentum = {.state_vectors = 1, .apply = apply_momentum};
    return smi_solve_minibatches(objective, fit,
                                 fit->options->momentum > 0.0 ? &with_momentum : &plain, parameters,
                                 finite, solving);
}
