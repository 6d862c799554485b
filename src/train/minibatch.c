#include "train/minibatch.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/status.h"

typedef struct loop {
    const smi_rule *rule;
    size_t *order; /* the rows, in this epoch's order */
    smi_move move;
    float *finite;
} loop;

/* A permutation of all rows that depends on seed and epoch alone. */
static void order_rows(const sm_train_options *const options, const size_t epoch,
                       size_t *const order, const size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        order[r] = r;
    }
    if (options->shuffle) {
        smi_random random = smi_random_start(options->seed, SMI_STREAM_EPOCHS + epoch);
        smi_random_shuffle(&random, order, rows);
    }
}

static void move_on(const smi_fit *const fit, loop *const run)
{
    smi_move *const move = &run->move;
    move->step = fit->step + 1;
    move->rate_before = move->rate;
    move->rate = smi_fit_rate(fit);
    if (move->step == 1) {
        move->rate_before = move->rate;
    }
    if (move->rate > 0.0) {
        run->rule->apply(move);
    } else {
        move->rate = move->rate_before;
    }
}

/* One epoch, or what the limits leave of it. */
static sm_status run_epoch(const smi_objective *const objective, smi_fit *const fit,
                           loop *const run)
{
    const size_t rows = objective->row_count;
    smi_move *const move = &run->move;
    sm_status status = SM_OK;
    size_t batch = 0;
    order_rows(fit->options, fit->epoch, run->order, rows);
    for (size_t first = 0; first < rows && status == SM_OK && smi_fit_may_step(fit);
         first += batch) {
        batch = smi_min_size(fit->options->batch_size, rows - first);
        const smi_value value =
            smi_evaluate(objective, move->parameters, run->order + first, batch, move->gradient);
        if (!isfinite(value.objective)) {
            return smi_fail_diverged(fit);
        }
        memcpy(run->finite, move->parameters, move->count * sizeof *run->finite);
        move_on(fit, run);
        const smi_step step = {
            .value = value, .rows = batch, .gradient_norm = NAN, .parameters = move->parameters};
        status = smi_fit_record(fit, &step);
    }
    return status;
}

sm_status smi_solve_minibatches(const smi_objective *const objective, smi_fit *const fit,
                                const smi_rule *const rule, float *const parameters,
                                float *const finite)
{
    const size_t count = objective->parameter_count;
    size_t floats = 0;
    if (!smi_multiply_size(rule->state_vectors, count, &floats)) {
        return smi_fail_memory("the solver");
    }
    loop run = {.rule = rule, .order = smi_array(objective->row_count, sizeof *run.order)};
    run.finite = finite;
    run.move = (smi_move){.options = fit->options,
                          .rate = smi_fit_rate(fit),
                          .count = count,
                          .penalized = objective->penalized_count,
                          .gradient = smi_array(count, sizeof(float)),
                          .state = smi_array(floats, sizeof(float))};
    run.move.parameters = parameters;
    sm_status status = SM_OK;
    if (run.order == NULL || run.move.gradient == NULL || run.move.state == NULL) {
        status = smi_fail_memory("the solver");
    } else if (rule->start != NULL) {
        rule->start(&run.move);
    }
    while (status == SM_OK && smi_fit_may_step(fit)) {
        status = run_epoch(objective, fit, &run);
    }
    smi_free(run.order);
    smi_free(run.move.gradient);
    smi_free(run.move.state);
    return status;
}
