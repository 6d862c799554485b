#include "train/fit.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/clock.h"
#include "train/history.h"

static size_t automatic_epochs(const sm_train_options *const options)
{
    if (options->max_epochs != SM_AUTO) {
        return options->max_epochs;
    }
    if (options->max_steps != SM_UNLIMITED) {
        return SM_UNLIMITED;
    }
    return smi_is_stochastic(options->solver) ? 20 : 1000;
}

void smi_fit_start(smi_fit *const fit, const sm_train_options *const options, const size_t rows,
                   const size_t steps_per_epoch, const smi_objective *const validation,
                   sm_history *const history)
{
    const double now = smi_clock_seconds();
    *fit = (smi_fit){.options = options,
                     .max_epochs = automatic_epochs(options),
                     .rows_per_epoch = rows,
                     .steps_per_epoch = steps_per_epoch,
                     .pause_step = SM_UNLIMITED,
                     .validation = validation,
                     .history = history,
                     .zero_gradient_norm = NAN,
                     .best_loss = INFINITY,
                     .started = now,
                     .kept_clock = now};
    size_t steps = 0;
    if (!smi_multiply_size(fit->max_epochs, steps_per_epoch, &steps)) {
        steps = SM_UNLIMITED;
    }
    fit->planned_steps = smi_min_size(steps, options->max_steps);
    fit->schedule = smi_schedule_of(options, fit->planned_steps, steps_per_epoch);
}

void smi_fit_keep_best(smi_fit *const fit, float *const best, const size_t parameter_count)
{
    fit->best = best;
    fit->parameter_count = parameter_count;
}

double smi_fit_rate(const smi_fit *const fit)
{
    return smi_rate_at(&fit->schedule, fit->step);
}

smi_value smi_fit_first(const smi_fit *const fit, const smi_objective *const objective,
                        const float *const parameters, float *const gradient)
{
    if (fit->first_gradient == NULL) {
        return smi_evaluate_all(objective, parameters, gradient);
    }
    memcpy(gradient, fit->first_gradient, objective->parameter_count * sizeof *gradient);
    return fit->first_value;
}

double smi_fit_seconds(const smi_fit *const fit)
{
    return smi_clock_seconds() - fit->started;
}

bool smi_fit_is_over(const smi_fit *const fit)
{
    return fit->interrupted || fit->stopped_early || fit->converged || fit->stalled ||
           fit->step >= fit->planned_steps;
}

bool smi_fit_may_step(const smi_fit *const fit)
{
    return !smi_fit_is_over(fit) && fit->step < fit->pause_step;
}

sm_status smi_fail_diverged(const smi_fit *const fit)
{
    if (fit->step == 0) {
        return smi_fail(SM_ERROR_DIVERGED,
                        "the loss is not a finite number to begin with: the features, or the first "
                        "weights, are too large");
    }
    return smi_fail(SM_ERROR_DIVERGED,
                    "the loss is no longer a finite number after step %zu; a smaller learning rate "
                    "usually helps",
                    fit->step);
}

/* Adds the step to its epoch. */
static void count_step(smi_fit *const fit, const smi_step *const step)
{
    if (!fit->epoch_open) {
        fit->epoch++;
        fit->epoch_loss = 0.0;
        fit->epoch_correct = 0.0;
        fit->epoch_rows = 0.0;
    }
    fit->step++;
    fit->epoch_loss += step->value.loss * (double)step->rows;
    fit->epoch_correct += step->value.accuracy * (double)step->rows;
    fit->epoch_rows += (double)step->rows;
    fit->epoch_open = fit->epoch_rows < (double)fit->rows_per_epoch;
}

static sm_status close_epoch(const smi_fit *const fit, const sm_progress *const progress)
{
    const sm_epoch epoch = {.step = fit->step,
                            .seconds = progress->seconds,
                            .loss = progress->epoch_loss,
                            .accuracy = progress->epoch_accuracy,
                            .validation_loss = progress->validation_loss,
                            .validation_accuracy = progress->validation_accuracy};
    return smi_history_append(fit->history, &epoch);
}

/* Keeps the parameters of the best epoch, and loses patience. */
static void keep_best(smi_fit *const fit, const double validation_loss,
                      const float *const parameters)
{
    if (validation_loss < fit->best_loss) {
        fit->best_loss = validation_loss;
        fit->best_epoch = fit->epoch;
        memcpy(fit->best, parameters, fit->parameter_count * sizeof *fit->best);
    }
    fit->stopped_early = fit->epoch - fit->best_epoch >= fit->options->patience;
}

sm_status smi_fit_record(smi_fit *const fit, const smi_step *const step)
{
    const double seconds = smi_fit_seconds(fit);
    const bool has_rate = fit->options->solver >= SM_SOLVER_GD;
    const double rate = has_rate ? smi_fit_rate(fit) : NAN; /* of this step, not the next */
    count_step(fit, step);
    sm_progress progress = {.step = fit->step,
                            .epoch = fit->epoch,
                            .planned_steps = fit->planned_steps,
                            .epoch_ended = !fit->epoch_open,
                            .loss = step->value.loss,
                            .accuracy = step->value.accuracy,
                            .gradient_norm = step->gradient_norm / fit->zero_gradient_norm,
                            .validation_loss = NAN,
                            .validation_accuracy = NAN,
                            .seconds = seconds,
                            .solver = fit->options->solver,
                            .steps_per_epoch = fit->steps_per_epoch,
                            .epoch_loss = fit->epoch_loss / fit->epoch_rows,
                            .epoch_accuracy = fit->epoch_correct / fit->epoch_rows,
                            .learning_rate = rate,
                            .parameters = step->parameters};
    sm_status status = SM_OK;
    if (progress.epoch_ended) {
        if (fit->validation != NULL) {
            const smi_value value = smi_evaluate_all(fit->validation, step->parameters, NULL);
            progress.validation_loss = value.loss;
            progress.validation_accuracy = value.accuracy;
            if (fit->best != NULL) {
                keep_best(fit, value.loss, step->parameters);
            }
        }
        status = fit->history != NULL ? close_epoch(fit, &progress) : SM_OK;
    }
    if (fit->options->on_progress != NULL &&
        !fit->options->on_progress(&progress, fit->options->user)) {
        fit->interrupted = true;
    }
    fit->started = smi_clock_seconds() - seconds;
    return status;
}
