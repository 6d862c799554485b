/* How a model was trained, in the words of the command line, for its file. */
#ifndef SMI_TRAIN_DESCRIBE_H
#define SMI_TRAIN_DESCRIBE_H

#include <softmax.h>

#include "train/schedule.h"

/* Puts it into the model. options: with the solver that was used. Times and thread counts stay out:
 * the same training gives the same file. */
sm_status smi_describe_training(sm_model *model, const sm_train_options *options,
                                const smi_schedule *schedule, const sm_history *history,
                                size_t rows);

#endif
