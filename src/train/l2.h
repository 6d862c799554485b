/* The penalty that is smooth. */
#ifndef SMI_TRAIN_L2_H
#define SMI_TRAIN_L2_H

#include <stddef.h>

#include "train/vector.h"

/* l2/2 · ‖weights‖²; its gradient is added, unless that is NULL. */
static inline double smi_l2_penalty(const double l2, const float *const weights, const size_t count,
                                    float *const gradient)
{
    if (l2 == 0.0) {
        return 0.0;
    }
    if (gradient != NULL) {
        smi_add_scaled(l2, weights, gradient, count);
    }
    return 0.5 * l2 * smi_dot(weights, weights, count);
}

#endif
