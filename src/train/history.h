/* The record of a training run. */
#ifndef SMI_TRAIN_HISTORY_H
#define SMI_TRAIN_HISTORY_H

#include <softmax.h>

struct sm_history {
    sm_epoch *epochs;
    size_t count;
    size_t capacity;
    sm_train_summary summary;
};

sm_status smi_history_create(sm_history **history);
sm_status smi_history_append(sm_history *history, const sm_epoch *epoch);

#endif
