/* Small softmax regressions in double precision: derivatives from their formulas, and the minimum
 * by Newton's method with Gauss's elimination. */
#ifndef TESTS_UNIT_TRAIN_EXACT_MINIMUM_H
#define TESTS_UNIT_TRAIN_EXACT_MINIMUM_H

#include "support/made_data.h"
#include "unit/train/exact_objective.h"

enum { EXACT_MOST = 6 * 3 }; /* parameters: of up to 5 features, as floats, and 3 classes */

/* The value at w, kernel and behind it bias; with gradient and, unless that is NULL,
 * Hessian. */
double exact_derivatives(const made_data *data, double l2, const double *w, double *gradient,
                         double hessian[EXACT_MOST][EXACT_MOST]);

/* The smallest value. */
double exact_minimum(const made_data *data, const exact_objective *exact);

#endif
