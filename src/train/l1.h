/* The part of the objective that has corners, l1 · ‖kernel‖₁. An smi_objective is the smooth rest;
 * solvers that can deal with corners add it by what is here. Parameters that it is not about, the
 * biases, pass unchanged. With l1 = 0 everything is as if it were not there. */
#ifndef SMI_TRAIN_L1_H
#define SMI_TRAIN_L1_H

#include <math.h>

#include "train/objective.h"

/* l1 · ‖kernel‖₁ */
double smi_l1_penalty(const smi_objective *objective, double l1, const float *parameters);

/* The smallest subgradient of the whole at the parameters, from the smooth part's gradient there:
 * its norm is 0 at the minimum alone, and its negative goes down. result may be gradient. */
void smi_l1_subgradient(const smi_objective *objective, double l1, const float *parameters,
                        const float *gradient, float *result);

/* value, moved towards 0 by amount ≥ 0, and not past it: the minimum over x of
 * ½ (x − value)² + amount · |x|. */
static inline float smi_soft_threshold(const float value, const float amount)
{
    const float left = fabsf(value) - amount;
    return copysignf(left > 0.0F ? left : 0.0F, value) + 0.0F; /* no −0 */
}

/* The same for the first `count` values, with one amount. */
void smi_soft_threshold_all(float *values, float amount, size_t count);

#endif
