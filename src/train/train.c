/* sm_train: from options and data to a trained model. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "model/model.h"
#include "sys/pool.h"
#include "train/describe.h"
#include "train/fit.h"
#include "train/history.h"
#include "train/softmax_objective.h"
#include "train/solver.h"
#include "train/vector.h"

/* Everything that one call of sm_train() makes. */
typedef struct training {
    smi_pool *pool;
    smi_softmax_objective *objective;
    smi_softmax_objective *validation;
    sm_history *history;
    float *parameters;
    float *finite;   /* the last parameters whose value was finite */
    float *gradient; /* scratch */
    float *zero;     /* zero parameters */
} training;

static void training_free(training *const run)
{
    smi_softmax_objective_free(run->objective);
    smi_softmax_objective_free(run->validation);
    smi_pool_free(run->pool);
    sm_history_free(run->history);
    smi_free(run->parameters);
    smi_free(run->finite);
    smi_free(run->gradient);
    smi_free(run->zero);
}

static sm_status prepare(training *const run, const sm_model *const model,
                         const sm_dataset *const train, const sm_dataset *const validation,
                         const sm_train_options *const options)
{
    const size_t count = model->parameter_count;
    sm_status status = smi_pool_create(options->threads, &run->pool);
    if (status == SM_OK) {
        status = smi_softmax_objective_create(model, train, options->l2, true, run->pool,
                                              &run->objective);
    }
    if (status == SM_OK && validation != NULL) {
        status = smi_softmax_objective_create(model, validation, 0.0, false, run->pool,
                                              &run->validation);
        if (status == SM_ERROR_DATA) {
            status = smi_fail(SM_ERROR_DATA, "validation: %s", sm_error_message());
        }
    }
    if (status == SM_OK) {
        status = smi_history_create(&run->history);
    }
    if (status != SM_OK) {
        return status;
    }
    run->parameters = smi_array(count, sizeof *run->parameters);
    run->finite = smi_array(count, sizeof *run->finite);
    run->gradient = smi_array(count, sizeof *run->gradient);
    run->zero = smi_array(count, sizeof *run->zero);
    if (run->parameters == NULL || run->finite == NULL || run->gradient == NULL ||
        run->zero == NULL) {
        return smi_fail_memory("training");
    }
    memcpy(run->parameters, model->parameters, count * sizeof *run->parameters);
    memcpy(run->finite, model->parameters, count * sizeof *run->finite);
    return SM_OK;
}

/* The norm of the gradient at zero parameters: what tolerances are measured by, as it depends on
 * the data alone. */
static double zero_gradient_norm(const training *const run, const smi_objective *const objective)
{
    (void)smi_evaluate_all(objective, run->zero, run->gradient);
    return smi_norm(run->gradient, objective->parameter_count);
}

static sm_status solve(const training *const run, const smi_objective *const objective,
                       smi_fit *const fit)
{
    if (fit->options->solver == SM_SOLVER_SGD) {
        return smi_solve_sgd(objective, fit, run->parameters, run->finite);
    }
    fit->zero_gradient_norm = zero_gradient_norm(run, objective);
    if (!isfinite(fit->zero_gradient_norm)) {
        return smi_fail_diverged(fit);
    }
    return fit->options->solver == SM_SOLVER_GD
               ? smi_solve_gd(objective, fit, run->parameters, run->finite)
               : smi_solve_lbfgs(objective, fit, run->parameters, run->finite);
}

/* Looks at where training has come to. A last step may have gone too far without anybody having
 * looked: then it is taken back. */
static sm_status conclude(const training *const run, const smi_objective *const objective,
                          smi_fit *const fit, sm_status status)
{
    const size_t count = objective->parameter_count;
    sm_train_summary *const summary = &run->history->summary;
    const double seconds = smi_fit_seconds(fit);
    smi_value value = {.objective = NAN};
    if (status == SM_OK) {
        value = smi_evaluate_all(objective, run->parameters, run->gradient);
    }
    if (!isfinite(value.objective)) {
        status = status == SM_OK ? smi_fail_diverged(fit) : status;
        memcpy(run->parameters, run->finite, count * sizeof *run->parameters);
        value = smi_evaluate_all(objective, run->parameters, run->gradient);
    }
    const double norm = smi_norm(run->gradient, count);
    if (isnan(fit->zero_gradient_norm)) {
        fit->zero_gradient_norm = zero_gradient_norm(run, objective);
    }
    *summary = (sm_train_summary){.epochs = fit->epoch,
                                  .steps = fit->step,
                                  .seconds = seconds,
                                  .loss = value.loss,
                                  .accuracy = value.accuracy,
                                  .objective = value.objective,
                                  .gradient_norm = norm,
                                  .relative_gradient_norm =
                                      norm > 0.0 ? norm / fit->zero_gradient_norm : 0.0,
                                  .stalled = fit->stalled,
                                  .interrupted = fit->interrupted};
    summary->converged = status == SM_OK && smi_is_converged(fit, norm);
    return status;
}

static sm_status run_training(training *const run, sm_model *const model,
                              const sm_train_options *const options)
{
    const smi_objective objective = smi_softmax_objective_view(run->objective);
    smi_objective validation = {0};
    if (run->validation != NULL) {
        validation = smi_softmax_objective_view(run->validation);
    }
    const size_t rows = objective.row_count;
    const size_t batch =
        options->solver == SM_SOLVER_SGD ? smi_min_size(options->batch_size, rows) : rows;
    smi_fit fit;
    smi_fit_start(&fit, options, rows, (rows - 1) / batch + 1,
                  run->validation == NULL ? NULL : &validation, run->history);
    sm_status status = solve(run, &objective, &fit);
    if (status != SM_OK && status != SM_ERROR_DIVERGED) {
        return status;
    }
    status = conclude(run, &objective, &fit, status);
    const sm_status described = smi_describe_training(model, options, run->history, rows);
    if (described != SM_OK) {
        return described;
    }
    smi_model_take_parameters(model, run->parameters);
    return status;
}

sm_status sm_train(sm_model *const model, const sm_dataset *const train,
                   const sm_dataset *const validation, const sm_train_options *const options,
                   sm_history **const history)
{
    const sm_train_options defaults = sm_train_options_default();
    const sm_train_options *const chosen = options == NULL ? &defaults : options;
    if (model == NULL || train == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "train");
    }
    sm_status status = sm_train_options_check(chosen);
    if (status != SM_OK) {
        return status;
    }
    training run = {0};
    status = prepare(&run, model, train, validation, chosen);
    if (status == SM_OK) {
        status = run_training(&run, model, chosen);
    }
    if (history != NULL && (status == SM_OK || status == SM_ERROR_DIVERGED)) {
        *history = run.history;
        run.history = NULL;
    }
    training_free(&run);
    return status;
}
