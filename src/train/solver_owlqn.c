/* Orthant-wise limited-memory quasi-Newton: L-BFGS for an objective with an L1 penalty (Andrew and
 * Gao, "Scalable training of L1-regularized log-linear models", ICML 2007).
 *
 * Within one orthant the penalty is linear and the whole smooth. Each iteration chooses an orthant:
 * that of the point, and for weights that are 0 the side to which the objective falls. It searches
 * along the direction that L-BFGS finds from the smallest subgradient, and sets to 0 every weight
 * that would leave the orthant. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/l1.h"
#include "train/line_search.h"
#include "train/pairs.h"
#include "train/solver.h"
#include "train/vector.h"

enum { MOST_HALVINGS = 40 };

typedef struct owlqn_state {
    smi_pairs pairs;
    float *memory; /* of the vectors below */
    float *point;
    float *gradient;    /* of the smooth part there */
    float *subgradient; /* of the whole there, the smallest */
    float *direction;
    float *next;
    float *next_gradient;
} owlqn_state;

/* The whole, penalty added. */
static smi_value evaluate(const smi_objective *const objective, const double l1,
                          const float *const parameters, float *const gradient)
{
    smi_value value = smi_evaluate_all(objective, parameters, gradient);
    value.objective += smi_l1_penalty(objective, l1, parameters);
    return value;
}

/* Entries of the direction that would not go down are taken out. */
static void keep_descending(const smi_objective *const objective, const float *const subgradient,
                            float *const direction)
{
    for (size_t i = 0; i < objective->penalized_count; i++) {
        if (direction[i] * subgradient[i] >= 0.0F) {
            direction[i] = 0.0F;
        }
    }
}

/* next = point + step · direction, where weights that would change sign become 0: those that are 0
 * may only go to the side that the subgradient points away from. */
static void step_within_orthant(const smi_objective *const objective,
                                const owlqn_state *const state, const double step)
{
    smi_combine(state->point, step, state->direction, state->next, objective->parameter_count);
    for (size_t i = 0; i < objective->penalized_count; i++) {
        const float side = state->point[i] != 0.0F ? state->point[i] : -state->subgradient[i];
        if (state->next[i] * side <= 0.0F) {
            state->next[i] = 0.0F;
        }
    }
}

/* Slopes along next − point, at both of its ends: within an orthant that of the penalty stays. */
typedef struct slopes {
    double here;
    double there;
} slopes;

static slopes slopes_of(const owlqn_state *const state, const size_t count)
{
    slopes sums = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        const double way = (double)state->next[i] - (double)state->point[i];
        const double growth = (double)state->next_gradient[i] - (double)state->gradient[i];
        sums.here += (double)state->subgradient[i] * way;
        sums.there += ((double)state->subgradient[i] + growth) * way;
    }
    return sums;
}

/* Whether the step earns a share of what the slope promises. Where rounding errors hide that, the
 * slope at its end has to show that it does not go too far (Hager and Zhang, "A new conjugate
 * gradient method with guaranteed descent", SIAM J. Optim. 2005, equation 4.1). */
static bool is_good(const slopes *const slope, const double growth, const double noise)
{
    const double share = 1e-4;
    return slope->here < 0.0 &&
           (growth <= share * slope->here ||
            (growth <= noise && slope->there <= (2.0 * share - 1.0) * slope->here));
}

/* Halves the step until it is good. */
static bool search(const smi_objective *const objective, const double l1,
                   const owlqn_state *const state, const double first, smi_value *const value)
{
    const double noise = smi_value_noise(objective) * fabs(value->objective);
    double step = first;
    for (int i = 0; i < MOST_HALVINGS; i++, step /= 2.0) {
        step_within_orthant(objective, state, step);
        const smi_value next = evaluate(objective, l1, state->next, state->next_gradient);
        const slopes slope = slopes_of(state, objective->parameter_count);
        if (is_good(&slope, next.objective - value->objective, noise)) {
            *value = next;
            return true;
        }
    }
    return false;
}

/* One step; without success once more without the pairs. False: no step goes down. */
static bool go(const smi_objective *const objective, const double l1, owlqn_state *const state,
               const double norm, smi_value *const value)
{
    smi_objective plain = *objective; /* the preconditioner knows nothing of orthants */
    plain.apply_preconditioner = NULL;
    for (;;) {
        const bool fresh = state->pairs.count == 0;
        smi_pairs_direction(&state->pairs, &plain, state->gradient, state->subgradient,
                            state->direction);
        keep_descending(objective, state->subgradient, state->direction);
        if (search(objective, l1, state, fresh ? 1.0 / norm : 1.0, value)) {
            return true;
        }
        if (fresh) {
            return false;
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
                         owlqn_state *const state)
{
    const double l1 = fit->options->l1;
    smi_value value = evaluate(objective, l1, state->point, state->gradient);
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        smi_l1_subgradient(objective, l1, state->point, state->gradient, state->subgradient);
        const double norm = smi_norm(state->subgradient, objective->parameter_count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            break;
        }
        const smi_value before = value;
        if (!go(objective, l1, state, norm, &value)) {
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
                            owlqn_state *const state)
{
    const size_t count = objective->parameter_count;
    size_t floats = 0;
    if (smi_multiply_size(6, count, &floats)) {
        state->memory = smi_array(floats, sizeof *state->memory);
    }
    if (state->memory == NULL) {
        return smi_fail_memory("the solver");
    }
    state->point = state->memory;
    state->gradient = state->memory + count;
    state->subgradient = state->memory + 2 * count;
    state->direction = state->memory + 3 * count;
    state->next = state->memory + 4 * count;
    state->next_gradient = state->memory + 5 * count;
    return smi_pairs_create(fit->options->history_size, count, &state->pairs);
}

sm_status smi_solve_owlqn(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite)
{
    const size_t bytes = objective->parameter_count * sizeof *parameters;
    owlqn_state state = {0};
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
