#include "train/describe.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "model/model.h"
#include "train/fit.h"
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

/* One object with the keys of both, which are given up; NULL when there is not the memory. */
static json_t *joined(json_t *const object, json_t *const more)
{
    const bool whole = object != NULL && more != NULL && json_object_update(object, more) == 0;
    json_decref(more);
    if (whole) {
        return object;
    }
    json_decref(object);
    return NULL;
}

static json_t *batches(const sm_train_options *const options, const size_t rows)
{
    return json_pack("{s:I, s:b, s:o}", "batch_size",
                     (json_int_t)smi_min_size(options->batch_size, rows), "shuffle",
                     (int)options->shuffle, "seed", seed_text(options->seed));
}

static json_t *rates(const smi_schedule *const schedule)
{
    static const char *const kinds[] = {[SM_SCHEDULE_CONSTANT] = "constant",
                                        [SM_SCHEDULE_STEP] = "step",
                                        [SM_SCHEDULE_COSINE] = "cosine",
                                        [SM_SCHEDULE_INVERSE_TIME] = "inverse-time"};
    if (schedule->kind == SM_SCHEDULE_CONSTANT) {
        return json_pack("{s:f}", "learning_rate", schedule->rate);
    }
    return json_pack("{s:f, s:s, s:f, s:f}", "learning_rate", schedule->rate, "schedule",
                     kinds[schedule->kind], "decay_steps", schedule->decay_steps, "decay_rate",
                     schedule->decay_rate);
}

/* What only one solver knows. */
static json_t *own_settings(const sm_train_options *const options)
{
    switch (options->solver) {
    case SM_SOLVER_LBFGS:
        return json_pack("{s:f, s:I}", "tolerance", options->tolerance, "history_size",
                         (json_int_t)options->history_size);
    case SM_SOLVER_NEWTON_CG:
    case SM_SOLVER_GD:
        return json_pack("{s:f}", "tolerance", options->tolerance);
    case SM_SOLVER_SGD:
        return json_pack("{s:f, s:b}", "momentum", options->momentum, "nesterov",
                         (int)options->nesterov);
    case SM_SOLVER_ADAM:
        return json_pack("{s:f, s:f, s:f}", "beta1", options->beta1, "beta2", options->beta2,
                         "epsilon", options->epsilon);
    case SM_SOLVER_ADAMW:
        return json_pack("{s:f, s:f, s:f, s:f}", "beta1", options->beta1, "beta2", options->beta2,
                         "epsilon", options->epsilon, "weight_decay", options->weight_decay);
    default:
        return json_pack("{s:f}", "initial_accumulator", options->initial_accumulator);
    }
}

/* The description with the class weights, if there are any; NULL when there is not the memory. */
static json_t *with_class_weights(json_t *const description, const double *const weights,
                                  const size_t classes)
{
    if (weights == NULL) {
        return description;
    }
    json_t *const list = json_array();
    for (size_t c = 0; c < classes; c++) {
        if (json_array_append_new(list, json_real(weights[c])) != 0) {
            json_decref(list);
            json_decref(description);
            return NULL;
        }
    }
    return joined(description, json_pack("{s:o}", "class_weights", list));
}

/* The description with what was minimised, where that is not the cross-entropy from logits. */
static json_t *with_loss(json_t *description, const sm_train_options *const options)
{
    if (options->loss == SM_LOSS_FROM_PROBABILITIES) {
        description = joined(description, json_pack("{s:s}", "loss_from", "probabilities"));
    }
    return options->label_smoothing > 0.0
               ? joined(description,
                        json_pack("{s:f}", "label_smoothing", options->label_smoothing))
               : description;
}

static json_t *solver_settings(const sm_train_options *const options,
                               const smi_schedule *const schedule, const size_t rows)
{
    json_t *settings = json_pack("{s:s}", "name", sm_solver_name(options->solver));
    if (options->solver >= SM_SOLVER_GD) {
        settings = joined(settings, rates(schedule));
    }
    settings = joined(settings, own_settings(options));
    if (smi_is_stochastic(options->solver)) {
        settings = joined(settings, batches(options, rows));
        if (isfinite(options->clip_norm)) {
            settings = joined(settings, json_pack("{s:f}", "clip_norm", options->clip_norm));
        }
    }
    return settings;
}

sm_status smi_describe_training(sm_model *const model, const sm_train_options *const options,
                                const smi_schedule *const schedule, const sm_history *const history,
                                const size_t rows)
{
    const sm_train_summary *const summary = &history->summary;
    json_t *description = json_pack(
        "{s:o, s:f, s:f, s:I, s:I, s:I, s:b, s:o, s:o, s:s}", "solver",
        solver_settings(options, schedule, rows), "l1", options->l1, "l2", options->l2, "rows",
        (json_int_t)rows, "epochs", (json_int_t)summary->epochs, "steps",
        (json_int_t)summary->steps, "converged", (int)summary->converged, "objective",
        number(summary->objective), "loss", number(summary->loss), "isa", model->kernels->isa);
    description = with_class_weights(description, options->class_weights, model->shape.classes);
    description = with_loss(description, options);
    char *const text = description == NULL ? NULL : json_dumps(description, JSON_COMPACT);
    json_decref(description);
    if (text == NULL) {
        return smi_fail_memory("the training description");
    }
    const sm_status status = smi_model_set_training(model, text);
    free(text);
    return status;
}
