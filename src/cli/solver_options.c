#include "cli/solver_options.h"

#include <stddef.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"

#define BIT(solver) (1U << (unsigned)(solver))

/* Without hidden layers auto is one of the first two, so that what lbfgs alone has is not wrong
 * with it. */
enum {
    LBFGS = BIT(SM_SOLVER_LBFGS) | BIT(SM_SOLVER_AUTO),
    ADAM = BIT(SM_SOLVER_ADAM) | BIT(SM_SOLVER_ADAMW),
    ACCUMULATING = BIT(SM_SOLVER_ADAGRAD) | BIT(SM_SOLVER_FTRL),
    MINIBATCH = BIT(SM_SOLVER_SGD) | ADAM | ACCUMULATING,
    WITH_RATE = BIT(SM_SOLVER_GD) | MINIBATCH
};

typedef struct solver_option {
    const char *name;
    size_t offset; /* in sm_train_options */
    size_t size;
    unsigned solvers;
    const char *whose;
} solver_option;

#define FIELD(name) offsetof(sm_train_options, name), sizeof((sm_train_options){0}.name)

static const char minibatches[] = "sgd, adam, adamw, adagrad and ftrl";
static const char adams[] = "adam and adamw";

static const solver_option solver_options[] = {
    {"history-size", FIELD(history_size), LBFGS, "lbfgs"},
    {"learning-rate", FIELD(learning_rate), WITH_RATE, "gd, sgd, adam, adamw, adagrad and ftrl"},
    {"schedule", FIELD(schedule), WITH_RATE, "gd, sgd, adam, adamw, adagrad and ftrl"},
    {"batch-size", FIELD(batch_size), MINIBATCH, minibatches},
    {"no-shuffle", FIELD(shuffle), MINIBATCH, minibatches},
    {"clip-norm", FIELD(clip_norm), MINIBATCH, minibatches},
    {"momentum", FIELD(momentum), BIT(SM_SOLVER_SGD), "sgd"},
    {"nesterov", FIELD(nesterov), BIT(SM_SOLVER_SGD), "sgd"},
    {"beta1", FIELD(beta1), ADAM, adams},
    {"beta2", FIELD(beta2), ADAM, adams},
    {"epsilon", FIELD(epsilon), ADAM, adams},
    {"weight-decay", FIELD(weight_decay), BIT(SM_SOLVER_ADAMW), "adamw"},
    {"initial-accumulator", FIELD(initial_accumulator), ACCUMULATING, "adagrad and ftrl"},
};

static bool differ(const sm_train_options *const a, const sm_train_options *const b,
                   const size_t offset, const size_t size)
{
    return memcmp((const char *)a + offset, (const char *)b + offset, size) != 0;
}

int cli_check_solver_options(const sm_train_options *const chosen, const bool network)
{
    /* what auto comes to there */
    const sm_solver solver =
        network && chosen->solver == SM_SOLVER_AUTO ? SM_SOLVER_ADAM : chosen->solver;
    const sm_train_options usual = sm_train_options_default();
    for (size_t i = 0; i < sizeof solver_options / sizeof *solver_options; i++) {
        const solver_option *const option = &solver_options[i];
        if ((option->solvers & BIT(solver)) == 0 &&
            differ(chosen, &usual, option->offset, option->size)) {
            cli_say("--%s is for %s; the solver is %s", option->name, option->whose,
                    sm_solver_name(solver));
            return CLI_WRONG_USAGE;
        }
    }
    if (chosen->schedule == SM_SCHEDULE_CONSTANT &&
        (chosen->decay_rate != usual.decay_rate || chosen->decay_steps != usual.decay_steps)) {
        cli_say("--%s needs --schedule step, cosine or inverse-time",
                chosen->decay_rate != usual.decay_rate ? "decay-rate" : "decay-steps");
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}
