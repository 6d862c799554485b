/* Training, from options and data to a trained model. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/streaming.h"
#include "model/model.h"
#include "sys/large_pages.h"
#include "sys/physical_memory.h"
#include "sys/pool.h"
#include "train/checkpointing.h"
#include "train/choose_solver.h"
#include "train/class_weights.h"
#include "train/describe.h"
#include "train/fit.h"
#include "train/history.h"
#include "train/l1.h"
#include "train/model_objective.h"
#include "train/optimality.h"
#include "train/solver.h"
#include "train/training.h"
#include "train/vector.h"

struct smi_training {
    const sm_model *model;
    const sm_dataset *train;
    const sm_dataset *validated; /* NULL: nothing is */
    sm_train_options options;    /* with a solver that is not SM_SOLVER_AUTO */
    const char *reason;          /* why it is that one */
    smi_pool *pool;
    smi_model_objective whole; /* the objective, and below it how solvers see it */
    smi_model_objective whole_validation;
    smi_objective objective;
    smi_objective validation;
    smi_fit fit;
    smi_checkpoints *checkpoints; /* NULL: none are asked for */
    smi_solving solving;
    sm_status status;       /* of the last run: SM_OK or SM_ERROR_DIVERGED */
    const float *reference; /* parameters at which the gradient is what tolerances are measured by;
                               NULL: zero ones */
    sm_history *history;
    float *parameters;
    float *finite;        /* the last parameters whose value was finite */
    float *best;          /* those of the best epoch; NULL without patience */
    float *gradient;      /* of the smooth part */
    float *zero_gradient; /* the same at zero parameters */
    float *work;          /* two vectors */
};

void smi_training_free(smi_training *const training)
{
    if (training == NULL) {
        return;
    }
    smi_solving_free(&training->solving);
    smi_checkpoints_free(training->checkpoints);
    smi_model_objective_free(&training->whole);
    smi_model_objective_free(&training->whole_validation);
    smi_pool_free(training->pool);
    sm_history_free(training->history);
    smi_free(training->parameters);
    smi_free(training->finite);
    smi_free(training->best);
    smi_free(training->gradient);
    smi_free(training->zero_gradient);
    smi_free(training->work);
    smi_free(training);
}

static bool has_patience(const smi_training *const run)
{
    return run->options.patience != SM_UNLIMITED;
}

static sm_status make_vectors(smi_training *const run)
{
    const float *const first = run->model->parameters;
    const size_t count = run->model->parameter_count;
    run->parameters = smi_large_array(count, sizeof *run->parameters);
    run->finite = smi_large_array(count, sizeof *run->finite);
    run->best = has_patience(run) ? smi_array(count, sizeof *run->best) : NULL;
    run->gradient = smi_array(count, sizeof *run->gradient);
    run->zero_gradient = smi_array(count, sizeof *run->zero_gradient);
    run->work = smi_array(count, 2 * sizeof *run->work);
    if (run->parameters == NULL || run->finite == NULL || run->gradient == NULL ||
        run->zero_gradient == NULL || run->work == NULL ||
        (run->best == NULL && has_patience(run))) {
        return smi_fail_memory("training");
    }
    memcpy(run->parameters, first, count * sizeof *run->parameters);
    memcpy(run->finite, first, count * sizeof *run->finite);
    return SM_OK;
}

static sm_status prepare(smi_training *const run, const sm_dataset *const validation)
{
    sm_status status = smi_pool_create(run->options.threads, &run->pool);
    if (status == SM_OK) {
        status = smi_model_objective_create(run->model, run->train, &run->options, run->pool,
                                            &run->whole);
    }
    if (status == SM_OK && validation != NULL) {
        status = smi_model_objective_create_for_values(run->model, validation, run->pool,
                                                       &run->whole_validation);
        if (status == SM_ERROR_DATA) {
            status = smi_fail(SM_ERROR_DATA, "validation: %s", sm_error_message());
        }
    }
    if (status == SM_OK) {
        status = smi_history_create(&run->history);
    }
    if (status == SM_OK) {
        status = make_vectors(run);
    }
    if (status == SM_OK) {
        run->objective = smi_model_objective_view(&run->whole);
    }
    if (status == SM_OK && validation != NULL) {
        run->validation = smi_model_objective_view(&run->whole_validation);
    }
    return status;
}

/* Settles which solver it will be. */
static void choose(smi_training *const run)
{
    const sm_model *const model = run->model;
    const smi_objective *const objective = &run->objective;
    run->reason = "";
    if (run->options.solver == SM_SOLVER_AUTO) {
        const smi_problem problem = {.rows = objective->row_count,
                                     .features = model->shape.features,
                                     .classes = model->shape.classes,
                                     .density = smi_model_objective_density(&run->whole),
                                     .l1 = run->options.l1,
                                     .l2 = run->options.l2,
                                     .is_network = model->layer_count > 1,
                                     .has_curvature = objective->curvature != NULL,
                                     .has_preconditioner = objective->apply_preconditioner != NULL};
        const smi_choice choice = smi_choose_solver(&problem);
        run->options.solver = choice.solver;
        run->reason = choice.reason;
    }
}

/* The norm of the gradient, with l1 of the smallest subgradient, that tolerances are measured by:
 * at zero parameters, where it depends on the data alone. A network has next to none there, and is
 * measured by where it starts. value: there. */
static double reference_norm(const smi_training *const run, smi_value *const value)
{
    const smi_objective *const objective = &run->objective;
    const size_t count = objective->parameter_count;
    float *const at = run->work;
    float *const subgradient = run->work + count;
    if (run->reference == NULL) {
        memset(at, 0, count * sizeof *at);
    } else {
        memcpy(at, run->reference, count * sizeof *at);
    }
    *value = smi_evaluate_all(objective, at, run->zero_gradient);
    smi_l1_subgradient(objective, run->options.l1, at, run->zero_gradient, subgradient);
    return smi_norm(subgradient, count);
}

/* With l1. On the features' metric the proximal solver needs a tenth of the passes; without one its
 * model takes longer than the passes that it saves (docs/kernels.md). */
static smi_solver *l1_solver_of(const smi_objective *const objective)
{
    return objective->prepare_metric != NULL ? smi_solve_proximal : smi_solve_owlqn;
}

static smi_solver *solver_of(const sm_train_options *const options,
                             const smi_objective *const objective)
{
    static smi_solver *const solvers[] = {
        [SM_SOLVER_LBFGS] = smi_solve_lbfgs,         [SM_SOLVER_GD] = smi_solve_gd,
        [SM_SOLVER_NEWTON_CG] = smi_solve_newton_cg, [SM_SOLVER_SGD] = smi_solve_sgd,
        [SM_SOLVER_ADAM] = smi_solve_adam,           [SM_SOLVER_ADAMW] = smi_solve_adamw,
        [SM_SOLVER_ADAGRAD] = smi_solve_adagrad,     [SM_SOLVER_FTRL] = smi_solve_ftrl};
    if (options->solver == SM_SOLVER_LBFGS && options->l1 > 0.0) {
        return l1_solver_of(objective);
    }
    return solvers[options->solver];
}

/* Whether training begins at the parameters that tolerances are measured at. */
static bool begins_at_reference(const smi_training *const run)
{
    const size_t count = run->objective.parameter_count;
    bool same = true;
    for (size_t i = 0; i < count && same; i++) {
        same = run->parameters[i] == (run->reference == NULL ? 0.0F : run->reference[i]);
    }
    return same;
}

/* A gradient that is not finite is one at which training ends before its first step. */
static sm_status start_solver(smi_training *const run)
{
    smi_fit *const fit = &run->fit;
    if (!smi_is_stochastic(run->options.solver)) {
        fit->zero_gradient_norm = reference_norm(run, &fit->first_value);
        if (!isfinite(fit->zero_gradient_norm)) {
            run->status = smi_fail_diverged(fit);
            return SM_OK;
        }
        if (begins_at_reference(run)) {
            fit->first_gradient = run->zero_gradient;
        }
    }
    return solver_of(&run->options, &run->objective)(&run->objective, fit, run->parameters,
                                                     run->finite, &run->solving);
}

/* ---- the beginning ---- */

/* A line search compares values, and cannot if what is left out changes. */
static sm_status check_dropout(const sm_model *const model, const sm_solver solver)
{
    for (size_t l = 0; l < model->layer_count && !smi_is_stochastic(solver); l++) {
        if (model->layers[l].dropout > 0.0) {
            return smi_fail(SM_ERROR_ARGUMENT,
                            "layer '%s' has dropout, which solver '%s' cannot train with; those on "
                            "minibatches can: sgd, adam, adamw, adagrad, ftrl",
                            model->layers[l].name, sm_solver_name(solver));
        }
    }
    return SM_OK;
}

static sm_status check(const sm_train_options *const options, const sm_model *const model,
                       const sm_dataset *const validation)
{
    const double parameters = (double)model->parameter_count;
    sm_status status = sm_train_options_check(options);
    if (status == SM_OK) {
        status = smi_class_weights_check(options->class_weights, model->shape.classes);
    }
    if (status == SM_OK && options->patience != SM_UNLIMITED && validation == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "patience is %zu, but there is no validation data",
                        options->patience);
    }
    if (status == SM_OK) {
        const double rows = model->layer_count > 1 ? smi_network_objective_memory(model) : 0.0;
        status = smi_check_memory(rows + SMI_TRAINING_FLOATS * sizeof(float) * parameters,
                                  "training", parameters);
    }
    return status;
}

/* Everything up to the first step. */
static sm_status begin(smi_training *const run, const sm_dataset *const validation)
{
    sm_status status = prepare(run, validation);
    if (status != SM_OK) {
        return status;
    }
    choose(run);
    status = sm_train_options_check(&run->options); /* now that auto is settled */
    if (status == SM_OK) {
        status = check_dropout(run->model, run->options.solver);
    }
    if (status != SM_OK) {
        return status;
    }
    const sm_train_options *const options = &run->options;
    const size_t rows = run->objective.row_count;
    const size_t batch =
        smi_is_stochastic(options->solver) ? smi_min_size(options->batch_size, rows) : rows;
    smi_fit_start(&run->fit, options, rows, (rows - 1) / batch + 1,
                  validation != NULL ? &run->validation : NULL, run->history);
    if (has_patience(run)) {
        smi_fit_keep_best(&run->fit, run->best, run->objective.parameter_count);
    }
    status =
        smi_checkpointing_prepare(&run->fit, run->model, run->train, validation, &run->checkpoints);
    return status == SM_OK ? start_solver(run) : status;
}

sm_status smi_training_begin(const sm_model *const model, const sm_dataset *const train,
                             const sm_dataset *const validation,
                             const sm_train_options *const options, smi_training **const training)
{
    const sm_train_options chosen = options == NULL ? sm_train_options_default() : *options;
    sm_status status = check(&chosen, model, validation);
    if (status != SM_OK) {
        return status;
    }
    smi_training *const run = smi_array(1, sizeof *run);
    if (run == NULL) {
        return smi_fail_memory("training");
    }
    *run = (smi_training){.model = model,
                          .train = train,
                          .validated = validation,
                          .options = chosen,
                          .reference = model->layer_count > 1 ? model->parameters : NULL};
    status = begin(run, validation);
    if (status != SM_OK) {
        smi_training_free(run);
        return status;
    }
    *training = run;
    return SM_OK;
}

/* ---- on the way ---- */

bool smi_training_is_over(const smi_training *const run)
{
    return run->status != SM_OK || smi_fit_is_over(&run->fit);
}

void smi_training_forget_epochs(smi_training *const training)
{
    training->fit.history = NULL;
}

sm_status smi_training_advance(smi_training *const training, const size_t steps)
{
    smi_fit *const fit = &training->fit;
    if (training->status != SM_OK) {
        return training->status;
    }
    if (!smi_add_size(fit->step, steps, &fit->pause_step)) {
        fit->pause_step = SM_UNLIMITED;
    }
    const sm_status status = smi_solving_run(&training->solving);
    if (status == SM_OK || status == SM_ERROR_DIVERGED) {
        training->status = status;
    }
    return status;
}

sm_status smi_training_check_end(smi_training *const training)
{
    if (training->status == SM_OK &&
        !isfinite(smi_evaluate_all(&training->objective, training->parameters, NULL).objective)) {
        training->status = smi_fail_diverged(&training->fit);
    }
    return training->status;
}

smi_training_place smi_training_look(const smi_training *const training)
{
    return (smi_training_place){.step = training->fit.step,
                                .epoch = training->fit.epoch,
                                .converged = training->fit.converged,
                                .parameters = training->status == SM_OK ? training->parameters
                                                                        : training->finite};
}

/* ---- at the end ---- */

/* Says of the last failure, a loss that is not finite, which layer it comes from. */
static sm_status name_layer(const smi_training *const run)
{
    const char *const layer =
        run->whole.network == NULL
            ? NULL
            : smi_network_objective_broken_layer(run->whole.network, run->parameters);
    return layer == NULL ? SM_ERROR_DIVERGED
                         : smi_fail(SM_ERROR_DIVERGED,
                                    "%s; the first layer whose outputs are not finite is '%s'",
                                    sm_error_message(), layer);
}

/* Looks at where training has come to. A last step may have gone too far without anybody having
 * looked: then it is taken back. */
static sm_status settle(const smi_training *const run, smi_value *const value)
{
    const smi_objective *const objective = &run->objective;
    const smi_fit *const fit = &run->fit;
    sm_status status = run->status;
    const size_t bytes = objective->parameter_count * sizeof *run->parameters;
    *value = (smi_value){.objective = NAN};
    if (status == SM_OK && fit->best_epoch > 0) {
        memcpy(run->parameters, run->best, bytes);
    }
    if (status == SM_OK) {
        *value = smi_evaluate_all(objective, run->parameters, run->gradient);
    }
    if (!isfinite(value->objective)) {
        if (status == SM_OK) {
            (void)smi_fail_diverged(fit);
        }
        status = name_layer(run);
        memcpy(run->parameters, run->finite, bytes);
        *value = smi_evaluate_all(objective, run->parameters, run->gradient);
    }
    return status;
}

/* Whether there is no minimum: a larger multiple of the parameters is always better, which a target
 * short of certainty and a clipped loss rule out. A loss below that of a coin rules out that all
 * rows are merely tied. */
static bool is_separated(const sm_train_options *const options, const sm_dataset *const dataset,
                         const smi_value *const value)
{
    return options->l1 == 0.0 && options->l2 == 0.0 && dataset->targets == NULL &&
           options->loss == SM_LOSS_FROM_LOGITS && options->label_smoothing == 0.0 &&
           value->accuracy == 1.0 && value->loss < log(2.0);
}

/* Whether the end is compared with zero parameters and with the minimum, each at the cost of a pass
 * over all rows: where these come from a file, minibatches may not have made more than that. */
static bool is_compared(const smi_training *const run)
{
    return run->objective.block_rows == 0 || !smi_is_stochastic(run->options.solver);
}

static sm_status conclude(smi_training *const run)
{
    const smi_objective *const objective = &run->objective;
    smi_fit *const fit = &run->fit;
    const size_t count = objective->parameter_count;
    const double l1 = run->options.l1;
    const double l2 = run->options.l2;
    const double seconds = smi_fit_seconds(fit);
    sm_train_summary *const summary = &run->history->summary;
    smi_value value;
    const sm_status status = settle(run, &value);
    const bool compared = is_compared(run);
    if (isnan(fit->zero_gradient_norm) && compared) {
        smi_value ignored;
        fit->zero_gradient_norm = reference_norm(run, &ignored);
    }
    *summary = (sm_train_summary){.solver = run->options.solver,
                                  .reason = run->reason,
                                  .epochs = fit->epoch,
                                  .steps = fit->step,
                                  .seconds = seconds,
                                  .loss = value.loss,
                                  .accuracy = value.accuracy,
                                  .best_epoch = fit->best_epoch,
                                  .stopped_early = fit->stopped_early,
                                  .stalled = fit->stalled,
                                  .separated = is_separated(&run->options, run->train, &value),
                                  .interrupted = fit->interrupted};
    summary->objective = value.objective + smi_l1_penalty(objective, l1, run->parameters);
    summary->optimality_gap_bound =
        compared && run->options.loss == SM_LOSS_FROM_LOGITS && run->whole.softmax != NULL
            ? smi_optimality_gap_bound(objective, l1, l2, run->parameters, &value, run->gradient,
                                       run->zero_gradient, run->work)
            : NAN;
    smi_l1_subgradient(objective, l1, run->parameters, run->gradient, run->gradient);
    const double norm = smi_norm(run->gradient, count);
    summary->gradient_norm = norm;
    summary->relative_gradient_norm = norm == 0.0 ? 0.0 : norm / fit->zero_gradient_norm;
    summary->converged = status == SM_OK && smi_is_converged(fit, norm);
    return status;
}

/* What was learnt while a file changed, from one row or another, is of no data that there is. */
static sm_status check_unchanged(const smi_training *const run)
{
    const sm_status status = smi_streaming_check_unchanged(run->train);
    return status == SM_OK && run->validated != NULL ? smi_streaming_check_unchanged(run->validated)
                                                     : status;
}

sm_status smi_training_end(smi_training *const training, sm_model *const model,
                           sm_history **const history)
{
    const sm_status status = conclude(training);
    sm_status described = check_unchanged(training);
    if (described == SM_OK) {
        described = smi_describe_training(model, &training->options, &training->fit.schedule,
                                          training->history, training->objective.row_count);
    }
    if (described != SM_OK) {
        return described;
    }
    smi_model_take_parameters(model, training->parameters);
    if (history != NULL) {
        *history = training->history;
        training->history = NULL;
    }
    return status;
}

/* ---- all at once ---- */

sm_status sm_train(sm_model *const model, const sm_dataset *const train,
                   const sm_dataset *const validation, const sm_train_options *const options,
                   sm_history **const history)
{
    if (model == NULL || train == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "train");
    }
    smi_training *run = NULL;
    sm_status status = smi_training_begin(model, train, validation, options, &run);
    if (status != SM_OK) {
        return status;
    }
    status = smi_training_advance(run, SM_UNLIMITED);
    if (status == SM_OK || status == SM_ERROR_DIVERGED) {
        status = smi_training_end(run, model, history);
    }
    smi_training_free(run);
    return status;
}
