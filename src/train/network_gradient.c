/* The gradient of a pass: dW_l = A_{l−1}ᵀ · δ_l, and db_l, the sum of the rows of δ_l. */
#include <string.h>

#include "train/hand_on.h"
#include "train/passage.h"

typedef struct gradient {
    smi_passage *run;
    const smi_gradient_target *target;
} gradient;

static void hand_on(const gradient *const all, smi_pool *const pool, const size_t begin,
                    const size_t count)
{
    if (all->target->receiver != NULL) {
        smi_hand_on(all->target->receiver, pool, begin, begin + count, all->target->sums + begin);
    }
}

/* ---- layers of full rows ---- */

static void sum_columns(const gradient *const all, const size_t layer)
{
    const smi_passage *const run = all->run;
    const smi_layer *const of = layer_of(run, layer);
    float *const sums = all->target->sums + of->bias;
    if (!all->target->add) {
        memset(sums, 0, of->outputs * sizeof *sums);
    }
    run->network->source->kernels->column_sums(delta_of(run, layer), run->rows.count, of->outputs,
                                               sums);
}

static void sum_layer(const gradient *const all, const share *const of, const size_t layer)
{
    const smi_passage *const run = all->run;
    const smi_layer *const at = layer_of(run, layer);
    multiply(run, of,
             &(smi_product){.rows = at->inputs,
                            .columns = at->outputs,
                            .depth = run->rows.count,
                            .a = {inputs_of(run, layer), 1, at->inputs},
                            .b = {delta_of(run, layer), at->outputs, 1},
                            .c = all->target->sums + at->kernel,
                            .c_stride = at->outputs,
                            .add = all->target->add});
    sum_columns(all, layer);
    hand_on(all, of->pool, at->kernel, at->inputs * at->outputs);
    hand_on(all, of->pool, at->bias, at->outputs);
}

/* ---- the first layer, of lists ---- */

static smi_network_groups groups_of(const smi_passage *const run)
{
    const smi_network_pass *const pass = run->pass;
    return (smi_network_groups){.columns = pass->groups,
                                .count = group_count(run),
                                .rows = run->rows.count,
                                .delta = delta_of(run, 0),
                                .packed = pass->packed,
                                .bias_slopes = pass->bias_slopes};
}

static void pack_tile(void *const context, const size_t tile, const size_t thread)
{
    (void)thread;
    const gradient *const all = context;
    const smi_network_groups groups = groups_of(all->run);
    smi_network_tile_pack(&all->run->network->entry, tile, &groups);
}

/* Some features' sums, in their place among the parameters', or in a thread's memory, from where
 * they are handed on. */
static void sum_part(const gradient *const all, const size_t part, const size_t thread)
{
    const smi_passage *const run = all->run;
    const smi_network_entry *const entry = &run->network->entry;
    const smi_receiver *const receiver = all->target->receiver;
    const smi_network_groups groups = groups_of(run);
    const size_t begin = entry->layer->kernel + smi_network_part_begin(entry, part);
    const size_t end = entry->layer->kernel + smi_network_part_begin(entry, part + 1);
    float *const sums = receiver != NULL
                            ? run->pass->parts + thread * smi_network_part_floats(entry)
                            : all->target->sums + begin;
    smi_network_part_gradient(entry, part, &groups, sums, all->target->add);
    if (receiver != NULL) {
        receiver->take(receiver->context, begin, end, sums);
    }
}

static void finish_bias(const gradient *const all)
{
    const smi_passage *const run = all->run;
    const smi_layer *const layer = run->network->entry.layer;
    const float *const slopes = run->pass->bias_slopes;
    float *const sums = all->target->sums + layer->bias;
    for (size_t u = 0; u < layer->outputs; u++) {
        sums[u] = all->target->add ? sums[u] + slopes[u] : slopes[u];
    }
    hand_on(all, NULL, layer->bias, layer->outputs);
}

/* ---- all layers ---- */

/* Narrow layers behind lists: each is a task beside those of the lists. */
static bool stand_beside(const smi_passage *const run)
{
    return run->network->entry.lists && smi_network_is_narrow(run->network->model);
}

static void sum_task(void *const context, const size_t task, const size_t thread)
{
    const gradient *const all = context;
    const smi_passage *const run = all->run;
    const size_t beside = stand_beside(run) ? last_layer(run) : 0;
    if (task < beside) {
        const share alone = {.count = run->rows.count,
                             .scratch = run->pass->scratch + thread * run->pass->scratch_floats};
        sum_layer(all, &alone, last_layer(run) - task);
    } else {
        sum_part(all, task - beside, thread);
    }
}

void smi_network_pass_gradient(smi_passage *const passage, const smi_gradient_target *const target)
{
    const smi_network_entry *const entry = &passage->network->entry;
    const size_t last = last_layer(passage);
    const bool beside = stand_beside(passage);
    const share every = all_rows(passage);
    gradient all = {passage, target};
    for (size_t l = last + 1; l-- > (entry->lists ? 1 : 0) && !beside;) {
        sum_layer(&all, &every, l);
    }
    if (entry->lists) {
        for_tasks(passage->pool, smi_network_tiles(entry), pack_tile, &all);
        for_tasks(passage->pool, (beside ? last : 0) + smi_network_parts(entry), sum_task, &all);
        finish_bias(&all);
    }
}
