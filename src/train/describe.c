#include "train/describe.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "model/model.h"
#include "train/history.h"

/* JSON has no NaN and no infinity. */
static json_t *number(const double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

/* JSON integers are signed here; a seed beyond them is given as text. */
static json_t *seed_text(const uint64_t seed)
{
    char text[24];
    if (seed <= INT64_MAX) {
        return json_integer((json_int_t)seed);
    }
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    return json_string(text);
}

static json_t *solver_settings(const sm_train_options *const options, const size_t rows)
{
    switch (options->solver) {
    case SM_SOLVER_SGD:
        return json_pack("{s:s, s:f, s:f, s:b, s:I, s:b, s:o}", "name", "sgd", "learning_rate",
                         options->learning_rate, "momentum", options->momentum, "nesterov",
                         (int)options->nesterov, "batch_size",
                         (json_int_t)smi_min_size(options->batch_size, rows), "shuffle",
                         (int)options->shuffle, "seed", seed_text(options->seed));
    case SM_SOLVER_GD:
        return json_pack("{s:s, s:f}", "name", "gd", "learning_rate", options->learning_rate);
    default:
        return json_pack("{s:s, s:f, s:I}", "name", "lbfgs", "tolerance", options->tolerance,
                         "history_size", (json_int_t)options->history_size);
    }
}

sm_status smi_describe_training(sm_model *const model, const sm_train_options *const options,
                                const sm_history *const history, const size_t rows)
{
    const sm_train_summary *const summary = &history->summary;
    json_t *const description = json_pack(
        "{s:o, s:f, s:I, s:I, s:I, s:b, s:o, s:o, s:s}", "solver", solver_settings(options, rows),
        "l2", options->l2, "rows", (json_int_t)rows, "epochs", (json_int_t)summary->epochs, "steps",
        (json_int_t)summary->steps, "converged", (int)summary->converged, "objective",
        number(summary->objective), "loss", number(summary->loss), "isa", model->kernels->isa);
    char *const text = description == NULL ? NULL : json_dumps(description, JSON_COMPACT);
    json_decref(description);
    if (text == NULL) {
        return smi_fail_memory("the training description");
    }
    const sm_status status = smi_model_set_training(model, text);
    free(text);
    return status;
}
