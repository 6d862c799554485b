/* How much the rows of each class count. */
#ifndef SMI_TRAIN_CLASS_WEIGHTS_H
#define SMI_TRAIN_CLASS_WEIGHTS_H

#include <softmax.h>

/* Whether the weights, or NULL, are what sm_train_options asks for; one for each class. */
sm_status smi_class_weights_check(const double *weights, size_t classes);

#endif
