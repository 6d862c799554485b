#include "unit/train/fake_objective.h"

#include <math.h>
#include <string.h>

#include "base/status.h"
#include "support/cmocka_all.h"
#include "support/run_solver.h"
#include "train/history.h"
#include "train/l1.h"

static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    (void)rows;
    (void)count;
    fake_objective *const fake = context;
    double x[FAKE_MOST_PARAMETERS];
    double slopes[FAKE_MOST_PARAMETERS] = {0.0};
    for (size_t i = 0; i < fake->count; i++) {
        x[i] = (double)parameters[i];
    }
    const double value = fake->function(x, fake->count, slopes);
    for (size_t i = 0; i < fake->count && gradient != NULL; i++) {
        gradient[i] = (float)slopes[i];
    }
    fake->evaluations++;
    return (smi_value){.objective = value, .loss = value};
}

static void look(void *const context, const float *const parameters)
{
    fake_objective *const fake = context;
    fake->looked_at = parameters;
}

static void curve(void *const context, const float *const direction, float *const result)
{
    fake_objective *const fake = context;
    double x[FAKE_MOST_PARAMETERS];
    double d[FAKE_MOST_PARAMETERS];
    double products[FAKE_MOST_PARAMETERS] = {0.0};
    for (size_t i = 0; i < fake->count; i++) {
        x[i] = (double)fake->looked_at[i];
        d[i] = (double)direction[i];
    }
    fake->curvature(x, d, fake->count, products);
    for (size_t i = 0; i < fake->count; i++) {
        result[i] = (float)products[i];
    }
    fake->products++;
}

static sm_status prepare(void *const context, const float *const parameters)
{
    fake_objective *const fake = context;
    (void)parameters;
    fake->preparations++;
    return fake->preparations == fake->failing_preparation ? smi_fail_memory("a test") : SM_OK;
}

static void apply(void *const context, const float *const vector, float *const result)
{
    const fake_objective *const fake = context;
    assert_true(fake->preparations > 0);
    for (size_t i = 0; i < fake->count; i++) {
        result[i] = (float)((double)vector[i] / fake->diagonal[i]);
    }
}

smi_objective fake_view(fake_objective *const fake)
{
    assert_true(fake->count <= FAKE_MOST_PARAMETERS);
    return (smi_objective){.parameter_count = fake->count,
                           .penalized_count = fake->penalized,
                           .row_count = 1,
                           .context = fake,
                           .evaluate = evaluate,
                           .look_closely = fake->curvature == NULL ? NULL : look,
                           .curvature = fake->curvature == NULL ? NULL : curve,
                           .prepare_preconditioner = fake->diagonal == NULL ? NULL : prepare,
                           .apply_preconditioner = fake->diagonal == NULL ? NULL : apply};
}

sm_status fake_solve(smi_solver *const solve, const smi_objective *const objective,
                     const sm_train_options *const options, float *const x,
                     sm_history **const history)
{
    const size_t count = objective->parameter_count;
    const size_t rows = objective->row_count;
    const size_t batch = smi_is_stochastic(options->solver) && options->batch_size < rows
                             ? options->batch_size
                             : rows;
    float first[FAKE_MOST_PARAMETERS];
    float subgradient[FAKE_MOST_PARAMETERS];
    float finite[FAKE_MOST_PARAMETERS];
    double square = 0.0;
    smi_fit fit;
    assert_true(count <= FAKE_MOST_PARAMETERS);
    assert_int_equal(smi_history_create(history), SM_OK);
    smi_fit_start(&fit, options, rows, (rows + batch - 1) / batch, NULL, *history);
    if (!smi_is_stochastic(options->solver)) {
        static const float zero[FAKE_MOST_PARAMETERS] = {0.0F};
        fit.first_value = smi_evaluate_all(objective, zero, first);
        smi_l1_subgradient(objective, options->l1, zero, first, subgradient);
        for (size_t i = 0; i < count; i++) {
            square += (double)subgradient[i] * (double)subgradient[i];
        }
        fit.zero_gradient_norm = sqrt(square);
        fit.first_gradient = memcmp(x, zero, count * sizeof *x) == 0 ? first : NULL;
    }
    memcpy(finite, x, count * sizeof *x);
    const sm_status status = run_solver(solve, objective, &fit, x, finite);
    if (status == SM_ERROR_DIVERGED) {
        memcpy(x, finite, count * sizeof *x);
    }
    (*history)->summary.steps = fit.step;
    (*history)->summary.stalled = fit.stalled;
    (*history)->summary.interrupted = fit.interrupted;
    return status;
}
