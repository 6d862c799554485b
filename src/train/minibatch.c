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
    smi_fit *fit;
    const smi_rule *rule;
    smi_epoch_order *order;
    bool in_order; /* the order stands at the next step's rows, unless those begin an epoch */
    smi_move move;
    float *finite;
    float *given_finite; /* the caller's array for them; the other one is for the parameters */
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
static void move_on(loop *const run)
{
    const smi_fit *const fit = run->fit;
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

/* One epoch, or what a checkpoint, a pause and the limits leave of it. */
static sm_status run_epoch(loop *const run, const smi_memory *const memory)
{
    smi_fit *const fit = run->fit;
    const smi_objective *const objective = run->objective;
    const size_t rows = objective->row_count;
    smi_move *const move = &run->move;
    const size_t epochs = fit->step / fit->steps_per_epoch;
    sm_status status = SM_OK;
    size_t first = fit->step % fit->steps_per_epoch * fit->options->batch_size;
    size_t batch = 0;
    if (first == 0 || !run->in_order) {
        smi_epoch_order_begin(run->order, epochs, first);
        run->in_order = true;
    }
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
        move_on(run);
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

/* Each of the two arrays gets what is in the other. */
static void exchange(float *const one, float *const other, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const float value = one[i];
        one[i] = other[i];
        other[i] = value;
    }
}

/* The parameters, and the last finite ones, are in the caller's arrays for them again. */
static void hand_back(loop *const run)
{
    if (run->finite != run->given_finite) {
        float *const parameters = run->finite;
        exchange(run->move.parameters, run->finite, run->move.count);
        run->finite = run->move.parameters;
        run->move.parameters = parameters;
    }
}

static sm_status run_all(void *const state)
{
    loop *const run = state;
    const smi_memory memory = {.solver = run, .list = list_all};
    sm_status status = SM_OK;
    while (status == SM_OK && smi_fit_may_step(run->fit)) {
        status = run_epoch(run, &memory);
    }
    begin_step(run->objective, 0);
    if (status == SM_OK) {
        status = smi_checkpointing_end(run->fit, &memory);
    }
    hand_back(run);
    return status;
}

static void free_loop(void *const state)
{
    loop *const run = state;
    smi_epoch_order_free(run->order);
    smi_free(run->move.gradient);
    smi_free(run->move.state);
    smi_free(run);
}

/* ---- the beginning ---- */

static sm_status make(loop *const run)
{
    const smi_fit *const fit = run->fit;
    smi_move *const move = &run->move;
    const size_t most = smi_min_size(fit->options->batch_size, run->objective->row_count);
    size_t floats = 0;
    if (smi_epoch_order_create(run->objective, fit->options, most, &run->order) != SM_OK) {
        return SM_ERROR_MEMORY;
    }
    if (smi_multiply_size(run->rule->state_vectors, move->count, &floats)) {
        move->gradient = smi_large_array(move->count, sizeof *move->gradient);
        move->state = smi_large_array(floats, sizeof *move->state);
    }
    return move->gradient == NULL || move->state == NULL ? smi_fail_memory("the solver") : SM_OK;
}

static sm_status start(loop *const run)
{
    const smi_memory memory = {.solver = run, .list = list_all};
    bool resumed = false;
    const sm_status status = smi_checkpointing_resume(run->fit, &memory, &resumed);
    if (status == SM_OK && !resumed && run->rule->start != NULL) {
        run->rule->start(&run->move);
    }
    return status;
}

sm_status smi_solve_minibatches(const smi_objective *const objective, smi_fit *const fit,
                                const smi_rule *const rule, float *const parameters,
                                float *const finite, smi_solving *const solving)
{
    loop *const run = smi_array(1, sizeof *run);
    if (run == NULL) {
        return smi_fail_memory("the solver");
    }
    *run = (loop){.objective = objective, .fit = fit, .rule = rule};
    run->finite = finite;
    run->given_finite = finite;
    run->move = (smi_move){.options = fit->options,
                           .kernels = objective->kernels != NULL ? objective->kernels
                                                                 : &smi_kernels_reference,
                           .rate = smi_fit_rate(fit),
                           .count = objective->parameter_count,
                           .penalized = objective->penalized_count};
    run->move.parameters = parameters;
    sm_status status = make(run);
    if (status == SM_OK) {
        status = start(run);
    }
    if (status != SM_OK) {
        free_loop(run);
        return status;
    }
    *solving = (smi_solving){.state = run, .run = run_all, .free = free_loop};
    return SM_OK;
}
