#include "train/descent.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/large_pages.h"
#include "train/checkpointing.h"
#include "train/l1.h"
#include "train/line_search.h"
#include "train/solver.h"
#include "train/vector.h"

/* So many steps in a row that lead nowhere, and no other will (docs/numerics.md, 7). */
enum { MOST_IN_VAIN = 50 };

/* A norm of the gradient that is not below this share of the least so far is no better. */
static const double better_norm = 0.9;

static smi_value with_penalty(const smi_descent *const descent, const float *const parameters,
                              smi_value value)
{
    value.objective += smi_l1_penalty(descent->objective, descent->l1, parameters);
    return value;
}

smi_value smi_descent_evaluate(const smi_descent *const descent, const float *const parameters,
                               float *const gradient)
{
    return with_penalty(descent, parameters,
                        smi_evaluate_all(descent->objective, parameters, gradient));
}

/* ---- one iteration ---- */

/* Subgradient and norm at the point. */
static void look_down(smi_descent *const self)
{
    if (self->rule.has_corners) {
        smi_l1_subgradient(self->objective, self->l1, self->point, self->gradient,
                           self->subgradient);
    } else {
        self->subgradient = self->gradient;
    }
    self->norm = smi_norm(self->subgradient, self->objective->parameter_count);
}

/* Whether the steps still lead anywhere: to lower values or, where rounding errors hide those, to
 * smaller gradients. */
static bool leads_on(smi_descent *const self)
{
    const double value = self->value.objective;
    const double noise = smi_value_noise(self->objective) * fabs(self->least_value);
    const bool lower = value < self->least_value - noise;
    const bool flatter = self->norm < better_norm * self->least_norm;
    self->least_value = lower ? value : self->least_value;
    self->least_norm = lower || flatter ? fmin(self->norm, self->least_norm) : self->least_norm;
    self->in_vain = lower || flatter ? 0 : self->in_vain + 1;
    return self->in_vain < MOST_IN_VAIN;
}

/* Iterations are the steps, which the fit counts. */
static sm_status build_if_due(smi_descent *const self)
{
    const size_t iteration = self->fit->step;
    self->built = false;
    if (self->built_at == NULL || (iteration != 0 && iteration != self->rule.build_again)) {
        return SM_OK;
    }
    self->built = true;
    memcpy(self->built_at, self->point, self->objective->parameter_count * sizeof *self->built_at);
    return self->rule.build(self, self->built_at);
}

static void swap(float **const a, float **const b)
{
    float *const kept = *a;
    *a = *b;
    *b = kept;
}

/* Goes from the point, where the value was `before`, to the next. */
static sm_status advance(smi_descent *const self, const smi_value before)
{
    if (self->rule.remember != NULL) {
        self->rule.remember(self);
    }
    swap(&self->point, &self->next);
    swap(&self->gradient, &self->next_gradient);
    self->norm_before = self->norm;
    const smi_step step = {.value = before,
                           .rows = self->objective->row_count,
                           .gradient_norm = self->norm,
                           .parameters = self->point};
    return smi_fit_record(self->fit, &step);
}

/* ---- remembering ---- */

static void list_all(void *const solver, smi_state *const state)
{
    smi_descent *const self = solver;
    const size_t count = self->objective->parameter_count;
    smi_state_parameters(state, "parameters", self->point, count);
    smi_state_floats(state, "gradient", self->gradient, count);
    smi_state_doubles(state, "value.objective", &self->value.objective, 1);
    smi_state_doubles(state, "value.loss", &self->value.loss, 1);
    smi_state_doubles(state, "value.accuracy", &self->value.accuracy, 1);
    smi_state_doubles(state, "gradient.norm", &self->norm_before, 1);
    smi_state_doubles(state, "least.objective", &self->least_value, 1);
    smi_state_doubles(state, "least.norm", &self->least_norm, 1);
    smi_state_sizes(state, "steps_in_vain", &self->in_vain, 1, MOST_IN_VAIN);
    if (self->built_at != NULL) {
        smi_state_parameters(state, "built_at", self->built_at, count);
    }
    if (self->rule.list != NULL) {
        self->rule.list(self, state);
    }
}

/* ---- all iterations ---- */

static sm_status iterate(smi_descent *const self)
{
    const smi_memory memory = {.solver = self, .list = list_all};
    smi_fit *const fit = self->fit;
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        look_down(self);
        if (!isfinite(self->value.objective) || !isfinite(self->norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, self->norm)) {
            fit->converged = true;
            break;
        }
        if (!leads_on(self)) {
            fit->stalled = true;
            break;
        }
        const smi_value before = self->value;
        bool better = false;
        status = build_if_due(self);
        if (status == SM_OK) {
            status = self->rule.step(self, &better);
        }
        if (status == SM_OK && !better) {
            fit->stalled = true;
            break;
        }
        if (status == SM_OK) {
            status = advance(self, before);
        }
        if (status == SM_OK) {
            status = smi_checkpointing_step(fit, &memory);
        }
    }
    return status == SM_OK ? smi_checkpointing_end(fit, &memory) : status;
}

/* Leaves what it has come to where the caller looks for it; the search accepts finite values
 * alone. */
static void hand_over(const smi_descent *const self)
{
    const size_t bytes = self->objective->parameter_count * sizeof *self->point;
    memcpy(self->parameters, self->point, bytes);
    memcpy(self->finite, self->point, bytes);
}

static sm_status run(void *const state)
{
    smi_descent *const self = state;
    const sm_status status = iterate(self);
    hand_over(self);
    return status;
}

static void free_descent(void *const state)
{
    smi_descent *const self = state;
    self->rule.free(self->own);
    smi_free(self->memory);
    smi_free(self);
}

/* ---- the beginning ---- */

static sm_status make_vectors(smi_descent *const self)
{
    const struct {
        float **vector;
        bool wanted;
    } all[] = {{&self->point, true},
               {&self->gradient, true},
               {&self->next, true},
               {&self->next_gradient, true},
               {&self->subgradient, self->rule.has_corners},
               {&self->built_at, self->rule.build != NULL}};
    enum { VECTORS = sizeof all / sizeof *all };
    const size_t count = self->objective->parameter_count;
    size_t floats = 0;
    size_t wanted = self->rule.work_vectors;
    for (size_t i = 0; i < VECTORS; i++) {
        wanted += all[i].wanted ? 1 : 0;
    }
    if (smi_multiply_size(wanted, count, &floats)) {
        self->memory = smi_large_array(floats, sizeof *self->memory);
    }
    if (self->memory == NULL) {
        return smi_fail_memory("the solver");
    }
    self->work = self->memory;
    for (size_t i = 0; i < VECTORS; i++) {
        *all[i].vector = all[i].wanted ? self->work : NULL;
        self->work += all[i].wanted ? count : 0;
    }
    return SM_OK;
}

/* Looks at the first point, or goes on from where a checkpoint was written. */
static sm_status begin(smi_descent *const self)
{
    const smi_memory memory = {.solver = self, .list = list_all};
    bool resumed = false;
    const sm_status status = smi_checkpointing_resume(self->fit, &memory, &resumed);
    if (status != SM_OK) {
        return status;
    }
    if (!resumed) {
        self->value =
            with_penalty(self, self->point,
                         smi_fit_first(self->fit, self->objective, self->point, self->gradient));
        self->least_value = self->value.objective;
        return SM_OK;
    }
    if (self->rule.accept != NULL && !self->rule.accept(self)) {
        return smi_checkpointing_refuse(self->fit, "its pairs overlap");
    }
    return self->built_at != NULL && self->fit->step > 0 ? self->rule.build(self, self->built_at)
                                                         : SM_OK;
}

sm_status smi_descend(const smi_objective *const objective, smi_fit *const fit,
                      const smi_descent_rule *const rule, void *const own, float *const parameters,
                      float *const finite, smi_solving *const solving)
{
    smi_descent *const self = smi_array(1, sizeof *self);
    if (self == NULL) {
        rule->free(own);
        return smi_fail_memory("the solver");
    }
    *self = (smi_descent){.objective = objective,
                          .fit = fit,
                          .rule = *rule,
                          .own = own,
                          .l1 = rule->has_corners ? fit->options->l1 : 0.0,
                          .norm_before = NAN,
                          .least_norm = INFINITY};
    self->parameters = parameters;
    self->finite = finite;
    sm_status status = make_vectors(self);
    if (status == SM_OK) {
        memcpy(self->point, parameters, objective->parameter_count * sizeof *parameters);
        status = begin(self);
    }
    if (status != SM_OK) {
        free_descent(self);
        return status;
    }
    hand_over(self);
    *solving = (smi_solving){.state = self, .run = run, .free = free_descent};
    return SM_OK;
}
