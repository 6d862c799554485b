/* Learning rates: where they begin, and how they change. */
#ifndef SMI_TRAIN_SCHEDULE_H
#define SMI_TRAIN_SCHEDULE_H

#include <softmax.h>

/* The options' schedule with nothing left to be chosen. */
typedef struct smi_schedule {
    sm_schedule kind;
    double rate; /* at first */
    double decay_steps;
    double decay_rate;
} smi_schedule;

/* Fills in what the options leave open. planned_steps may be SM_UNLIMITED. */
smi_schedule smi_schedule_of(const sm_train_options *options, size_t planned_steps,
                             size_t steps_per_epoch);

/* The rate of the step that has `step` others before it. */
double smi_rate_at(const smi_schedule *schedule, size_t step);

#endif
