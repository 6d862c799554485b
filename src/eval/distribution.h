/* Tails of the normal and the chi-square distribution. */
#ifndef SMI_EVAL_DISTRIBUTION_H
#define SMI_EVAL_DISTRIBUTION_H

#include <stddef.h>

/* The probability that a standard normal variable is at least |z| away from 0. */
double smi_normal_outside(double z);

/* The z ≥ 0 with that probability, which is above 0 and at most 1. */
double smi_normal_bound(double outside);

/* The probability that a chi-square variable of this many degrees of freedom, 1 or more, is at
 * least x. */
double smi_chi_square_above(double x, size_t degrees);

#endif
