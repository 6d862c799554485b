#include "unit/train/fake_objective.h"

#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "train/history.h"

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

smi_objective fake_view(fake_objective *const fake)
{
    assert_true(fake->count <= FAKE_MOST_PARAMETERS);
    return (smi_objective){
        .parameter_count = fake->count, .row_count = 1, .context = fake, .evaluate = evaluate};
}

sm_status fake_solve(fake_solver *const solve, const smi_objective *const objective,
                     const sm_train_options *const options, float *const x,
                     sm_history **const history)
{
    const size_t count = objective->parameter_count;
    const size_t rows = objective->row_count;
    const size_t batch =
        options->solver == SM_SOLVER_SGD && options->batch_size < rows ? options->batch_size : rows;
    float gradient[FAKE_MOST_PARAMETERS];
    float finite[FAKE_MOST_PARAMETERS];
    double square = 0.0;
    smi_fit fit;
    assert_true(count <= FAKE_MOST_PARAMETERS);
    assert_int_equal(smi_history_create(history), SM_OK);
    smi_fit_start(&fit, options, rows, (rows + batch - 1) / batch, NULL, *history);
    if (options->solver != SM_SOLVER_SGD) {
        static const float zero[FAKE_MOST_PARAMETERS] = {0.0F};
        (void)smi_evaluate_all(objective, zero, gradient);
        for (size_t i = 0; i < count; i++) {
            square += (double)gradient[i] * (double)gradient[i];
        }
        fit.zero_gradient_norm = sqrt(square);
    }
    memcpy(finite, x, count * sizeof *x);
    const sm_status status = solve(objective, &fit, x, finite);
    if (status == SM_ERROR_DIVERGED) {
        memcpy(x, finite, count * sizeof *x);
    }
    (*history)->summary.steps = fit.step;
    (*history)->summary.interrupted = fit.interrupted;
    return status;
}
