#include "train/checkpointing.h"

#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/clock.h"
#include "train/checkpoint.h"
#include "train/fingerprint.h"
#include "train/history.h"

static const smi_checkpoint *resumed_by(const smi_fit *const fit)
{
    return fit->checkpoints == NULL ? NULL : fit->checkpoints->resumed;
}

/* Numbers of an epoch in the history; its step follows from its place. */
enum { EPOCH_NUMBERS = 5 };

/* What the fit has to remember beside what it has as numbers already. */
typedef struct fit_memory {
    double seconds;
    double *epochs; /* epoch_count × EPOCH_NUMBERS */
    size_t epoch_count;
} fit_memory;

/* What follows from the number of steps, as that many make each epoch, is not listed. */
static void list_all(smi_fit *const fit, fit_memory *const own, const smi_memory *const memory,
                     smi_state *const state)
{
    state->count = 0;
    smi_state_sizes(state, "step", &fit->step, 1, SIZE_MAX);
    smi_state_flag(state, "stalled", &fit->stalled);
    smi_state_doubles(state, "seconds", &own->seconds, 1);
    smi_state_doubles(state, "epoch.loss", &fit->epoch_loss, 1);
    smi_state_doubles(state, "epoch.correct", &fit->epoch_correct, 1);
    smi_state_doubles(state, "epochs", own->epochs, own->epoch_count * EPOCH_NUMBERS);
    if (fit->best != NULL) {
        smi_state_sizes(state, "best.epoch", &fit->best_epoch, 1, SIZE_MAX);
        smi_state_doubles(state, "best.loss", &fit->best_loss, 1);
        smi_state_parameters(state, "best.parameters", fit->best, fit->parameter_count);
    }
    memory->list(memory->solver, state);
}

/* ---- before ---- */

void smi_checkpoints_free(smi_checkpoints *const checkpoints)
{
    if (checkpoints == NULL) {
        return;
    }
    json_decref(checkpoints->fingerprint);
    smi_checkpoint_free(checkpoints->resumed);
    smi_free(checkpoints);
}

static sm_status open_resumed(const char *const path, smi_checkpoints *const made)
{
    const sm_status status = smi_checkpoint_open(path, &made->resumed);
    return status == SM_OK
               ? smi_fingerprint_compare(smi_checkpoint_fingerprint(made->resumed),
                                         made->fingerprint, smi_checkpoint_name(made->resumed))
               : status;
}

sm_status smi_checkpointing_prepare(smi_fit *const fit, const sm_model *const model,
                                    const sm_dataset *const train,
                                    const sm_dataset *const validation,
                                    smi_checkpoints **const checkpoints)
{
    const sm_train_options *const options = fit->options;
    *checkpoints = NULL;
    if (options->checkpoint == NULL && options->resume == NULL) {
        return SM_OK;
    }
    smi_checkpoints *const made = smi_array(1, sizeof *made);
    if (made == NULL) {
        return smi_fail_memory("a checkpoint");
    }
    made->fingerprint = smi_fingerprint(fit, model, train, validation);
    sm_status status = made->fingerprint == NULL ? smi_fail_memory("a checkpoint") : SM_OK;
    if (status == SM_OK && options->resume != NULL) {
        status = open_resumed(options->resume, made);
    }
    if (status != SM_OK) {
        smi_checkpoints_free(made);
        return status;
    }
    *checkpoints = made;
    fit->checkpoints = made;
    return SM_OK;
}

/* ---- writing ---- */

static sm_status take_epochs(const sm_history *const history, fit_memory *const own)
{
    own->epoch_count = history->count;
    own->epochs = smi_array(history->count, EPOCH_NUMBERS * sizeof *own->epochs);
    if (own->epochs == NULL) {
        return smi_fail_memory("a checkpoint");
    }
    for (size_t i = 0; i < history->count; i++) {
        const sm_epoch *const epoch = &history->epochs[i];
        double *const numbers = own->epochs + i * EPOCH_NUMBERS;
        numbers[0] = epoch->seconds;
        numbers[1] = epoch->loss;
        numbers[2] = epoch->accuracy;
        numbers[3] = epoch->validation_loss;
        numbers[4] = epoch->validation_accuracy;
    }
    return SM_OK;
}

/* The time that it takes is not the solver's. */
static sm_status write_checkpoint(smi_fit *const fit, const smi_memory *const memory)
{
    smi_state state;
    fit_memory own = {.seconds = smi_fit_seconds(fit)};
    sm_status status = take_epochs(fit->history, &own);
    if (status == SM_OK) {
        list_all(fit, &own, memory, &state);
        status =
            smi_checkpoint_write(fit->options->checkpoint, fit->checkpoints->fingerprint, &state);
    }
    smi_free(own.epochs);
    fit->kept_step = fit->step;
    fit->kept_clock = smi_clock_seconds();
    fit->started = fit->kept_clock - own.seconds;
    return status;
}

sm_status smi_checkpointing_step(smi_fit *const fit, const smi_memory *const memory)
{
    const sm_train_options *const options = fit->options;
    const bool due = options->checkpoint != NULL &&
                     (fit->step - fit->kept_step >= options->checkpoint_steps ||
                      smi_clock_seconds() - fit->kept_clock >= options->checkpoint_seconds);
    return due ? write_checkpoint(fit, memory) : SM_OK;
}

sm_status smi_checkpointing_end(smi_fit *const fit, const smi_memory *const memory)
{
    const bool due = fit->options->checkpoint != NULL && smi_fit_is_over(fit);
    return due ? write_checkpoint(fit, memory) : SM_OK;
}

/* ---- going on ---- */

sm_status smi_checkpointing_refuse(const smi_fit *const fit, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: the checkpoint contradicts itself: %s",
                    smi_checkpoint_name(resumed_by(fit)), what);
}

/* All that follows from the number of steps, once that is known. */
static sm_status place(smi_fit *const fit)
{
    const size_t per_epoch = fit->steps_per_epoch;
    const size_t ended = fit->step / per_epoch;
    const size_t in_epoch = fit->step % per_epoch;
    if (fit->step > fit->planned_steps) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the checkpoint is of step %zu, the options allow %zu",
                        smi_checkpoint_name(resumed_by(fit)), fit->step, fit->planned_steps);
    }
    fit->epoch = ended + (in_epoch > 0 ? 1 : 0);
    fit->epoch_open = in_epoch > 0;
    fit->epoch_rows = (double)in_epoch * (double)fit->options->batch_size;
    return SM_OK;
}

static sm_status give_epochs(smi_fit *const fit, const fit_memory *const own)
{
    const size_t ended = fit->step / fit->steps_per_epoch;
    sm_status status = SM_OK;
    if (own->epoch_count != ended) {
        return smi_checkpointing_refuse(fit, "there are not as many epochs as its steps make");
    }
    for (size_t i = 0; i < ended && status == SM_OK; i++) {
        const double *const numbers = own->epochs + i * EPOCH_NUMBERS;
        const sm_epoch epoch = {.step = (i + 1) * fit->steps_per_epoch,
                                .seconds = numbers[0],
                                .loss = numbers[1],
                                .accuracy = numbers[2],
                                .validation_loss = numbers[3],
                                .validation_accuracy = numbers[4]};
        status = smi_history_append(fit->history, &epoch);
    }
    return status;
}

/* Patience is a limit: a longer one than before may not have run out yet. */
static sm_status give_best(smi_fit *const fit)
{
    const size_t ended = fit->step / fit->steps_per_epoch;
    if (fit->best == NULL) {
        return SM_OK;
    }
    if (fit->best_epoch > ended) {
        return smi_checkpointing_refuse(fit, "the best epoch is still to come");
    }
    fit->stopped_early = ended > 0 && ended - fit->best_epoch >= fit->options->patience;
    return SM_OK;
}

static sm_status restore(smi_fit *const fit, fit_memory *const own, const smi_memory *const memory)
{
    smi_state state;
    const size_t numbers = smi_checkpoint_count(resumed_by(fit), "epochs");
    own->epoch_count = numbers / EPOCH_NUMBERS;
    own->epochs = smi_array(own->epoch_count, EPOCH_NUMBERS * sizeof *own->epochs);
    if (own->epochs == NULL) {
        return smi_fail_memory("a checkpoint");
    }
    list_all(fit, own, memory, &state);
    sm_status status = smi_checkpoint_restore(resumed_by(fit), &state);
    if (status == SM_OK) {
        status = place(fit);
    }
    if (status == SM_OK) {
        status = give_epochs(fit, own);
    }
    if (status == SM_OK) {
        status = give_best(fit);
    }
    if (status == SM_OK && !(own->seconds >= 0.0 && isfinite(own->seconds))) {
        status = smi_checkpointing_refuse(fit, "its time is no time");
    }
    return status;
}

sm_status smi_checkpointing_resume(smi_fit *const fit, const smi_memory *const memory,
                                   bool *const resumed)
{
    fit_memory own = {0};
    *resumed = false;
    if (resumed_by(fit) == NULL) {
        return SM_OK;
    }
    const sm_status status = restore(fit, &own, memory);
    smi_free(own.epochs);
    if (status == SM_OK) {
        *resumed = true;
        fit->started = smi_clock_seconds() - own.seconds;
        fit->kept_step = fit->step;
    }
    return status;
}
