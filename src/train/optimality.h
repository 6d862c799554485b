/* How far the objective is above its minimum at most: a certificate by duality, derived in
 * docs/numerics.md, section 9. */
#ifndef SMI_TRAIN_OPTIMALITY_H
#define SMI_TRAIN_OPTIMALITY_H

#include "train/objective.h"

/* The objective is softmax regression's: the mean over rows, with weights whose mean is 1, of the
 * cross-entropy of kernel and bias, plus l2/2 · ‖kernel‖².
 *   value          at the parameters, the smooth part
 *   gradient       likewise
 *   zero_gradient  at zero parameters
 *   work           room for two vectors
 * NaN when l2 is 0: then nothing is known. */
double smi_optimality_gap_bound(const smi_objective *objective, double l1, double l2,
                                const float *parameters, const smi_value *value,
                                const float *gradient, const float *zero_gradient, float *work);

#endif
