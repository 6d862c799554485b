/* Gradient descent: parameters ← parameters − learning_rate · gradient over all rows. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/solver.h"
#include "train/vector.h"

static sm_status descend(const smi_objective *const objective, smi_fit *const fit,
                         float *const parameters, float *const finite, float *const gradient)
{
    const size_t count = objective->parameter_count;
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(fit)) {
        const smi_value value = smi_evaluate_all(objective, parameters, gradient);
        const double norm = smi_norm(gradient, count);
        if (!isfinite(value.objective) || !isfinite(norm)) {
            return smi_fail_diverged(fit);
        }
        if (smi_is_converged(fit, norm)) {
            break;
        }
        memcpy(finite, parameters, count * sizeof *finite);
        smi_add_scaled(-fit->options->learning_rate, gradient, parameters, count);
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
    float *const gradient = smi_array(objective->parameter_count, sizeof *gradient);
    if (gradient == NULL) {
        return smi_fail_memory("the solver");
    }
    const sm_status status = descend(objective, fit, parameters, finite, gradient);
    smi_free(gradient);
    return status;
}
