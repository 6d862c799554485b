/* Stochastic gradient descent on minibatches, plain or with momentum (Sutskever, Martens, Dahl and
 * Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, in the
 * form in which the learning rate is not part of the velocity). */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/status.h"
#include "train/solver.h"
#include "train/vector.h"

typedef struct sgd_state {
    size_t *order; /* the rows, in this epoch's order */
    float *gradient;
    float *velocity; /* NULL: no momentum */
} sgd_state;

/* A permutation of all rows that depends on seed and epoch alone. */
static void order_rows(const sm_train_options *const options, const size_t epoch,
                       size_t *const order, const size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        order[r] = r;
    }
    if (options->shuffle) {
        smi_random random = smi_random_start(options->seed, SMI_STREAM_EPOCHS + epoch);
        smi_random_shuffle(&random, order, rows);
    }
}

static void update(const sm_train_options *const options, const size_t count,
                   const sgd_state *const state, float *const parameters)
{
    const float *direction = state->gradient;
    if (state->velocity != NULL) {
        smi_combine(state->gradient, options->momentum, state->velocity, state->velocity, count);
        direction = state->velocity;
        if (options->nesterov) {
            smi_add_scaled(options->momentum, state->velocity, state->gradient, count);
            direction = state->gradient;
        }
    }
    smi_add_scaled(-options->learning_rate, direction, parameters, count);
}

/* One epoch, or what the limits leave of it. */
static sm_status run_epoch(const smi_objective *const objective, smi_fit *const fit,
                           const sgd_state *const state, float *const parameters,
                           float *const finite)
{
    const sm_train_options *const options = fit->options;
    const size_t rows = objective->row_count;
    sm_status status = SM_OK;
    size_t batch = 0;
    order_rows(options, fit->epoch, state->order, rows);
    for (size_t first = 0; first < rows && status == SM_OK && smi_fit_may_step(fit);
         first += batch) {
        batch = smi_min_size(options->batch_size, rows - first);
        const smi_value value =
            smi_evaluate(objective, parameters, state->order + first, batch, state->gradient);
        if (!isfinite(value.objective)) {
            return smi_fail_diverged(fit);
        }
        memcpy(finite, parameters, objective->parameter_count * sizeof *finite);
        update(options, objective->parameter_count, state, parameters);
        const smi_step step = {
            .value = value, .rows = batch, .gradient_norm = NAN, .parameters = parameters};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

sm_status smi_solve_sgd(const smi_objective *const objective, smi_fit *const fit,
                        float *const parameters, float *const finite)
{
    const size_t count = objective->parameter_count;
    const bool momentum = fit->options->momentum > 0.0;
    const sgd_state state = {.order = smi_array(objective->row_count, sizeof *state.order),
                             .gradient = smi_array(count, sizeof(float)),
                             .velocity = momentum ? smi_array(count, sizeof(float)) : NULL};
    sm_status status = SM_OK;
    if (state.order == NULL || state.gradient == NULL || (momentum && state.velocity == NULL)) {
        status = smi_fail_memory("the solver");
    }
    while (status == SM_OK && smi_fit_may_step(fit)) {
        status = run_epoch(objective, fit, &state, parameters, finite);
    }
    smi_free(state.order);
    smi_free(state.gradient);
    smi_free(state.velocity);
    return status;
}
