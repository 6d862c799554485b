/* Newton's method with a line search, its equations solved by conjugate gradients only as exactly
 * as pays (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.1; how exactly:
 * Eisenstat and Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci.
 * Comput. 1996, choice 2). The Hessian is met as its product with a vector alone. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/line_search.h"
#include "train/preconditioner.h"
#include "train/solver.h"
#include "train/vector.h"

enum {
    MOST_DIRECTIONS = 250, /* conjugate, an iteration: beyond, a new Hessian is worth more */
    BUILD_AGAIN = 3        /* the iteration before which the preconditioner is built once more */
};

/* The residual, relative to the gradient, at which the equations count as solved: at first and at
 * most, and how it follows the gradient. */
static const double first_forcing = 0.25;
static const double most_forcing = 0.5;
static const double forcing_share = 0.9;

typedef struct newton_state {
    float *memory; /* of the vectors below */
    float *point;
    float *gradient; /* there */
    float *next;     /* the line search's point and gradient */
    float *next_gradient;
    float *direction; /* Newton's */
    float *residual;
    float *solved; /* the preconditioned residual */
    float *conjugate;
    float *curved; /* Hessian · conjugate */
    double forcing;
} newton_state;

/* result = P · vector, the preconditioner if there is one, else the identity. */
static void precondition(const smi_objective *const objective, const float *const vector,
                         float *const result)
{
    if (smi_has_preconditioner(objective)) {
        objective->apply_preconditioner(objective->context, vector, result);
    } else {
        memcpy(result, vector, objective->parameter_count * sizeof *result);
    }
}

/* direction ≈ −Hessian⁻¹ · gradient, to a residual of `target`. Ends early where there is no
 * curvature to follow; what it has by then goes down as well. */
static void solve_equations(const smi_objective *const objective, const newton_state *const state,
                            const double target)
{
    const size_t count = objective->parameter_count;
    memset(state->direction, 0, count * sizeof *state->direction);
    smi_scale(-1.0, state->gradient, state->residual, count);
    precondition(objective, state->residual, state->solved);
    memcpy(state->conjugate, state->solved, count * sizeof *state->conjugate);
    double size = smi_dot(state->residual, state->solved, count);
    for (int i = 0; i < MOST_DIRECTIONS; i++) {
        objective->curvature(objective->context, state->point, state->conjugate, state->curved);
        const double curvature = smi_dot(state->conjugate, state->curved, count);
        const double square = smi_dot(state->conjugate, state->conjugate, count);
        if (!(curvature > 1e-12 * square) || !isfinite(curvature)) {
            if (i == 0) {
                memcpy(state->direction, state->conjugate, count * sizeof *state->direction);
            }
            return;
        }
        smi_add_scaled(size / curvature, state->conjugate, state->direction, count);
        smi_add_scaled(-size / curvature, state->curved, state->residual, count);
        if (smi_norm(state->residual, count) <= target) {
            return;
        }
        precondition(objective, state->residual, state->solved);
        const double before = size;
        size = smi_dot(state->residual, state->solved, count);
        smi_combine(state->solved, size / before, state->conjugate, state->conjugate, count);
    }
}

/* The next forcing term, from how much smaller the gradient has become. It does not fall much
 * faster than it did, nor below what reaches the tolerance. */
static void adapt_forcing(const smi_fit *const fit, newton_state *const state, const double norm,
                          const double norm_before)
{
    const double ratio = norm / norm_before;
    const double kept = forcing_share * state->forcing * state->forcing;
    double forcing = forcing_share * ratio * ratio;
    if (kept > 0.1) {
        forcing = fmax(forcing, kept);
    }
    const double enough = 0.5 * fit->options->tolerance * fit->zero_gradient_norm / norm;
    state->forcing = fmin(fmax(forcing, enough), most_forcing);
}

/* Goes along Newton's direction, or where that leads nowhere down the gradient. False when that
 * leads nowhere either. */
static bool go(const smi_objective *const objective, const newton_state *const state,
               const double norm, smi_value *const value)
{
    const size_t count = objective->parameter_count;
    solve_equations(objective, state, state->forcing * norm);
    for (int newton = 1; newton >= 0; newton--) {
        smi_line line = {.objective = objective,
                         .origin = state->point,
                         .direction = state->direction,
                         .value = *value,
                         .slope = smi_dot(state->gradient, state->direction, count),
                         .point = state->next,
                         .gradient = state->next_gradient};
        if (line.slope < 0.0 && smi_line_search(&line, newton == 1 ? 1.0 : 1.0 / norm)) {
            *value = line.value;
            return true;
        }
        smi_scale(-1.0, state->gradient, state->direction, count);
    }
    return false;
}

static void swap(float **const a, float **const b)
{
    float *const kept = *a;
    *a = *b;
    *b = kept;
}

static sm_status iterate(const smi_objective *const objective, smi_fit *const fit,
                         newton_state *const state)
{
    smi_value value = smi_evaluate_all(objective, state->point, state->gradient);
    sm_status status = SM_OK;
    double norm_before = NAN;
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
        if (iteration > 0) {
            adapt_forcing(fit, state, norm, norm_before);
        }
        const smi_value before = value;
        if (!go(objective, state, norm, &value)) {
            fit->stalled = true;
            break;
        }
        swap(&state->point, &state->next);
        swap(&state->gradient, &state->next_gradient);
        norm_before = norm;
        const smi_step step = {.value = before,
                               .rows = objective->row_count,
                               .gradient_norm = norm,
                               .parameters = state->point};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

static sm_status make_state(const size_t count, newton_state *const state)
{
    float **const vectors[] = {&state->point,     &state->gradient,      &state->next,
                               &state->direction, &state->next_gradient, &state->residual,
                               &state->solved,    &state->conjugate,     &state->curved};
    enum { VECTORS = sizeof vectors / sizeof *vectors };
    size_t floats = 0;
    if (smi_multiply_size(VECTORS, count, &floats)) {
        state->memory = smi_array(floats, sizeof *state->memory);
    }
    if (state->memory == NULL) {
        return smi_fail_memory("the solver");
    }
    for (size_t i = 0; i < VECTORS; i++) {
        *vectors[i] = state->memory + i * count;
    }
    return SM_OK;
}

sm_status smi_solve_newton_cg(const smi_objective *const objective, smi_fit *const fit,
                              float *const parameters, float *const finite)
{
    const size_t bytes = objective->parameter_count * sizeof *parameters;
    newton_state state = {.forcing = first_forcing};
    if (objective->curvature == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "newton-cg needs second derivatives, which this model "
                                           "and data do not offer; lbfgs does without");
    }
    const sm_status status = make_state(objective->parameter_count, &state);
    if (status != SM_OK) {
        return status;
    }
    memcpy(state.point, parameters, bytes);
    const sm_status solved = iterate(objective, fit, &state);
    memcpy(parameters, state.point, bytes); /* the search accepts finite values alone */
    memcpy(finite, state.point, bytes);
    smi_free(state.memory);
    return solved;
}
