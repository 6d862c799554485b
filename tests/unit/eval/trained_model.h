/* Models that are at the maximum of the likelihood, as statistics need them. */
#ifndef TESTS_UNIT_EVAL_TRAINED_MODEL_H
#define TESTS_UNIT_EVAL_TRAINED_MODEL_H

#include <softmax.h>

/* Softmax regression, trained to a tolerance of 1e-6. */
sm_model *trained_model(sm_shape shape, const sm_dataset *data, double l2);

#endif
