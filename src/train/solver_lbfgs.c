/* Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4
 * and 7.5), from the objective's preconditioner as first inverse Hessian where it has one. */
#include "train/descent.h"
#include "train/line_search.h"
#include "train/pairs.h"
#include "train/preconditioner.h"
#include "train/solver.h"
#include "train/vector.h"

/* The iteration before which the preconditioner is built a second time. */
enum { BUILD_AGAIN = 12 };

/* Searches along `direction`, which may not be one of descent. */
static bool search(smi_descent *const descent, const float *const direction, const double slope,
                   const double first)
{
    smi_line line = {.objective = descent->objective,
                     .origin = descent->point,
                     .direction = direction,
                     .value = descent->value,
                     .slope = slope,
                     .point = descent->next,
                     .gradient = descent->next_gradient};
    const bool better = slope < 0.0 && smi_line_search(&line, first);
    descent->value = better ? line.value : descent->value;
    return better;
}

/* Goes along the direction; where that leads nowhere, forgets the pairs and tries again; at last
 * without the preconditioner, down the gradient itself. When that leads nowhere either, the point
 * is as good as rounding allows. */
static sm_status step(smi_descent *const descent, bool *const better)
{
    const smi_objective *const objective = descent->objective;
    const size_t count = objective->parameter_count;
    const double norm = descent->norm;
    smi_pairs *const pairs = descent->own;
    float *const direction = smi_descent_work(descent, 0);
    bool fresh = false;
    *better = false;
    while (!*better && !fresh) {
        fresh = pairs->count == 0;
        const bool scaled = !fresh || smi_has_preconditioner(objective);
        smi_pairs_direction(pairs, objective, descent->gradient, descent->gradient, direction);
        const double slope = smi_dot(descent->gradient, direction, count);
        *better = search(descent, direction, slope, scaled ? 1.0 : 1.0 / norm);
        if (!*better) {
            smi_pairs_forget(pairs);
        }
    }
    if (!*better && smi_has_preconditioner(objective)) {
        smi_scale(-1.0, descent->gradient, direction, count);
        *better = search(descent, direction, -norm * norm, 1.0 / norm);
    }
    return SM_OK;
}

static void remember(smi_descent *const descent)
{
    smi_pairs_remember(descent->own, descent->point, descent->next, descent->gradient,
                       descent->next_gradient);
}

static void list(smi_descent *const descent, smi_state *const state)
{
    smi_pairs_list(descent->own, state);
}

static void free_pairs(void *const own)
{
    smi_pairs_free(own);
}

static sm_status build(smi_descent *const descent, const float *const parameters)
{
    return descent->objective->prepare_preconditioner(descent->objective->context, parameters);
}

sm_status smi_solve_lbfgs(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite, smi_solving *const solving)
{
    const smi_descent_rule rule = {.work_vectors = 1,
                                   .build = smi_has_preconditioner(objective) ? build : NULL,
                                   .build_again = BUILD_AGAIN,
                                   .step = step,
                                   .remember = remember,
                                   .list = list,
                                   .free = free_pairs};
    smi_pairs *pairs = NULL;
    const sm_status status =
        smi_pairs_create(fit->options->history_size, objective->parameter_count, &pairs);
    return status == SM_OK ? smi_descend(objective, fit, &rule, pairs, parameters, finite, solving)
                           : status;
}
