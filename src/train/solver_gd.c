/* Gradient descent: parameters ← parameters − rate · gradient over all rows, then for l1 the
 * proximal step (forward-backward splitting: Duchi and Singer, "Efficient online and batch learning
 * using forward backward splitting", JMLR 2009). */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/l1.h"
#include "train/solver.h"
#include "train/vector.h"

/* subgradient: of the whole; the same array as gradient without l1. */
static sm_status descend(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite, float *const gradient,
                         float *const subgradient)
{
    const size_t count = objective->parameter_count;
    const double l1 = fit->options->l1;
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        const double rate = smi_fit_rate(fit);
        const smi_value value = smi_evaluate_all(objective, parameters, gradient);
        smi_l1_subgradient(objective, l1, parameters, gradient, subgradient);
        const double norm = smi_norm(subgradient, count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            break;
        }
        memcpy(finite, parameters, count * sizeof *finite);
        smi_add_scaled(-rate, gradient, parameters, count);
        smi_soft_threshold_all(parameters, (float)(rate * l1), objective->penalized_count);
        const smi_step step = {.value = value,
                               .rows = objective->row_count,
                               .gradient_norm = norm,
                               .parameters = parameters};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

sm_status smi_solve_gd(const smi_objective *const objective, smi_fit *const fit,
                       float *const parameters, float *const finite)
{
    const bool corners = fit->options->l1 > 0.0;
    float *const gradient = smi_array(objective->parameter_count, sizeof *gradient);
    float *const subgradient =
        corners ? smi_array(objective->parameter_count, sizeof *subgradient) : gradient;
    sm_status status = SM_OK;
    if (gradient == NULL || subgradient == NULL) {
        status = smi_fail_memory("the solver");
    } else {
        status = descend(objective, fit, parameters, finite, gradient, subgradient);
    }
    if (corners) {
        smi_free(subgradient);
    }
    smi_free(gradient);
    return status;
}
