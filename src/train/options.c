/* The options' defaults and ranges. */
#include <math.h>

#include <softmax.h>

#include "base/status.h"
#include "sys/processor.h"

sm_train_options sm_train_options_default(void)
{
    return (sm_train_options){.solver = SM_SOLVER_LBFGS,
                              .learning_rate = 0.1,
                              .batch_size = 100,
                              .max_epochs = SM_AUTO,
                              .max_steps = SM_UNLIMITED,
                              .l2 = 1e-4,
                              .tolerance = 1e-4,
                              .history_size = 10,
                              .shuffle = true,
                              .threads = smi_processor_count()};
}

static sm_status fail_range(const char *const field, const double value, const char *const range)
{
    return smi_fail(SM_ERROR_ARGUMENT, "%s is %g; it must be %s", field, value, range);
}

sm_status sm_train_options_check(const sm_train_options *const options)
{
    if (options == NULL) {
        return smi_fail_null(__func__, "options");
    }
    const sm_train_options *const o = options;
    if (o->solver != SM_SOLVER_LBFGS && o->solver != SM_SOLVER_GD && o->solver != SM_SOLVER_SGD) {
        return fail_range("solver", (double)o->solver, "one of sm_solver");
    }
    if (!(o->learning_rate > 0.0) || !isfinite(o->learning_rate)) {
        return fail_range("learning_rate", o->learning_rate, "a finite number above 0");
    }
    if (!(o->momentum >= 0.0 && o->momentum < 1.0)) {
        return fail_range("momentum", o->momentum, "0 or more, and below 1");
    }
    if (o->batch_size == 0) {
        return fail_range("batch_size", 0.0, "1 or more");
    }
    if (!(o->l2 >= 0.0) || !isfinite(o->l2)) {
        return fail_range("l2", o->l2, "a finite number, 0 or more");
    }
    if (!(o->tolerance >= 0.0) || !isfinite(o->tolerance)) {
        return fail_range("tolerance", o->tolerance, "a finite number, 0 or more");
    }
    if (o->history_size == 0 || o->history_size > 100) {
        return fail_range("history_size", (double)o->history_size, "1 … 100");
    }
    if (o->threads == 0 || o->threads > SMI_MAX_THREADS) {
        return fail_range("threads", (double)o->threads, "1 … 256");
    }
    return SM_OK;
}
