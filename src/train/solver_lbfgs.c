/* Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4
 * and 7.5), from the objective's preconditioner as first inverse Hessian where it has one. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/line_search.h"
#include "train/pairs.h"
#include "train/preconditioner.h"
#include "train/solver.h"
#include "train/vector.h"

/* The iteration before which the preconditioner is built a second time. */
enum { BUILD_AGAIN = 12 };

typedef struct lbfgs_state {
    smi_pairs pairs;
    float *memory; /* of the vectors below */
    float *point;
    float *gradient; /* there */
    float *direction;
    float *next; /* the line search's point and gradient */
    float *next_gradient;
} lbfgs_state;

/* Goes down the gradient itself; false when that leads nowhere. */
static bool go_down(const smi_objective *const objective, lbfgs_state *const state,
                    const double gradient_norm, smi_value *const value)
{
    smi_scale(-1.0, state->gradient, state->direction, objective->parameter_count);
    smi_line line = {.objective = objective,
                     .origin = state->point,
                     .direction = state->direction,
                     .value = *value,
                     .slope = -gradient_norm * gradient_norm,
                     .point = state->next,
                     .gradient = state->next_gradient};
    const bool better = smi_line_search(&line, 1.0 / gradient_norm);
    *value = better ? line.value : *value;
    return better;
}

/* Goes along the direction; where that leads nowhere, forgets the pairs and tries again, without
 * the preconditioner at last. False when that leads nowhere either: the point is as good as
 * rounding allows. */
static bool go(const smi_objective *const objective, lbfgs_state *const state,
               const double gradient_norm, smi_value *const value)
{
    const size_t count = objective->parameter_count;
    for (;;) {
        smi_pairs_direction(&state->pairs, objective, state->gradient, state->gradient,
                            state->direction);
        smi_line line = {.objective = objective,
                         .origin = state->point,
                         .direction = state->direction,
                         .value = *value,
                         .slope = smi_dot(state->gradient, state->direction, count),
                         .point = state->next,
                         .gradient = state->next_gradient};
        const bool fresh = state->pairs.count == 0;
        const bool scaled = !fresh || smi_has_preconditioner(objective);
        if (line.slope < 0.0 && smi_line_search(&line, scaled ? 1.0 : 1.0 / gradient_norm)) {
            *value = line.value;
            return true;
        }
        if (fresh) {
            return scaled && go_down(objective, state, gradient_norm, value);
        }
        smi_pairs_forget(&state->pairs);
    }
}

static void swap(float **const a, float **const b)
{
    float *const kept = *a;
    *a = *b;
    *b = kept;
}

static sm_status iterate(const smi_objective *const objective, smi_fit *const fit,
                         lbfgs_state *const state)
{
    smi_value value = smi_evaluate_all(objective, state->point, state->gradient);
    sm_status status = SM_OK;
    for (size_t iteration = 0; status == SM_OK && smi_fit_may_step(fit); iteration++) {
        const double norm = smi_norm(state->gradient, objective->parameter_count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            break;
        }
        status = smi_keep_preconditioner(objective, iteration, BUILD_AGAIN, state->point);
        if (status != SM_OK) {
            return status;
        }
        const smi_value before = value;
        if (!go(objective, state, norm, &value)) {
            fit->stalled = true;
            break;
        }
        smi_pairs_remember(&state->pairs, state->point, state->next, state->gradient,
                           state->next_gradient);
        swap(&state->point, &state->next);
        swap(&state->gradient, &state->next_gradient);
        const smi_step step = {.value = before,
                               .rows = objective->row_count,
                               .gradient_norm = norm,
                               .parameters = state->point};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

static sm_status make_state(const smi_objective *const objective, const smi_fit *const fit,
                            lbfgs_state *const state)
{
    const size_t count = objective->parameter_count;
    size_t floats = 0;
    if (smi_multiply_size(5, count, &floats)) {
        state->memory = smi_array(floats, sizeof *state->memory);
    }
    if (state->memory == NULL) {
        return smi_fail_memory("the solver");
    }
    state->point = state->memory;
    state->gradient = state->memory + count;
    state->direction = state->memory + 2 * count;
    state->next = state->memory + 3 * count;
    state->next_gradient = state->memory + 4 * count;
    return smi_pairs_create(fit->options->history_size, count, &state->pairs);
}

sm_status smi_solve_lbfgs(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite)
{
    const size_t bytes = objective->parameter_count * sizeof *parameters;
    lbfgs_state state = {0};
    sm_status status = make_state(objective, fit, &state);
    if (status == SM_OK) {
        memcpy(state.point, parameters, bytes);
        status = iterate(objective, fit, &state);
        memcpy(parameters, state.point, bytes); /* the search accepts finite values alone */
        memcpy(finite, state.point, bytes);
    }
    smi_pairs_free(&state.pairs);
    smi_free(state.memory);
    return status;
}
