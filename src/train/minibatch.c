#include "train/minibatch.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/large_pages.h"
#include "sys/pool.h"
#include "train/checkpointing.h"
#include "train/epoch_order.h"
#include "train/hand_on.h"
#include "train/vector.h"

typedef struct loop {
    const smi_objective *objective;
    smi_fit *fit;
    const smi_rule *rule;
    smi_epoch_order *order;
    bool in_order; /* the order stands at the next step's rows, unless those begin an epoch */
    smi_move move;
    float *gradient;
    bool resting; /* the rate is 0: a step moves nothing */
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

/* The parameters become the last finite ones, and their next values go where the last before were:
 * two arrays in turn, so that none is copied. */
static void take_turns(loop *const run)
{
    float *const parameters = run->move.parameters;
    run->move.before = parameters;
    run->move.parameters = run->finite;
    run->finite = parameters;
}

/* A value that is finite: the parameters are kept, and will move on. */
static bool begin_move(void *const context, const smi_value *const value)
{
    loop *const run = context;
    smi_move *const move = &run->move;
    const double rate = smi_fit_rate(run->fit);
    if (!isfinite(value->objective)) {
        return false;
    }
    move->step = run->fit->step + 1;
    move->rate_before = move->step == 1 ? rate : move->rate;
    move->rate = rate;
    run->resting = rate <= 0.0;
    if (run->resting) {
        move->rate = move->rate_before;
    } else {
        take_turns(run);
        if (run->rule->begin_step != NULL) {
            run->rule->begin_step(move);
        }
    }
    return true;
}

static void move_part(void *const context, const size_t begin, const size_t end, float *const part)
{
    const loop *const run = context;
    const smi_move *const move = &run->move;
    const size_t size = (end - begin) * sizeof *move->parameters;
    if (run->resting) {
        memcpy(run->finite + begin, move->parameters + begin, size);
        return;
    }
    if (!run->rule->fills) {
        memcpy(move->parameters + begin, move->before + begin, size);
    }
    run->rule->apply(move, begin, end, part);
}

/* ---- all steps ---- */

/* Makes a gradient that is longer than `most` as long as that. */
static void clip_gradient(const double most, float *const gradient, const size_t count)
{
    if (most == INFINITY) {
        return;
    }
    const double norm = smi_norm(gradient, count);
    if (norm > most) {
        smi_scale(most / norm, gradient, gradient, count);
    }
}

/* A step on these rows, in parts, unless all of the gradient has to be known first. Nothing has
 * moved when the value is not finite. */
static smi_value take_step(loop *const run, const size_t *const rows, const size_t count)
{
    const smi_objective *const objective = run->objective;
    const smi_move *const move = &run->move;
    const double most = run->fit->options->clip_norm;
    const smi_receiver receiver = {.context = run, .begin = begin_move, .take = move_part};
    begin_step(objective, run->fit->step + 1);
    if (objective->evaluate_in_parts != NULL && most == INFINITY) {
        return objective->evaluate_in_parts(objective->context, move->parameters, rows, count,
                                            run->gradient, &receiver);
    }
    const smi_value value = smi_evaluate(objective, move->parameters, rows, count, run->gradient);
    clip_gradient(most, run->gradient, move->count);
    if (begin_move(run, &value)) {
        smi_hand_on(&receiver, objective->pool, 0, move->count, run->gradient);
    }
    return value;
}

/* One epoch, or what a checkpoint, a pause and the limits leave of it. */
static sm_status run_epoch(loop *const run, const smi_memory *const memory)
{
    smi_fit *const fit = run->fit;
    const smi_objective *const objective = run->objective;
    const size_t rows = objective->row_count;
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
        const smi_value value = take_step(run, smi_epoch_order_next(run->order, batch), batch);
        if (!isfinite(value.objective)) {
            return smi_fail_diverged(fit);
        }
        const smi_step step = {.value = value,
                               .rows = batch,
                               .gradient_norm = NAN,
                               .parameters = run->move.parameters};
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
    smi_free(run->gradient);
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
        run->gradient = smi_large_array(move->count, sizeof *run->gradient);
        move->state = smi_large_array(floats, sizeof *move->state);
    }
    return run->gradient == NULL || move->state == NULL ? smi_fail_memory("the solver") : SM_OK;
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
