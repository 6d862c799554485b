/* Newton's method with a line search, its equations solved by conjugate gradients only as exactly
 * as pays (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.1; how exactly:
 * Eisenstat and Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci.
 * Comput. 1996, choice 2). The Hessian is met as its product with a vector alone. */
#include <math.h>
#include <string.h>

#include "base/status.h"
#include "train/descent.h"
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

/* Vectors to work in. */
enum {
    DIRECTION, /* Newton's */
    RESIDUAL,
    SOLVED, /* the preconditioned residual */
    CONJUGATE,
    CURVED, /* Hessian · conjugate */
    WORK_VECTORS
};

typedef struct newton {
    double forcing;
} newton;

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
static void solve_equations(const smi_descent *const descent, const double target)
{
    const smi_objective *const objective = descent->objective;
    const size_t count = objective->parameter_count;
    float *const direction = smi_descent_work(descent, DIRECTION);
    float *const residual = smi_descent_work(descent, RESIDUAL);
    float *const solved = smi_descent_work(descent, SOLVED);
    float *const conjugate = smi_descent_work(descent, CONJUGATE);
    float *const curved = smi_descent_work(descent, CURVED);
    memset(direction, 0, count * sizeof *direction);
    smi_scale(-1.0, descent->gradient, residual, count);
    precondition(objective, residual, solved);
    memcpy(conjugate, solved, count * sizeof *conjugate);
    double size = smi_dot(residual, solved, count);
    for (int i = 0; i < MOST_DIRECTIONS; i++) {
        objective->curvature(objective->context, descent->point, conjugate, curved);
        const double curvature = smi_dot(conjugate, curved, count);
        const double square = smi_dot(conjugate, conjugate, count);
        if (!(curvature > 1e-12 * square) || !isfinite(curvature)) {
            if (i == 0) {
                memcpy(direction, conjugate, count * sizeof *direction);
            }
            return;
        }
        smi_add_scaled(size / curvature, conjugate, direction, count);
        smi_add_scaled(-size / curvature, curved, residual, count);
        if (smi_norm(residual, count) <= target) {
            return;
        }
        precondition(objective, residual, solved);
        const double before = size;
        size = smi_dot(residual, solved, count);
        smi_combine(solved, size / before, conjugate, conjugate, count);
    }
}

/* The next forcing term, from how much smaller the gradient has become. It does not fall much
 * faster than it did, nor below what reaches the tolerance. */
static double adapted_forcing(const smi_descent *const descent, const double forcing)
{
    const double ratio = descent->norm / descent->norm_before;
    const double kept = forcing_share * forcing * forcing;
    const double wanted = forcing_share * ratio * ratio;
    const double enough =
        0.5 * descent->fit->options->tolerance * descent->fit->zero_gradient_norm / descent->norm;
    return fmin(fmax(kept > 0.1 ? fmax(wanted, kept) : wanted, enough), most_forcing);
}

/* Goes along Newton's direction, or where that leads nowhere down the gradient. */
static sm_status step(smi_descent *const descent, bool *const better)
{
    const size_t count = descent->objective->parameter_count;
    newton *const own = descent->own;
    float *const direction = smi_descent_work(descent, DIRECTION);
    if (descent->fit->step > 0) {
        own->forcing = adapted_forcing(descent, own->forcing);
    }
    solve_equations(descent, own->forcing * descent->norm);
    *better = false;
    for (int way = 0; way < 2 && !*better; way++) {
        if (way == 1) {
            smi_scale(-1.0, descent->gradient, direction, count);
        }
        smi_line line = {.objective = descent->objective,
                         .origin = descent->point,
                         .direction = direction,
                         .value = descent->value,
                         .slope = smi_dot(descent->gradient, direction, count),
                         .point = descent->next,
                         .gradient = descent->next_gradient};
        *better = line.slope < 0.0 && smi_line_search(&line, way == 0 ? 1.0 : 1.0 / descent->norm);
        descent->value = *better ? line.value : descent->value;
    }
    return SM_OK;
}

static void list(smi_descent *const descent, smi_state *const state)
{
    newton *const own = descent->own;
    smi_state_doubles(state, "newton.forcing", &own->forcing, 1);
}

static sm_status build(smi_descent *const descent, const float *const parameters)
{
    return descent->objective->prepare_preconditioner(descent->objective->context, parameters);
}

sm_status smi_solve_newton_cg(const smi_objective *const objective, smi_fit *const fit,
                              float *const parameters, float *const finite)
{
    const smi_descent_rule rule = {.work_vectors = WORK_VECTORS,
                                   .build = smi_has_preconditioner(objective) ? build : NULL,
                                   .build_again = BUILD_AGAIN,
                                   .step = step,
                                   .list = list};
    newton own = {.forcing = first_forcing};
    if (objective->curvature == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "newton-cg needs second derivatives, which this model "
                                           "and data do not offer; lbfgs does without");
    }
    return smi_descend(objective, fit, &rule, &own, parameters, finite);
}
