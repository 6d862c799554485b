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
    size_t count;
    float *parameters;
    float *finite;
    float *gradient;
    float *subgradient; /* of the whole; the same array as gradient without l1 */
} descent;

static void list_all(void *const solver, smi_state *const state)
{
    const descent *const self = solver;
    smi_state_floats(state, "parameters", self->parameters, self->count);
    smi_state_parameters(state, "last_finite", self->finite, self->count);
}

static sm_status descend(const smi_objective *const objective, smi_fit *const fit,
                         descent *const self)
{
    const smi_memory memory = {.solver = self, .list = list_all};
    const size_t count = objective->parameter_count;
    const double l1 = fit->options->l1;
    float *const parameters = self->parameters;
    float *const gradient = self->gradient;
    bool resumed = false;
    sm_status status = smi_checkpointing_resume(fit, &memory, &resumed);
    bool is_first = !resumed;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        const double rate = smi_fit_rate(fit);
        const smi_value value = is_first ? smi_fit_first(fit, objective, parameters, gradient)
                                         : smi_evaluate_all(objective, parameters, gradient);
        is_first = false;
        smi_l1_subgradient(objective, l1, parameters, gradient, self->subgradient);
        const double norm = smi_norm(self->subgradient, count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
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

sm_status smi_solve_gd(const smi_objective *const objective, smi_fit *const fit,
                       float *const parameters, float *const finite)
{
    const bool corners = fit->options->l1 > 0.0;
    descent self = {.count = objective->parameter_count};
    self.parameters = parameters;
    self.finite = finite;
    self.gradient = smi_array(self.count, sizeof *self.gradient);
    self.subgradient = corners ? smi_array(self.count, sizeof *self.subgradient) : self.gradient;
    const bool complete = self.gradient != NULL && self.subgradient != NULL;
    const sm_status status =
        complete ? descend(objective, fit, &self) : smi_fail_memory("the solver");
    if (corners) {
        smi_free(self.subgradient);
    }
    smi_free(self.gradient);
    return status;
}
