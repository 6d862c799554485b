/* Proximal L-BFGS for an objective with an L1 penalty (Lee, Sun and Saunders, "Proximal Newton-type
 * methods for minimizing composite functions", SIAM J. Optim. 2014).
 *
 * Each iteration minimises a quadratic model of the smooth part with the penalty itself on top, and
 * goes there. The model may set many weights to 0 and others free at once, without reading data;
 * and it knows how features go together, if the objective has a metric. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/l1.h"
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

typedef struct proximal_state {
    smi_proximal_model model;
    float *memory; /* of the vectors below */
    float *point;
    float *gradient;    /* of the smooth part there */
    float *subgradient; /* of the whole there, the smallest */
    float *next;
    float *next_gradient;
} proximal_state;

/* The whole, penalty added. */
static smi_value evaluate(const smi_objective *const objective, const double l1,
                          const float *const parameters, float *const gradient)
{
    smi_value value = smi_evaluate_all(objective, parameters, gradient);
    value.objective += smi_l1_penalty(objective, l1, parameters);
    return value;
}

/* What the penalty grows by from the point to the end of the step: by convexity, the growth along a
 * share of the step is at most that share of it. */
static double penalty_growth(const smi_objective *const objective, const double l1,
                             const proximal_state *const state)
{
    double sum = 0.0;
    for (size_t i = 0; i < objective->penalized_count; i++) {
        const double here = (double)state->point[i];
        sum += fabs(here + (double)state->model.step[i]) - fabs(here);
    }
    return l1 * sum;
}

/* The penalty's slope along the step at `next`, as one comes from the point. */
static double penalty_slope(const smi_objective *const objective, const double l1,
                            const proximal_state *const state)
{
    double sum = 0.0;
    for (size_t i = 0; i < objective->penalized_count; i++) {
        const double way = (double)state->model.step[i];
        const double next = (double)state->next[i];
        sum += next != 0.0 ? copysign(way, way * next) : -fabs(way);
    }
    return l1 * sum;
}

/* Halves the step until it earns a share of what the model promises. Where rounding errors hide
 * that, the slope at its end has to show that it does not go too far, as in line_search.h. Returns
 * the share gone, or 0. */
static double search(const smi_objective *const objective, const double l1,
                     const proximal_state *const state, smi_value *const value)
{
    const size_t count = objective->parameter_count;
    const double share = 1e-4;
    const double noise = smi_value_noise(objective) * fabs(value->objective);
    const double slope =
        smi_dot(state->gradient, state->model.step, count) + penalty_growth(objective, l1, state);
    double step = 1.0;
    for (int i = 0; i < MOST_HALVINGS && slope < 0.0; i++, step /= 2.0) {
        smi_combine(state->point, step, state->model.step, state->next, count);
        const smi_value next = evaluate(objective, l1, state->next, state->next_gradient);
        const double growth = next.objective - value->objective;
        const double there = smi_dot(state->next_gradient, state->model.step, count) +
                             penalty_slope(objective, l1, state);
        if (growth <= share * step * slope ||
            (growth <= noise && there <= (2.0 * share - 1.0) * slope)) {
            *value = next;
            return step;
        }
    }
    return 0.0;
}

/* One step; without success once more without the pairs. *share: of the model's step; 0: no step
 * goes down. Fails only for lack of memory. */
static sm_status go(const smi_objective *const objective, const double l1,
                    proximal_state *const state, const double norm, smi_value *const value,
                    double *const share)
{
    for (;;) {
        const bool fresh = state->model.count == 0;
        const sm_status status =
            smi_proximal_model_minimize(&state->model, l1, state->point, state->gradient,
                                        state->subgradient, model_share * norm);
        if (status != SM_OK) {
            return status;
        }
        *share = search(objective, l1, state, value);
        if (*share > 0.0 || fresh) {
            return SM_OK;
        }
        smi_proximal_model_forget(&state->model);
    }
}

static void swap(float **const a, float **const b)
{
    float *const kept = *a;
    *a = *b;
    *b = kept;
}

static sm_status iterate(const smi_objective *const objective, smi_fit *const fit,
                         proximal_state *const state)
{
    const double l1 = fit->options->l1;
    smi_value value = evaluate(objective, l1, state->point, state->gradient);
    sm_status status = SM_OK;
    for (size_t iteration = 0; status == SM_OK && smi_fit_may_step(fit); iteration++) {
        smi_l1_subgradient(objective, l1, state->point, state->gradient, state->subgradient);
        const double norm = smi_norm(state->subgradient, objective->parameter_count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            break;
        }
        if (iteration == 0 || iteration == MEASURE_AGAIN) {
            status = smi_proximal_model_measure(&state->model, state->point);
        }
        const smi_value before = value;
        double share = 0.0;
        if (status == SM_OK) {
            status = go(objective, l1, state, norm, &value, &share);
        }
        if (status != SM_OK) {
            return status;
        }
        if (share == 0.0) {
            fit->stalled = true;
            break;
        }
        smi_proximal_model_remember(&state->model, share, state->gradient, state->next_gradient);
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
                            proximal_state *const state)
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
    state->subgradient = state->memory + 2 * count;
    state->next = state->memory + 3 * count;
    state->next_gradient = state->memory + 4 * count;
    return smi_proximal_model_create(objective, fit->options->history_size, &state->model);
}

sm_status smi_solve_proximal(const smi_objective *const objective, smi_fit *const fit,
                             float *const parameters, float *const finite)
{
    const size_t bytes = objective->parameter_count * sizeof *parameters;
    proximal_state state = {0};
    sm_status status = make_state(objective, fit, &state);
    if (status == SM_OK) {
        memcpy(state.point, parameters, bytes);
        status = iterate(objective, fit, &state);
        memcpy(parameters, state.point, bytes); /* the search accepts finite values alone */
        memcpy(finite, state.point, bytes);
    }
    smi_proximal_model_free(&state.model);
    smi_free(state.memory);
    return status;
}
