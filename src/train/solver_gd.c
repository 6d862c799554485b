/* Gradient descent: parameters ← parameters − rate · gradient over all rows, then for l1 the
 * proximal step (forward-backward splitting: Duchi and Singer, "Efficient online and batch learning
 * using forward backward splitting", JMLR 2009). */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/checkpointing.h"
#include "train/l1.h"
#include "train/solver.h"
#include "train/vector.h"

typedef struct descent {
    const smi_objective *objective;
    smi_fit *fit;
    size_t count;
    float *parameters;
    float *finite;
    float *gradient;
    float *subgradient; /* of the whole; the same array as gradient without l1 */
    bool is_first;      /* the next evaluation is where training begins */
} descent;

static void list_all(void *const solver, smi_state *const state)
{
    const descent *const self = solver;
    smi_state_floats(state, "parameters", self->parameters, self->count);
    smi_state_parameters(state, "last_finite", self->finite, self->count);
}

static sm_status descend(void *const state)
{
    descent *const self = state;
    const smi_memory memory = {.solver = self, .list = list_all};
    const smi_objective *const objective = self->objective;
    smi_fit *const fit = self->fit;
    const size_t count = self->count;
    const double l1 = fit->options->l1;
    float *const parameters = self->parameters;
    float *const gradient = self->gradient;
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        const double rate = smi_fit_rate(fit);
        const smi_value value = self->is_first ? smi_fit_first(fit, objective, parameters, gradient)
                                               : smi_evaluate_all(objective, parameters, gradient);
        self->is_first = false;
        smi_l1_subgradient(objective, l1, parameters, gradient, self->subgradient);
        const double norm = smi_norm(self->subgradient, count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            fit->converged = true;
            break;
        }
        memcpy(self->finite, parameters, count * sizeof *parameters);
        smi_add_scaled(-rate, gradient, parameters, count);
        smi_soft_threshold_all(parameters, (float)(rate * l1), objective->penalized_count);
        const smi_step step = {.value = value,
                               .rows = objective->row_count,
                               .gradient_norm = norm,
                               .parameters = parameters};
        status = smi_fit_record(fit, &step);
        if (status == SM_OK) {
            status = smi_checkpointing_step(fit, &memory);
        }
    }
    return status == SM_OK ? smi_checkpointing_end(fit, &memory) : status;
}

static void free_descent(void *const state)
{
    descent *const self = state;
    if (self->subgradient != self->gradient) {
        smi_free(self->subgradient);
    }
    smi_free(self->gradient);
    smi_free(self);
}

static sm_status start(descent *const self)
{
    const smi_memory memory = {.solver = self, .list = list_all};
    const bool corners = self->fit->options->l1 > 0.0;
    bool resumed = false;
    self->gradient = smi_array(self->count, sizeof *self->gradient);
    self->subgradient =
        corners ? smi_array(self->count, sizeof *self->subgradient) : self->gradient;
    if (self->gradient == NULL || self->subgradient == NULL) {
        return smi_fail_memory("the solver");
    }
    const sm_status status = smi_checkpointing_resume(self->fit, &memory, &resumed);
    self->is_first = !resumed;
    return status;
}

sm_status smi_solve_gd(const smi_objective *const objective, smi_fit *const fit,
                       float *const parameters, float *const finite, smi_solving *const solving)
{
    descent *const self = smi_array(1, sizeof *self);
    if (self == NULL) {
        return smi_fail_memory("the solver");
    }
    *self = (descent){.objective = objective, .fit = fit, .count = objective->parameter_count};
    self->parameters = parameters;
    self->finite = finite;
    const sm_status status = start(self);
    if (status != SM_OK) {
        free_descent(self);
        return status;
    }
    *solving = (smi_solving){.state = self, .run = descend, .free = free_descent};
    return SM_OK;
}
