/* The options' defaults and ranges. */
#include <math.h>

#include <softmax.h>

#include "base/status.h"
#include "sys/processor.h"

static const char *const names[] = {[SM_SOLVER_AUTO] = "auto",
                                    [SM_SOLVER_LBFGS] = "lbfgs",
                                    [SM_SOLVER_NEWTON_CG] = "newton-cg",
                                    [SM_SOLVER_GD] = "gd",
                                    [SM_SOLVER_SGD] = "sgd",
                                    [SM_SOLVER_ADAM] = "adam",
                                    [SM_SOLVER_ADAMW] = "adamw",
                                    [SM_SOLVER_ADAGRAD] = "adagrad",
                                    [SM_SOLVER_FTRL] = "ftrl"};

const char *sm_solver_name(const sm_solver solver)
{
    const size_t index = (size_t)solver;
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

sm_train_options sm_train_options_default(void)
{
    return (sm_train_options){.solver = SM_SOLVER_AUTO,
                              .learning_rate = SM_AUTO_RATE,
                              .schedule = SM_SCHEDULE_CONSTANT,
                              .decay_steps = SM_AUTO,
                              .decay_rate = SM_AUTO_RATE,
                              .beta1 = 0.9,
                              .beta2 = 0.999,
                              .epsilon = 1e-7,
                              .weight_decay = 0.01,
                              .initial_accumulator = 0.1,
                              .clip_norm = INFINITY,
                              .batch_size = 100,
                              .max_epochs = SM_AUTO,
                              .max_steps = SM_UNLIMITED,
                              .patience = SM_UNLIMITED,
                              .l2 = 1e-4,
                              .loss = SM_LOSS_FROM_LOGITS,
                              .tolerance = 1e-4,
                              .history_size = 10,
                              .shuffle = true,
                              .threads = smi_processor_count(),
                              .checkpoint_steps = SM_UNLIMITED,
                              .checkpoint_seconds = 60.0};
}

/* ---- ranges ---- */

typedef enum range { ABOVE_ZERO, ZERO_OR_MORE, BELOW_ONE, UP_TO_ONE } range;

/* A number and where it has to lie. */
typedef struct number {
    const char *field;
    double value;
    range range;
    bool may_be_auto; /* SM_AUTO_RATE */
} number;

static const char *const range_texts[] = {[ABOVE_ZERO] = "a finite number above 0",
                                          [ZERO_OR_MORE] = "a finite number, 0 or more",
                                          [BELOW_ONE] = "0 or more, and below 1",
                                          [UP_TO_ONE] = "0 … 1"};

static bool is_within(const double value, const range wanted)
{
    switch (wanted) {
    case ABOVE_ZERO:
        return value > 0.0 && isfinite(value);
    case ZERO_OR_MORE:
        return value >= 0.0 && isfinite(value);
    case BELOW_ONE:
        return value >= 0.0 && value < 1.0;
    case UP_TO_ONE:
        return value >= 0.0 && value <= 1.0;
    }
    return false;
}

static sm_status fail_range(const char *const field, const double value, const char *const text)
{
    return smi_fail(SM_ERROR_ARGUMENT, "%s is %g; it must be %s", field, value, text);
}

static sm_status check_numbers(const sm_train_options *const o)
{
    const bool shrinks = o->schedule == SM_SCHEDULE_STEP || o->schedule == SM_SCHEDULE_COSINE;
    const number numbers[] = {
        {"learning_rate", o->learning_rate, ABOVE_ZERO, true},
        {"decay_rate", o->decay_rate, shrinks ? UP_TO_ONE : ZERO_OR_MORE, true},
        {"momentum", o->momentum, BELOW_ONE, false},
        {"beta1", o->beta1, BELOW_ONE, false},
        {"beta2", o->beta2, BELOW_ONE, false},
        {"epsilon", o->epsilon, ABOVE_ZERO, false},
        {"weight_decay", o->weight_decay, ZERO_OR_MORE, false},
        {"initial_accumulator", o->initial_accumulator, ABOVE_ZERO, false},
        {"clip_norm", o->clip_norm == INFINITY ? 1.0 : o->clip_norm, ABOVE_ZERO, false},
        {"l1", o->l1, ZERO_OR_MORE, false},
        {"l2", o->l2, ZERO_OR_MORE, false},
        {"label_smoothing", o->label_smoothing, BELOW_ONE, false},
        {"tolerance", o->tolerance, ZERO_OR_MORE, false},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const number *const now = &numbers[i];
        if (!(now->may_be_auto && now->value == SM_AUTO_RATE) &&
            !is_within(now->value, now->range)) {
            return fail_range(now->field, now->value, range_texts[now->range]);
        }
    }
    return SM_OK;
}

static sm_status check_counts(const sm_train_options *const o)
{
    if (o->decay_steps == 0) {
        return fail_range("decay_steps", 0.0, "1 or more");
    }
    if (o->batch_size == 0) {
        return fail_range("batch_size", 0.0, "1 or more");
    }
    if (o->patience == 0) {
        return fail_range("patience", 0.0, "1 or more");
    }
    if (o->checkpoint_steps == 0) {
        return fail_range("checkpoint_steps", 0.0, "1 or more");
    }
    if (!(o->checkpoint_seconds >= 0.0)) {
        return fail_range("checkpoint_seconds", o->checkpoint_seconds, "0 or more");
    }
    if (o->history_size == 0 || o->history_size > 100) {
        return fail_range("history_size", (double)o->history_size, "1 … 100");
    }
    if (o->threads == 0 || o->threads > SMI_MAX_THREADS) {
        return fail_range("threads", (double)o->threads, "1 … 256");
    }
    return SM_OK;
}

/* Options that are right alone and wrong together. */
static sm_status check_pairs(const sm_train_options *const o)
{
    if (o->solver == SM_SOLVER_NEWTON_CG && o->l1 > 0.0) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "newton-cg needs a smooth objective, and l1 is %g; lbfgs, gd, sgd, adam, "
                        "adamw, adagrad and ftrl can have l1",
                        o->l1);
    }
    if (o->solver == SM_SOLVER_NEWTON_CG && o->loss == SM_LOSS_FROM_PROBABILITIES) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "newton-cg needs the loss from logits, and it is from probabilities; "
                        "lbfgs, gd, sgd, adam, adamw, adagrad and ftrl can take either");
    }
    if (o->schedule != SM_SCHEDULE_CONSTANT &&
        (o->solver == SM_SOLVER_LBFGS || o->solver == SM_SOLVER_NEWTON_CG)) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "a schedule needs a solver with a learning rate: gd, sgd, adam, adamw, "
                        "adagrad or ftrl; solver is %s",
                        sm_solver_name(o->solver));
    }
    return SM_OK;
}

sm_status sm_train_options_check(const sm_train_options *const options)
{
    if (options == NULL) {
        return smi_fail_null(__func__, "options");
    }
    if (sm_solver_name(options->solver) == NULL) {
        return fail_range("solver", (double)options->solver, "one of sm_solver");
    }
    if ((size_t)options->schedule > SM_SCHEDULE_INVERSE_TIME) {
        return fail_range("schedule", (double)options->schedule, "one of sm_schedule");
    }
    if ((size_t)options->loss > SM_LOSS_FROM_PROBABILITIES) {
        return fail_range("loss", (double)options->loss, "one of sm_loss");
    }
    sm_status status = check_numbers(options);
    if (status == SM_OK) {
        status = check_counts(options);
    }
    return status == SM_OK ? check_pairs(options) : status;
}
