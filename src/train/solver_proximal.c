/* Proximal L-BFGS for an objective with an L1 penalty (Lee, Sun and Saunders, "Proximal Newton-type
 * methods for minimizing composite functions", SIAM J. Optim. 2014).
 *
 * Each iteration minimises a quadratic model of the smooth part with the penalty itself on top, and
 * goes there. The model may set many weights to 0 and others free at once, without reading data;
 * and it knows how features go together, if the objective has a metric. */
#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/descent.h"
#include "train/line_search.h"
#include "train/proximal_model.h"
#include "train/solver.h"
#include "train/vector.h"

enum {
    MOST_HALVINGS = 40,
    MEASURE_AGAIN = 8 /* the iteration before which the metric is taken once more */
};

/* The subgradient of the model at which its minimum counts as found, relative to the one here. On
 * MNIST with l1 at 1e-4, 0.1 would mean 124 iterations for 76, each a little shorter. */
static const double model_share = 0.03;

typedef struct proximal {
    smi_proximal_model model;
    double share; /* of the model's step, that the last step went */
} proximal;

/* What the penalty grows by from the point to the end of the step: by convexity, the growth along a
 * share of the step is at most that share of it. */
static double penalty_growth(const smi_descent *const descent, const float *const step)
{
    double sum = 0.0;
    for (size_t i = 0; i < descent->objective->penalized_count; i++) {
        const double here = (double)descent->point[i];
        sum += fabs(here + (double)step[i]) - fabs(here);
    }
    return descent->l1 * sum;
}

/* The penalty's slope along the step at `next`, as one comes from the point. */
static double penalty_slope(const smi_descent *const descent, const float *const step)
{
    double sum = 0.0;
    for (size_t i = 0; i < descent->objective->penalized_count; i++) {
        const double way = (double)step[i];
        const double next = (double)descent->next[i];
        sum += next != 0.0 ? copysign(way, way * next) : -fabs(way);
    }
    return descent->l1 * sum;
}

/* Halves the step until it earns a share of what the model promises. Where rounding errors hide
 * that, the slope at its end has to show that it does not go too far, as in line_search.h. Returns
 * the share gone, or 0. */
static double search(smi_descent *const descent, const float *const step)
{
    const size_t count = descent->objective->parameter_count;
    const double earned = 1e-4;
    const double before = descent->value.objective;
    const double noise = smi_value_noise(descent->objective) * fabs(before);
    const double slope = smi_dot(descent->gradient, step, count) + penalty_growth(descent, step);
    double share = 1.0;
    for (int i = 0; i < MOST_HALVINGS && slope < 0.0; i++, share /= 2.0) {
        smi_combine(descent->point, share, step, descent->next, count);
        const smi_value next = smi_descent_evaluate(descent, descent->next, descent->next_gradient);
        const double growth = next.objective - before;
        const double there =
            smi_dot(descent->next_gradient, step, count) + penalty_slope(descent, step);
        if (growth <= earned * share * slope ||
            (growth <= noise && there <= (2.0 * earned - 1.0) * slope)) {
            descent->value = next;
            return share;
        }
    }
    return 0.0;
}

/* One step; without success once more without the pairs. */
static sm_status step(smi_descent *const descent, bool *const better)
{
    proximal *const own = descent->own;
    bool fresh = false;
    if (descent->built) {
        smi_proximal_model_restart(&own->model);
    }
    *better = false;
    while (!*better && !fresh) {
        fresh = own->model.count == 0;
        const sm_status status =
            smi_proximal_model_minimize(&own->model, descent->l1, descent->point, descent->gradient,
                                        descent->subgradient, model_share * descent->norm);
        if (status != SM_OK) {
            return status;
        }
        own->share = search(descent, own->model.step);
        *better = own->share > 0.0;
        if (!*better) {
            smi_proximal_model_forget(&own->model);
        }
    }
    return SM_OK;
}

static void remember(smi_descent *const descent)
{
    proximal *const own = descent->own;
    smi_proximal_model_remember(&own->model, own->share, descent->gradient, descent->next_gradient);
}

static void list(smi_descent *const descent, smi_state *const state)
{
    proximal *const own = descent->own;
    smi_proximal_model_list(&own->model, state);
}

static bool accept(smi_descent *const descent)
{
    proximal *const own = descent->own;
    return smi_proximal_model_accept(&own->model);
}

static sm_status build(smi_descent *const descent, const float *const parameters)
{
    proximal *const own = descent->own;
    return smi_proximal_model_measure(&own->model, parameters);
}

static void free_proximal(void *const state)
{
    proximal *const own = state;
    smi_proximal_model_free(&own->model);
    smi_free(own);
}

sm_status smi_solve_proximal(const smi_objective *const objective, smi_fit *const fit,
                             float *const parameters, float *const finite,
                             smi_solving *const solving)
{
    const smi_descent_rule rule = {.has_corners = true,
                                   .build = objective->prepare_metric != NULL ? build : NULL,
                                   .build_again = MEASURE_AGAIN,
                                   .step = step,
                                   .remember = remember,
                                   .list = list,
                                   .accept = accept,
                                   .free = free_proximal};
    proximal *const own = smi_array(1, sizeof *own);
    if (own == NULL) {
        return smi_fail_memory("the solver");
    }
    const sm_status status =
        smi_proximal_model_create(objective, fit->options->history_size, &own->model);
    if (status != SM_OK) {
        smi_free(own);
        return status;
    }
    return smi_descend(objective, fit, &rule, own, parameters, finite, solving);
}
