/* Orthant-wise limited-memory quasi-Newton: L-BFGS for an objective with an L1 penalty (Andrew and
 * Gao, "Scalable training of L1-regularized log-linear models", ICML 2007).
 *
 * Within one orthant the penalty is linear and the whole smooth. Each iteration chooses an orthant:
 * that of the point, and for weights that are 0 the side to which the objective falls. It searches
 * along the direction that L-BFGS finds from the smallest subgradient, and sets to 0 every weight
 * that would leave the orthant. */
#include <math.h>

#include "train/descent.h"
#include "train/l1.h"
#include "train/line_search.h"
#include "train/pairs.h"
#include "train/solver.h"
#include "train/vector.h"

enum { MOST_HALVINGS = 40 };

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
static void step_within_orthant(const smi_descent *const descent, const float *const direction,
                                const double step)
{
    const smi_objective *const objective = descent->objective;
    float *const next = descent->next;
    smi_combine(descent->point, step, direction, next, objective->parameter_count);
    for (size_t i = 0; i < objective->penalized_count; i++) {
        const float here = descent->point[i];
        const float side = here != 0.0F ? here : -descent->subgradient[i];
        if (next[i] * side <= 0.0F) {
            next[i] = 0.0F;
        }
    }
}

/* Slopes along next − point, at both of its ends: within an orthant that of the penalty stays. */
typedef struct slopes {
    double here;
    double there;
} slopes;

static slopes slopes_of(const smi_descent *const descent)
{
    slopes sums = {0.0, 0.0};
    for (size_t i = 0; i < descent->objective->parameter_count; i++) {
        const double way = (double)descent->next[i] - (double)descent->point[i];
        const double growth = (double)descent->next_gradient[i] - (double)descent->gradient[i];
        sums.here += (double)descent->subgradient[i] * way;
        sums.there += ((double)descent->subgradient[i] + growth) * way;
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
static bool search(smi_descent *const descent, const float *const direction, const double first)
{
    const double noise = smi_value_noise(descent->objective) * fabs(descent->value.objective);
    double step = first;
    for (int i = 0; i < MOST_HALVINGS; i++, step /= 2.0) {
        step_within_orthant(descent, direction, step);
        const smi_value next = smi_descent_evaluate(descent, descent->next, descent->next_gradient);
        const slopes slope = slopes_of(descent);
        if (is_good(&slope, next.objective - descent->value.objective, noise)) {
            descent->value = next;
            return true;
        }
    }
    return false;
}

/* One step; without success once more without the pairs. */
static sm_status step(smi_descent *const descent, bool *const better)
{
    smi_objective plain = *descent->objective; /* the preconditioner knows nothing of orthants */
    smi_pairs *const pairs = descent->own;
    float *const direction = smi_descent_work(descent, 0);
    bool fresh = false;
    plain.apply_preconditioner = NULL;
    *better = false;
    while (!*better && !fresh) {
        fresh = pairs->count == 0;
        smi_pairs_direction(pairs, &plain, descent->gradient, descent->subgradient, direction);
        keep_descending(descent->objective, descent->subgradient, direction);
        *better = search(descent, direction, fresh ? 1.0 / descent->norm : 1.0);
        if (!*better) {
            smi_pairs_forget(pairs);
        }
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

sm_status smi_solve_owlqn(const smi_objective *const objective, smi_fit *const fit,
                          float *const parameters, float *const finite, smi_solving *const solving)
{
    static const smi_descent_rule rule = {.has_corners = true,
                                          .work_vectors = 1,
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
