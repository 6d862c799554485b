#include "train/minibatch.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/large_pages.h"
#include "sys/pool.h"
#include "train/checkpointing.h"
#include "train/epoch_order.h"
#include "train/vector.h"

enum {
    SLICE = 16384,       /* parameters that one task moves; a multiple of any vector's lanes */
    LEAST_SHARED = 32768 /* fewer are moved sooner than another thread is woken */
};

typedef struct loop {
    const smi_objective *objective;
    const smi_rule *rule;
    smi_epoch_order *order;
    smi_move move;
    float *finite;
} loop;

/* ---- one step ---- */

static void begin_step(const smi_objective *const objective, const size_t step)
{
    if (objective->begin_step != NULL) {
        objective->begin_step(objective->context, step);
    }
}

static size_t slice_count(const smi_move *const move)
{
    return (move->count + SLICE - 1) / SLICE;
}

static void keep_slice(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const loop *const run = context;
    const size_t begin = task * SLICE;
    const size_t count = smi_min_size(SLICE, run->move.count - begin);
    memcpy(run->finite + begin, run->move.parameters + begin, count * sizeof *run->finite);
}

static void move_slice(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const loop *const run = context;
    const smi_move *const move = &run->move;
    const size_t begin = task * SLICE;
    const size_t end = smi_min_size(begin + SLICE, move->count);
    if (!run->rule->fills) {
        memcpy(move->parameters + begin, move->before + begin,
               (end - begin) * sizeof *move->parameters);
    }
    run->rule->apply(move, begin, end);
}

/* Slice by slice, on all threads where that pays. */
static void run_slices(loop *const run, smi_task *const task)
{
    const size_t slices = slice_count(&run->move);
    if (run->objective->pool != NULL && run->move.count >= LEAST_SHARED) {
        smi_pool_run(run->objective->pool, slices, task, run);
        return;
    }
    for (size_t i = 0; i < slices; i++) {
        task(run, i, 0);
    }
}

/* The parameters become the last finite ones, and their next values go where the last before were:
 * two arrays in turn, so that none is copied. */
static void take_turns(loop *const run)
{
    float *const parameters = run->move.parameters;
    run->move.before = parameters;
    run->move.parameters = run->finite;
    run->finite = parameters;
}

/* The value has been finite: that is kept, and the parameters move on. */
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
        take_turns(run);
        run_slices(run, move_slice);
    } else {
        move->rate = move->rate_before;
        run_slices(run, keep_slice);
    }
}

/* ---- all steps ---- */

/* Makes a gradient that is longer than `most` as long as that. */
static void clip_gradient(const double most, const smi_move *const move)
{
    if (most == INFINITY) {
        return;
    }
    const double norm = smi_norm(move->gradient, move->count);
    if (norm > most) {
        smi_scale(most / norm, move->gradient, move->gradient, move->count);
    }
}

/* One epoch, or what a checkpoint and the limits leave of it. */
static sm_status run_epoch(smi_fit *const fit, loop *const run, const smi_memory *const memory)
{
    const smi_objective *const objective = run->objective;
    const size_t rows = objective->row_count;
    smi_move *const move = &run->move;
    const size_t epochs = fit->step / fit->steps_per_epoch;
    sm_status status = SM_OK;
    size_t first = fit->step % fit->steps_per_epoch * fit->options->batch_size;
    size_t batch = 0;
    smi_epoch_order_begin(run->order, epochs, first);
    for (; first < rows && status == SM_OK && smi_fit_may_step(fit); first += batch) {
        batch = smi_min_size(fit->options->batch_size, rows - first);
        begin_step(objective, fit->step + 1);
        const smi_value value =
            smi_evaluate(objective, move->parameters, smi_epoch_order_next(run->order, batch),
                         batch, move->gradient);
        if (!isfinite(value.objective)) {
            return smi_fail_diverged(fit);
        }
        clip_gradient(fit->options->clip_norm, move);
        move_on(fit, run);
        const smi_step step = {
            .value = value, .rows = batch, .gradient_norm = NAN, .parameters = move->parameters};
        status = smi_fit_record(fit, &step);
        if (status == SM_OK) {
            status = smi_checkpointing_step(fit, memory);
        }
    }
    return status;
}

static void list_all(void *const solver, smi_state *const state)
{
    loop *const run = solver;
    const smi_move *const move = &run->move;
    smi_state_floats(state, "parameters", move->parameters, move->count);
    smi_state_parameters(state, "last_finite", run->finite, move->count);
    smi_state_doubles(state, "rate", &run->move.rate, 1);
    smi_state_floats(state, "rule", move->state, run->rule->state_vectors * move->count);
}

static sm_status run_all(smi_fit *const fit, loop *const run)
{
    const smi_memory memory = {.solver = run, .list = list_all};
    bool resumed = false;
    sm_status status = smi_checkpointing_resume(fit, &memory, &resumed);
    if (status == SM_OK && !resumed && run->rule->start != NULL) {
        run->rule->start(&run->move);
    }
    while (status == SM_OK && smi_fit_may_step(fit)) {
        status = run_epoch(fit, run, &memory);
    }
    begin_step(run->objective, 0);
    return status == SM_OK ? smi_checkpointing_end(fit, &memory) : status;
}

/* Each of the two arrays gets what is in the other. */
static void exchange(float *const one, float *const other, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const float value = one[i];
        one[i] = other[i];
        other[i] = value;
    }
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
    loop run = {.objective = objective, .rule = rule};
    const size_t most = smi_min_size(fit->options->batch_size, objective->row_count);
    if (smi_epoch_order_create(objective, fit->options, most, &run.order) != SM_OK) {
        return SM_ERROR_MEMORY;
    }
    run.finite = finite;
    run.move = (smi_move){.options = fit->options,
                          .kernels = objective->kernels != NULL ? objective->kernels
                                                                : &smi_kernels_reference,
                          .rate = smi_fit_rate(fit),
                          .count = count,
                          .penalized = objective->penalized_count,
                          .gradient = smi_large_array(count, sizeof(float)),
                          .state = smi_large_array(floats, sizeof(float))};
    run.move.parameters = parameters;
    const bool complete = run.move.gradient != NULL && run.move.state != NULL;
    const sm_status status = complete ? run_all(fit, &run) : smi_fail_memory("the solver");
    if (run.finite != finite) {
        exchange(parameters, finite, count);
    }
    smi_epoch_order_free(run.order);
    smi_free(run.move.gradient);
    smi_free(run.move.state);
    return status;
}
