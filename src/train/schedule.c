#include "train/schedule.h"

#include <math.h>

static double usual_rate(const sm_solver solver)
{
    switch (solver) {
    case SM_SOLVER_ADAM:
    case SM_SOLVER_ADAMW:
        return 0.001; /* as the paper has it */
    case SM_SOLVER_FTRL:
        return 0.2; /* as TensorFlow's linear classifier has it */
    default:
        return 0.1;
    }
}

static double usual_decay_steps(const sm_schedule kind, const size_t planned_steps,
                                const size_t steps_per_epoch)
{
    if (kind == SM_SCHEDULE_INVERSE_TIME || planned_steps == SM_UNLIMITED) {
        return (double)steps_per_epoch;
    }
    const double planned = (double)planned_steps;
    return fmax(kind == SM_SCHEDULE_STEP ? ceil(planned / 3.0) : planned, 1.0);
}

static double usual_decay_rate(const sm_schedule kind)
{
    return kind == SM_SCHEDULE_STEP ? 0.1 : kind == SM_SCHEDULE_COSINE ? 0.0 : 1.0;
}

smi_schedule smi_schedule_of(const sm_train_options *const options, const size_t planned_steps,
                             const size_t steps_per_epoch)
{
    const bool rate_is_open = options->learning_rate == SM_AUTO_RATE;
    const bool decay_is_open = options->decay_rate == SM_AUTO_RATE;
    return (smi_schedule){
        .kind = options->schedule,
        .rate = rate_is_open ? usual_rate(options->solver) : options->learning_rate,
        .decay_steps = options->decay_steps == SM_AUTO
                           ? usual_decay_steps(options->schedule, planned_steps, steps_per_epoch)
                           : (double)options->decay_steps,
        .decay_rate = decay_is_open ? usual_decay_rate(options->schedule) : options->decay_rate};
}

double smi_rate_at(const smi_schedule *const schedule, const size_t step)
{
    const double pi = 3.14159265358979323846;
    const double past = (double)step / schedule->decay_steps;
    const double decay = schedule->decay_rate;
    double share = 1.0;
    switch (schedule->kind) {
    case SM_SCHEDULE_CONSTANT:
        break;
    case SM_SCHEDULE_STEP:
        share = pow(decay, floor(past));
        break;
    case SM_SCHEDULE_COSINE:
        share = decay + (1.0 - decay) * 0.5 * (1.0 + cos(pi * fmin(past, 1.0)));
        break;
    case SM_SCHEDULE_INVERSE_TIME:
        share = 1.0 / (1.0 + decay * past);
        break;
    }
    return schedule->rate * share;
}
