#include "cli/cross_validate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "sys/clock.h"

static const double redraw_seconds = 0.1;

/* One fold: its rows, and the model that goes along the path. */
typedef struct fold {
    sm_dataset *rest;
    sm_dataset *held_out;
    sm_model *model;
} fold;

/* Where it stands, for the line on the terminal. */
typedef struct place {
    const cli_trial *trial;
    size_t number; /* of the trial, from 0 */
    size_t count;  /* of trials */
    size_t fold;   /* from 0 */
    size_t folds;
    bool draws;
    double last_draw; /* clock */
} place;

/* ---- progress ---- */

static void print_penalty(FILE *const file, const cli_trial *const trial)
{
    if (trial->l1 > 0.0) {
        (void)fprintf(file, "l1 %g  ", trial->l1);
    }
    (void)fprintf(file, "l2 %g", trial->l2);
}

static void clear_line(const place *const now)
{
    if (now->draws && now->last_draw > 0.0) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
    }
}

static bool on_progress(const sm_progress *const progress, void *const user)
{
    place *const now = user;
    const double clock = smi_clock_seconds();
    if (now->draws && clock - now->last_draw >= redraw_seconds) {
        now->last_draw = clock;
        (void)fputs("\r\033[K", stderr);
        print_penalty(stderr, now->trial);
        (void)fprintf(stderr, " (%zu of %zu)  fold %zu of %zu  step %zu", now->number + 1,
                      now->count, now->fold + 1, now->folds, progress->step);
        (void)fflush(stderr);
    }
    return !cli_is_interrupted();
}

static void print_trial(const cli_trial *const trial)
{
    print_penalty(stderr, trial);
    (void)fprintf(stderr, "  loss %.6f  accuracy %.4f  steps %zu  %.2f s\n", trial->loss,
                  trial->accuracy, trial->steps, trial->seconds);
}

/* ---- folds ---- */

static void free_folds(fold *const folds, const size_t count)
{
    for (size_t k = 0; folds != NULL && k < count; k++) {
        sm_dataset_free(folds[k].rest);
        sm_dataset_free(folds[k].held_out);
        sm_model_free(folds[k].model);
    }
    free(folds);
}

static sm_status make_fold(const sm_dataset *const dataset, const cli_validation *const how,
                           const size_t k, fold *const made)
{
    sm_status status = sm_dataset_fold(dataset, &how->folds, k, &made->rest, &made->held_out);
    if (status == SM_OK) {
        status = sm_model_create(cli_scaled_shape(&how->scaling, dataset), &made->model);
    }
    return status == SM_OK ? cli_standardize(&how->scaling, made->model, made->rest) : status;
}

/* Trains a fold's model further, with the trial's penalty, and measures it. *stopped: by Ctrl-C,
 * and nothing is measured. */
static sm_status run_fold(fold *const part, const cli_validation *const how, cli_trial *const trial,
                          place *const now, bool *const stopped)
{
    sm_history *history = NULL;
    sm_train_options options = how->training;
    options.l1 = trial->l1;
    options.l2 = trial->l2;
    options.on_progress = on_progress;
    options.user = now;
    sm_status status = sm_train(part->model, part->rest, NULL, &options, &history);
    if (status == SM_OK) {
        const sm_train_summary summary = sm_history_summary(history);
        trial->steps += summary.steps;
        trial->seconds += summary.seconds;
        trial->converged = trial->converged && summary.converged;
        *stopped = summary.interrupted || cli_is_interrupted();
        status = sm_evaluate(part->model, part->held_out, &trial->held_out[now->fold]);
    }
    sm_history_free(history);
    return status;
}

/* ---- trials ---- */

static void conclude(cli_trial *const trial, const size_t folds)
{
    const double count = (double)folds;
    double squares = 0.0;
    for (size_t k = 0; k < folds; k++) {
        trial->loss += trial->held_out[k].loss / count;
        trial->accuracy += trial->held_out[k].accuracy / count;
    }
    for (size_t k = 0; k < folds; k++) {
        const double distance = trial->held_out[k].loss - trial->loss;
        squares += distance * distance;
    }
    trial->loss_error = sqrt(squares / (count - 1.0) / count);
}

/* All folds of a trial. */
static int run_trial(fold *const folds, const cli_validation *const how, cli_trial *const trial,
                     place *const now, bool *const stopped)
{
    trial->converged = true;
    trial->held_out = calloc(now->folds, sizeof *trial->held_out);
    if (trial->held_out == NULL) {
        cli_say("not enough memory");
        return CLI_FAILURE;
    }
    now->trial = trial;
    for (now->fold = 0; now->fold < now->folds && !*stopped; now->fold++) {
        if (run_fold(&folds[now->fold], how, trial, now, stopped) != SM_OK) {
            clear_line(now);
            return cli_fail();
        }
    }
    if (!*stopped) {
        conclude(trial, now->folds);
    }
    clear_line(now);
    return CLI_SUCCESS;
}

static int run_trials(fold *const folds, const cli_validation *const how, cli_trial *const trials,
                      const size_t count, size_t *const complete)
{
    place now = {
        .count = count, .folds = how->folds.folds, .draws = !how->quiet && cli_can_redraw()};
    bool stopped = false;
    for (*complete = 0; *complete < count; (*complete)++) {
        now.number = *complete;
        const int status = run_trial(folds, how, &trials[*complete], &now, &stopped);
        if (status != CLI_SUCCESS || stopped) {
            return status;
        }
        if (!how->quiet && !now.draws) {
            print_trial(&trials[*complete]);
        }
    }
    return CLI_SUCCESS;
}

int cli_cross_validate(const sm_dataset *const dataset, const cli_validation *const how,
                       cli_trial *const trials, const size_t count, size_t *const complete)
{
    const size_t parts = how->folds.folds;
    fold *const folds = calloc(parts, sizeof *folds);
    int status = CLI_SUCCESS;
    *complete = 0;
    if (folds == NULL) {
        cli_say("not enough memory");
        return CLI_FAILURE;
    }
    for (size_t k = 0; k < parts && status == CLI_SUCCESS; k++) {
        status = make_fold(dataset, how, k, &folds[k]) == SM_OK ? CLI_SUCCESS : cli_fail();
    }
    if (status == CLI_SUCCESS) {
        status = run_trials(folds, how, trials, count, complete);
    }
    free_folds(folds, parts);
    return status;
}

void cli_trials_free(cli_trial *const trials, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(trials[i].held_out);
    }
}

size_t cli_best_trial(const cli_trial *const trials, const size_t count,
                      const bool one_standard_error)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        best = trials[i].loss < trials[best].loss ? i : best;
    }
    size_t chosen = best;
    const double bound = trials[best].loss + trials[best].loss_error;
    for (size_t i = best; one_standard_error && i-- > 0;) {
        chosen = trials[i].loss <= bound ? i : chosen;
    }
    return chosen;
}
