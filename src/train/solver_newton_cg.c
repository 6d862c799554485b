/* Newton's method with a line search, its equations solved by conjugate gradients only as exactly
 * as pays (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.1; how exactly:
 * Eisenstat and Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci.
 * Comput. 1996, choice 2). The Hessian is met as its product with a vector alone. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/descent.h"
#include "train/line_search.h"
#include "train/preconditioner.h"
#include "train/slices.h"
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
    CONJUGATE,
    CURVED, /* Hessian · conjugate */
    VECTORS_ALONE,
    SOLVED = VECTORS_ALONE, /* the preconditioned residual, where there is a preconditioner */
    VECTORS_WITH_PRECONDITIONER
};

typedef struct newton {
    double forcing;
} newton;

/* ---- conjugate gradients ---- */

/* The equations on their way to a solution, in the solver's vectors. */
typedef struct equations {
    const smi_objective *objective;
    const float *gradient;
    float *direction;
    float *residual;
    float *solved; /* the residual itself where there is no preconditioner */
    float *conjugate;
    float *curved;
    double along; /* of the conjugate direction, what is added to the direction */
    double kept;  /* and what stays of it in the next */
} equations;

static equations equations_of(const smi_descent *const descent)
{
    float *const residual = smi_descent_work(descent, RESIDUAL);
    return (equations){.objective = descent->objective,
                       .gradient = descent->gradient,
                       .direction = smi_descent_work(descent, DIRECTION),
                       .residual = residual,
                       .solved = smi_has_preconditioner(descent->objective)
                                     ? smi_descent_work(descent, SOLVED)
                                     : residual,
                       .conjugate = smi_descent_work(descent, CONJUGATE),
                       .curved = smi_descent_work(descent, CURVED)};
}

static double run_slices(const equations *const of, smi_slice_work *const work)
{
    return smi_run_slices(of->objective->pool, of->objective->parameter_count, work, of);
}

/* direction = 0, residual = −gradient; ‖residual‖² */
static double start(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    memset(of->direction + begin, 0, count * sizeof *of->direction);
    smi_scale(-1.0, of->gradient + begin, of->residual + begin, count);
    return smi_dot(of->residual + begin, of->residual + begin, count);
}

/* conjugate = solved */
static double turn_at_first(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    memcpy(of->conjugate + begin, of->solved + begin, count * sizeof *of->conjugate);
    return 0.0;
}

/* conjugate · Hessian · conjugate */
static double curvature_along(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    return smi_dot(of->conjugate + begin, of->curved + begin, count);
}

/* Goes along the conjugate direction; ‖residual‖² */
static double go_along(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    smi_add_scaled(of->along, of->conjugate + begin, of->direction + begin, count);
    smi_add_scaled(-of->along, of->curved + begin, of->residual + begin, count);
    return smi_dot(of->residual + begin, of->residual + begin, count);
}

/* residual · solved */
static double size_of(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    return smi_dot(of->residual + begin, of->solved + begin, count);
}

/* conjugate = solved + kept · conjugate */
static double turn(const void *const context, const size_t begin, const size_t count)
{
    const equations *const of = context;
    float *const conjugate = of->conjugate + begin;
    smi_combine(of->solved + begin, of->kept, conjugate, conjugate, count);
    return 0.0;
}

/* solved = P · residual, the preconditioner if there is one, else the identity; residual · solved.
 * square: ‖residual‖² */
static double precondition(const equations *const of, const double square)
{
    if (!smi_has_preconditioner(of->objective)) {
        return square;
    }
    of->objective->apply_preconditioner(of->objective->context, of->residual, of->solved);
    return run_slices(of, size_of);
}

/* direction ≈ −Hessian⁻¹ · gradient, to a residual of `target`. Ends early where there is no
 * curvature to follow; what it has by then goes down as well. */
static void solve_equations(const smi_descent *const descent, const double target)
{
    const smi_objective *const objective = descent->objective;
    equations of = equations_of(descent);
    double size = precondition(&of, run_slices(&of, start));
    double square = size; /* of the conjugate direction, in the preconditioner's metric */
    (void)run_slices(&of, turn_at_first);
    objective->look_closely(objective->context, descent->point);
    for (int i = 0; i < MOST_DIRECTIONS; i++) {
        objective->curvature(objective->context, of.conjugate, of.curved);
        const double curvature = run_slices(&of, curvature_along);
        if (!(curvature > 1e-12 * square) || !isfinite(curvature)) {
            if (i == 0) {
                memcpy(of.direction, of.conjugate,
                       objective->parameter_count * sizeof *of.direction);
            }
            return;
        }
        of.along = size / curvature;
        const double left = run_slices(&of, go_along);
        if (sqrt(left) <= target) {
            return;
        }
        of.kept = 1.0 / size;
        size = precondition(&of, left);
        of.kept *= size;
        square = size + of.kept * of.kept * square;
        (void)run_slices(&of, turn);
    }
}

/* ---- an iteration ---- */

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

static void free_newton(void *const own)
{
    smi_free(own);
}

static sm_status build(smi_descent *const descent, const float *const parameters)
{
    return descent->objective->prepare_preconditioner(descent->objective->context, parameters);
}

sm_status smi_solve_newton_cg(const smi_objective *const objective, smi_fit *const fit,
                              float *const parameters, float *const finite,
                              smi_solving *const solving)
{
    const bool has_preconditioner = smi_has_preconditioner(objective);
    const smi_descent_rule rule = {.work_vectors = has_preconditioner ? VECTORS_WITH_PRECONDITIONER
                                                                      : VECTORS_ALONE,
                                   .build = has_preconditioner ? build : NULL,
                                   .build_again = BUILD_AGAIN,
                                   .step = step,
                                   .list = list,
                                   .free = free_newton};
    if (objective->curvature == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "newton-cg needs second derivatives, which this model "
                                           "and data do not offer; lbfgs does without");
    }
    newton *const own = smi_array(1, sizeof *own);
    if (own == NULL) {
        return smi_fail_memory("the solver");
    }
    own->forcing = first_forcing;
    return smi_descend(objective, fit, &rule, own, parameters, finite, solving);
}
