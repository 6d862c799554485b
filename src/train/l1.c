#include "train/l1.h"

#include <string.h>

double smi_l1_penalty(const smi_objective *const objective, const double l1,
                      const float *const parameters)
{
    double sum = 0.0;
    for (size_t i = 0; i < objective->penalized_count && l1 > 0.0; i++) {
        sum += fabs((double)parameters[i]);
    }
    return l1 * sum;
}

/* At a corner the slopes to both sides are gradient ± l1: downhill on one side, or on none. */
static float subgradient(const float parameter, const float gradient, const float l1)
{
    if (parameter != 0.0F) {
        return gradient + copysignf(l1, parameter);
    }
    return smi_soft_threshold(gradient, l1);
}

void smi_l1_subgradient(const smi_objective *const objective, const double l1,
                        const float *const parameters, const float *const gradient,
                        float *const result)
{
    const size_t penalized = l1 > 0.0 ? objective->penalized_count : 0;
    for (size_t i = 0; i < penalized; i++) {
        result[i] = subgradient(parameters[i], gradient[i], (float)l1);
    }
    if (result != gradient) {
        memcpy(result + penalized, gradient + penalized,
               (objective->parameter_count - penalized) * sizeof *result);
    }
}

void smi_soft_threshold_all(float *const values, const float amount, const size_t count)
{
    for (size_t i = 0; i < count && amount > 0.0F; i++) {
        values[i] = smi_soft_threshold(values[i], amount);
    }
}
