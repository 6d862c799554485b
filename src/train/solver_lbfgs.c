/* Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4
 * and 7.5). */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/line_search.h"
#include "train/solver.h"
#include "train/vector.h"

enum { MOST_PAIRS = 100 };

/* The last steps s = Δparameters with y = Δgradient, oldest first from `oldest`, in a ring. */
typedef struct pairs {
    size_t length; /* of a vector */
    size_t capacity;
    size_t count;
    size_t oldest;
    float *s;                     /* capacity × length */
    float *y;                     /* likewise */
    double curvature[MOST_PAIRS]; /* s · y > 0 */
} pairs;

typedef struct lbfgs_state {
    pairs history;
    float *gradient;
    float *direction;
    float *next; /* the line search's point and gradient */
    float *next_gradient;
} lbfgs_state;

static size_t place(const pairs *const history, const size_t age_from_oldest)
{
    const size_t slot = history->oldest + age_from_oldest;
    return slot < history->capacity ? slot : slot - history->capacity;
}

/* Remembers a step, forgetting the oldest when full. A step along which the gradient does not
 * grow says nothing about curvature and is not remembered. */
static void remember(pairs *const history, const float *const from, const float *const to,
                     const float *const gradient_from, const float *const gradient_to)
{
    const size_t length = history->length;
    const bool full = history->count == history->capacity;
    const size_t slot = full ? history->oldest : place(history, history->count);
    float *const s = history->s + slot * length;
    float *const y = history->y + slot * length;
    smi_combine(to, -1.0, from, s, length);
    smi_combine(gradient_to, -1.0, gradient_from, y, length);
    const double curvature = smi_dot(s, y, length);
    if (!(curvature > 1e-10 * smi_norm(s, length) * smi_norm(y, length))) {
        if (full) { /* its slot has just been overwritten */
            history->oldest = place(history, 1);
            history->count--;
        }
        return;
    }
    history->curvature[slot] = curvature;
    history->oldest = full ? place(history, 1) : history->oldest;
    history->count += !full;
}

/* direction = −H · gradient, with H the inverse Hessian that the pairs suggest (two loops). */
static void find_direction(const pairs *const history, const float *const gradient,
                           float *const direction)
{
    const size_t length = history->length;
    double weight[MOST_PAIRS];
    for (size_t i = 0; i < length; i++) {
        direction[i] = -gradient[i];
    }
    for (size_t age = history->count; age-- > 0;) {
        const size_t slot = place(history, age);
        weight[age] =
            smi_dot(history->s + slot * length, direction, length) / history->curvature[slot];
        smi_add_scaled(-weight[age], history->y + slot * length, direction, length);
    }
    if (history->count > 0) {
        const size_t slot = place(history, history->count - 1);
        const float *const y = history->y + slot * length;
        const double scale = history->curvature[slot] / smi_dot(y, y, length);
        for (size_t i = 0; i < length; i++) {
            direction[i] = (float)(scale * (double)direction[i]);
        }
    }
    for (size_t age = 0; age < history->count; age++) {
        const size_t slot = place(history, age);
        const double back =
            smi_dot(history->y + slot * length, direction, length) / history->curvature[slot];
        smi_add_scaled(weight[age] - back, history->s + slot * length, direction, length);
    }
}

/* Goes along the direction; where that leads nowhere, forgets the pairs and goes down the
 * gradient. False when that leads nowhere either: the point is as good as rounding allows. */
static bool go(const smi_objective *const objective, lbfgs_state *const state,
               const float *const parameters, const double gradient_norm, smi_value *const value)
{
    const size_t count = objective->parameter_count;
    for (;;) {
        find_direction(&state->history, state->gradient, state->direction);
        smi_line line = {.objective = objective,
                         .origin = parameters,
                         .direction = state->direction,
                         .value = *value,
                         .slope = smi_dot(state->gradient, state->direction, count),
                         .point = state->next,
                         .gradient = state->next_gradient};
        const bool fresh = state->history.count == 0;
        if (line.slope < 0.0 && smi_line_search(&line, fresh ? 1.0 / gradient_norm : 1.0)) {
            *value = line.value;
            return true;
        }
        if (fresh) {
            return false;
        }
        state->history.count = 0;
    }
}

static sm_status iterate(const smi_objective *const objective, smi_fit *const fit,
                         lbfgs_state *const state, float *const parameters, float *const finite)
{
    const size_t count = objective->parameter_count;
    smi_value value = smi_evaluate_all(objective, parameters, state->gradient);
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        const double norm = smi_norm(state->gradient, count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        const smi_value before = value;
        if (smi_is_converged(fit, norm)) {
            break;
        }
        if (!go(objective, state, parameters, norm, &value)) {
            fit->stalled = true;
            break;
        }
        remember(&state->history, parameters, state->next, state->gradient, state->next_gradient);
        memcpy(parameters, state->next, count * sizeof *parameters);
        memcpy(finite, state->next, count * sizeof *finite);
        memcpy(state->gradient, state->next_gradient, count * sizeof *state->gradient);
        const smi_step step = {.value = before,
                               .rows = objective->row_count,
                               .gradient_norm = norm,
                               .parameters = parameters};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

sm_status smi_solve_lbfgs(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite)
{
    const size_t count = objective->parameter_count;
    const size_t capacity = fit->options->history_size;
    size_t all_pairs = 0;
    float *memory = NULL;
    if (smi_multiply_size(2 * capacity + 4, count, &all_pairs)) {
        memory = smi_array(all_pairs, sizeof *memory);
    }
    if (memory == NULL) {
        return smi_fail_memory("the solver");
    }
    float *const vectors = memory + 2 * capacity * count;
    lbfgs_state state = {.history = {.length = count,
                                     .capacity = capacity,
                                     .s = memory,
                                     .y = memory + capacity * count},
                         .gradient = vectors,
                         .direction = vectors + count,
                         .next = vectors + 2 * count,
                         .next_gradient = vectors + 3 * count};
    const sm_status status = iterate(objective, fit, &state, parameters, finite);
    smi_free(memory);
    return status;
}
