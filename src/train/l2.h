/* The penalty that is smooth. */
#ifndef SMI_TRAIN_L2_H
#define SMI_TRAIN_L2_H

#include <stddef.h>

#include "sys/pool.h"

/* l2/2 · ‖weights‖²; its gradient is added, unless that is NULL. */
double smi_l2_penalty(double l2, const float *weights, size_t count, float *gradient,
                      smi_pool *pool);

#endif
