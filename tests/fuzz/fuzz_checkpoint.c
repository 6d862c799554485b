/* Checkpoints: each solver tries to go on from the file, on a function of three variables. The sum
 * of the numbers, which would hide all else from the fuzzer, is not looked at. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "fuzz/fuzz.h"
#include "support/run_solver.h"
#include "train/checkpoint.h"
#include "train/checkpointing.h"
#include "train/history.h"

enum { PARAMETERS = 3, PENALIZED = 2, ROWS = 5, BATCH = 2, MOST_STEPS = 14 };

static const char name[] = "checkpoint";

/* ½ Σ (i + 1) · (x_i − 1)² */
static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    double value = 0.0;
    (void)context;
    for (size_t i = 0; i < count && rows != NULL; i++) {
        fuzz_require(rows[i] < ROWS, "rows are those of the data");
    }
    for (size_t i = 0; i < PARAMETERS; i++) {
        const double away = (double)parameters[i] - 1.0;
        value += 0.5 * (double)(i + 1) * away * away;
        if (gradient != NULL) {
            gradient[i] = (float)((double)(i + 1) * away);
        }
    }
    return (smi_value){.objective = value, .loss = value};
}

static void look(void *const context, const float *const parameters)
{
    (void)context;
    (void)parameters; /* the curvature is the same everywhere */
}

static void curve(void *const context, const float *const direction, float *const result)
{
    (void)context;
    for (size_t i = 0; i < PARAMETERS; i++) {
        result[i] = (float)(i + 1) * direction[i];
    }
}

static sm_status prepare(void *const context, const float *const parameters)
{
    (void)context;
    for (size_t i = 0; i < PARAMETERS; i++) {
        fuzz_require(isfinite(parameters[i]), "parameters are finite");
    }
    return SM_OK;
}

static void apply(void *const context, const float *const vector, float *const result)
{
    (void)context;
    for (size_t i = 0; i < PARAMETERS; i++) {
        result[i] = vector[i] / (1.5F + (float)i);
    }
}

static sm_status measure(void *const context, const float *const parameters,
                         smi_metric *const metric)
{
    static const float matrix[PARAMETERS * PARAMETERS] = {1.5F, 0.0F, 0.0F, 0.0F, 2.5F,
                                                          0.0F, 0.0F, 0.0F, 3.5F};
    *metric = (smi_metric){.matrix = matrix, .size = PARAMETERS, .stride = PARAMETERS};
    return prepare(context, parameters);
}

typedef struct variant {
    smi_solver *solve;
    sm_solver solver;
    double l1;
    bool built; /* the objective has a preconditioner and a metric */
    bool patient;
} variant;

static const variant variants[] = {{smi_solve_lbfgs, SM_SOLVER_LBFGS, 0.0, false, false},
                                   {smi_solve_lbfgs, SM_SOLVER_LBFGS, 0.0, true, true},
                                   {smi_solve_newton_cg, SM_SOLVER_NEWTON_CG, 0.0, true, false},
                                   {smi_solve_proximal, SM_SOLVER_LBFGS, 0.1, false, false},
                                   {smi_solve_proximal, SM_SOLVER_LBFGS, 0.1, true, false},
                                   {smi_solve_owlqn, SM_SOLVER_LBFGS, 0.1, false, false},
                                   {smi_solve_gd, SM_SOLVER_GD, 0.1, false, true},
                                   {smi_solve_sgd, SM_SOLVER_SGD, 0.0, false, true},
                                   {smi_solve_adam, SM_SOLVER_ADAM, 0.1, false, false},
                                   {smi_solve_adagrad, SM_SOLVER_ADAGRAD, 0.1, false, false},
                                   {smi_solve_ftrl, SM_SOLVER_FTRL, 0.1, false, false}};

static sm_train_options options_of(const variant *const way)
{
    sm_train_options options = sm_train_options_default();
    options.solver = way->solver;
    options.l1 = way->l1;
    options.batch_size = BATCH;
    options.max_steps = MOST_STEPS;
    options.history_size = 3;
    options.tolerance = 0.0;
    options.patience = way->patient ? 2 : SM_UNLIMITED;
    return options;
}

/* Runs the solver from a checkpoint, or, where that is NULL, from the start. */
static sm_status solve(const variant *const way, const sm_train_options *const options,
                       smi_checkpoint *const resumed, smi_fit *const fit)
{
    const smi_checkpoints checkpoints = {.resumed = resumed};
    const smi_objective objective = {.parameter_count = PARAMETERS,
                                     .penalized_count = PENALIZED,
                                     .row_count = ROWS,
                                     .evaluate = evaluate,
                                     .look_closely = look,
                                     .curvature = curve,
                                     .prepare_preconditioner = way->built ? prepare : NULL,
                                     .apply_preconditioner = way->built ? apply : NULL,
                                     .prepare_metric = way->built ? measure : NULL};
    const size_t batch = smi_is_stochastic(way->solver) ? BATCH : ROWS;
    float parameters[PARAMETERS] = {3.0F, -2.0F, 0.0F};
    float finite[PARAMETERS] = {3.0F, -2.0F, 0.0F};
    float best[PARAMETERS] = {0.0F};
    sm_history *history = NULL;
    fuzz_require(smi_history_create(&history) == SM_OK, "memory for the history");
    smi_fit_start(fit, options, ROWS, (ROWS - 1) / batch + 1, way->patient ? &objective : NULL,
                  history);
    if (way->patient) {
        smi_fit_keep_best(fit, best, PARAMETERS);
    }
    fit->zero_gradient_norm = 1.0;
    fit->checkpoints = &checkpoints;
    const sm_status status = run_solver(way->solve, &objective, fit, parameters, finite);
    if (status == SM_OK) {
        fuzz_require(history->count == fit->step / fit->steps_per_epoch, "epochs of these steps");
        fuzz_require(fit->step <= MOST_STEPS, "limits hold");
        fuzz_require(fit->best_epoch <= fit->epoch, "the best epoch was one");
    }
    sm_history_free(history);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    smi_checkpoint *checkpoint = NULL;
    const sm_status status = smi_checkpoint_parse(bytes, size, name, &checkpoint);
    if (status != SM_OK) {
        fuzz_require(checkpoint == NULL, "nothing is written but on SM_OK");
        fuzz_require(status == SM_ERROR_FORMAT || status == SM_ERROR_MEMORY,
                     "a file is refused as one");
        return 0;
    }
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        const sm_train_options options = options_of(&variants[i]);
        smi_fit fit;
        const sm_status end = solve(&variants[i], &options, checkpoint, &fit);
        fuzz_require(end == SM_OK || end == SM_ERROR_FORMAT || end == SM_ERROR_ARGUMENT ||
                         end == SM_ERROR_DIVERGED,
                     "it goes on, or says why not");
    }
    smi_checkpoint_free(checkpoint);
    return 0;
}
