#include "train/network_pass.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "kernel/dropout.h"
#include "train/passage.h"

enum { NARROW_WEIGHTS = 1 << 16 }; /* behind the first layer: a quarter of a megabyte */

/* Floats from one row's outputs to the next: logits have their tangents beside them. */
static size_t output_stride(const smi_passage *const run, const size_t layer)
{
    const size_t outputs = layer_of(run, layer)->outputs;
    return run->purpose == SMI_PASS_CURVATURE && !is_hidden(run, layer) ? 2 * outputs : outputs;
}

/* The tangents of a layer's outputs, with the same stride as these. */
static float *tangents_of(const smi_passage *const run, const size_t layer)
{
    const layer_space *const space = &run->pass->layers[layer];
    return is_hidden(run, layer) ? space->tangents : space->outputs + layer_of(run, layer)->outputs;
}

static void for_blocks(smi_passage *const run, smi_task *const task)
{
    for_tasks(run->pool, block_count(run), task, run);
}

/* All blocks of a layer. */
typedef struct layer_of_all {
    const smi_passage *run;
    size_t layer;
} layer_of_all;

static void for_blocks_of_layer(const smi_passage *const run, smi_task *const task,
                                const size_t layer)
{
    layer_of_all all = {run, layer};
    for_tasks(run->pool, block_count(run), task, &all);
}

static share rows_of_block(const smi_passage *const run, const size_t block, const size_t thread)
{
    return (share){.first = block_begin(run, block),
                   .count = block_rows(run, block),
                   .scratch = run->pass->scratch + thread * run->pass->scratch_floats};
}

/* ---- forwards ---- */

static void add_bias(const smi_passage *const run, const float *const parameters,
                     const size_t layer, const size_t block, float *const outputs)
{
    const smi_layer *const of = layer_of(run, layer);
    const size_t stride = output_stride(run, layer);
    run->network->source->kernels->add_bias(parameters + of->bias, of->outputs,
                                            block_rows(run, block),
                                            outputs + block_begin(run, block) * stride, stride);
}

/* From the block's Z of a hidden layer to its A, and to f'. */
static void activate(const smi_passage *const run, const size_t layer, const size_t block)
{
    const smi_network *const network = run->network;
    const smi_kernels *const kernels = network->source->kernels;
    const smi_layer *const of = layer_of(run, layer);
    const layer_space *const space = &run->pass->layers[layer];
    const size_t first = block_begin(run, block) * of->outputs;
    const size_t rows = block_rows(run, block);
    float *const outputs = space->outputs + first;
    float *const derivatives = run->purpose == SMI_PASS_VALUE ? NULL : space->derivatives + first;
    kernels->activate(of->activation, outputs, rows * of->outputs, derivatives);
    if (of->dropout > 0.0 && network->step > 0) {
        const smi_dropout dropout =
            smi_dropout_at(network->seed, network->step, layer, of->dropout);
        kernels->dropout(&dropout, run->rows.place + block_begin(run, block), rows, of->outputs,
                         outputs, derivatives);
    }
    if (run->purpose == SMI_PASS_CURVATURE) {
        kernels->multiply(derivatives, rows * of->outputs, space->tangents + first);
    }
}

static void gather_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const smi_passage *const run = context;
    const smi_network_rows *const rows = &run->rows;
    const smi_network_entry *const entry = &run->network->entry;
    const size_t first = block_begin(run, block);
    smi_row_block *const gathered = &run->pass->blocks[block];
    smi_row_block_gather(run->network->source, rows->rows == NULL ? NULL : rows->rows + first,
                         rows->first_row + first, block_rows(run, block), gathered);
    if (entry->turned) {
        return;
    }
    if (entry->lists) {
        smi_network_columns_count(entry, gathered, block % SMI_GROUP_BLOCKS,
                                  &run->pass->groups[block / SMI_GROUP_BLOCKS]);
    } else {
        smi_network_entry_densify(entry, gathered, run->pass->x + first * entry->layer->inputs);
    }
}

/* What a layer does with its sums. */
static void finish(const smi_passage *const run, const size_t layer, const size_t block)
{
    const smi_network *const network = run->network;
    const bool lacks_bias = layer > 0 || !network->entry.lists;
    if (lacks_bias) {
        add_bias(run, network->parameters, layer, block, run->pass->layers[layer].outputs);
    }
    if (lacks_bias && run->purpose == SMI_PASS_CURVATURE) {
        add_bias(run, network->direction, layer, block, tangents_of(run, layer));
    }
    if (is_hidden(run, layer)) {
        activate(run, layer, block);
    }
}

static void finish_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const layer_of_all *const all = context;
    finish(all->run, all->layer, block);
}

/* ---- the first layer, of lists ---- */

static void place_group(void *const context, const size_t group, const size_t thread)
{
    (void)thread;
    const smi_passage *const run = context;
    const size_t first = group * SMI_GROUP_BLOCKS;
    const size_t blocks = group_blocks(run, group);
    smi_network_columns_place(&run->network->entry, blocks,
                              block_begin(run, first + blocks) - block_begin(run, first),
                              &run->pass->groups[group]);
}

static void fill_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const smi_passage *const run = context;
    const size_t place = block % SMI_GROUP_BLOCKS;
    smi_network_columns_fill(&run->network->entry, &run->pass->blocks[block], place,
                             block_begin(run, block) - block_begin(run, block - place),
                             &run->pass->groups[block / SMI_GROUP_BLOCKS]);
}

/* Some features of a group of rows of bytes. */
static void turn_group(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const smi_passage *const run = context;
    const smi_network_entry *const entry = &run->network->entry;
    const size_t turns = smi_network_turns(entry);
    const size_t group = task / turns;
    const void *x[SMI_GROUP_ROWS];
    size_t rows = 0;
    for (size_t b = 0; b < group_blocks(run, group); b++) {
        const smi_row_block *const block = &run->pass->blocks[group * SMI_GROUP_BLOCKS + b];
        memcpy(x + rows, block->x, block->count * sizeof *x);
        rows += block->count;
    }
    smi_network_columns_turn(entry, x, rows, task % turns, &run->pass->groups[group]);
}

/* A tile of the layer's units for a group of rows. */
static void multiply_tile(void *const context, const size_t task, const size_t thread)
{
    const smi_passage *const run = context;
    const smi_network *const network = run->network;
    const smi_network_entry *const entry = &network->entry;
    const smi_network_pass *const pass = run->pass;
    const size_t tiles = smi_network_tiles(entry);
    const size_t tile = task % tiles;
    const size_t group = task / tiles;
    const size_t first = block_begin(run, group * SMI_GROUP_BLOCKS) * entry->layer->outputs;
    float *const memory = pass->tiles + thread * SMI_TILE_FLOATS;
    smi_network_tile_multiply(entry, network->parameters, tile, &pass->groups[group], memory,
                              pass->layers[0].outputs + first);
    if (run->purpose == SMI_PASS_CURVATURE) {
        smi_network_tile_multiply(entry, network->direction, tile, &pass->groups[group], memory,
                                  pass->layers[0].tangents + first);
    }
}

static void meet_lists(smi_passage *const run)
{
    const smi_network_entry *const entry = &run->network->entry;
    if (entry->turned) {
        for_tasks(run->pool, group_count(run) * smi_network_turns(entry), turn_group, run);
    } else {
        for_tasks(run->pool, group_count(run), place_group, run);
        for_blocks(run, fill_block);
    }
    for_tasks(run->pool, group_count(run) * smi_network_tiles(entry), multiply_tile, run);
}

/* ---- the other layers ---- */

/* c = a · the layer's kernel in `parameters`, or c += it. a, c: from the first row on. */
static void apply_kernel(const smi_passage *const run, const share *const of,
                         const float *const parameters, const size_t layer, const float *const a,
                         float *const c, const bool add)
{
    const smi_layer *const at = layer_of(run, layer);
    const size_t stride = output_stride(run, layer);
    multiply(run, of,
             &(smi_product){.rows = of->count,
                            .columns = at->outputs,
                            .depth = at->inputs,
                            .a = {a + of->first * at->inputs, at->inputs, 1},
                            .b = {parameters + at->kernel, at->outputs, 1},
                            .c = c + of->first * stride,
                            .c_stride = stride,
                            .add = add});
}

/* The layer's sums, and their tangents. */
static void apply_layer(const smi_passage *const run, const share *const of, const size_t layer)
{
    const smi_network *const network = run->network;
    const float *const inputs = inputs_of(run, layer);
    apply_kernel(run, of, network->parameters, layer, inputs, run->pass->layers[layer].outputs,
                 false);
    if (run->purpose == SMI_PASS_CURVATURE) {
        float *const tangents = tangents_of(run, layer);
        apply_kernel(run, of, network->direction, layer, inputs, tangents, false);
        if (layer > 0) {
            apply_kernel(run, of, network->parameters, layer, tangents_of(run, layer - 1), tangents,
                         true);
        }
    }
}

/* ---- the loss ---- */

static void lose_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const smi_passage *const run = context;
    const smi_network_pass *const pass = run->pass;
    const size_t classes = layer_of(run, last_layer(run))->outputs;
    const size_t first = block_begin(run, block) * classes;
    const size_t count = block_rows(run, block) * classes;
    float *delta = pass->layers[last_layer(run)].outputs;
    if (run->purpose == SMI_PASS_CURVATURE) {
        float *const pairs = delta + 2 * first;
        smi_row_block_curvature(run->network->source, &pass->blocks[block], classes, pairs);
        delta = memcpy(pass->last_deltas + first, pairs, count * sizeof *pairs);
    } else {
        delta += first;
        pass->losses[block] =
            smi_row_block_loss(run->network->source, &pass->blocks[block], classes, delta);
    }
    for (size_t i = 0; run->purpose != SMI_PASS_VALUE && i < count; i++) {
        delta[i] *= run->network->factor;
    }
}

/* ---- backwards ---- */

/* Where rows from this one on have their products: at the same place for all layers, as those
 * before and behind may be at another layer. */
static float *products_of(const smi_passage *const run, const size_t row)
{
    return run->pass->products + row * run->pass->widest;
}

/* δ · Wᵀ of a layer. */
static void go_below(const smi_passage *const run, const share *const of, const size_t layer)
{
    const smi_layer *const at = layer_of(run, layer);
    multiply(run, of,
             &(smi_product){.rows = of->count,
                            .columns = at->inputs,
                            .depth = at->outputs,
                            .a = {delta_of(run, layer) + of->first * at->outputs, at->outputs, 1},
                            .b = {run->network->parameters + at->kernel, 1, at->outputs},
                            .c = products_of(run, of->first),
                            .c_stride = at->inputs});
}

/* From f' of a block's rows of a hidden layer to their δ. products: theirs. */
static void differentiate(const smi_passage *const run, const size_t layer, const size_t block,
                          const float *const products)
{
    const size_t units = layer_of(run, layer)->outputs;
    run->network->source->kernels->multiply(products, block_rows(run, block) * units,
                                            run->pass->layers[layer].derivatives +
                                                block_begin(run, block) * units);
}

static void differentiate_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const layer_of_all *const all = context;
    const smi_passage *const run = all->run;
    const size_t units = layer_of(run, all->layer)->outputs;
    differentiate(run, all->layer, block, run->pass->products + block_begin(run, block) * units);
}

/* ---- through all layers ---- */

/* The first layer's sums. */
static void enter(smi_passage *const run)
{
    for_blocks(run, gather_block);
    if (run->network->entry.lists) {
        meet_lists(run);
    } else {
        const share all = all_rows(run);
        apply_layer(run, &all, 0);
    }
}

/* From the first layer's sums to its δ, one layer after the other. */
static void go_by_layers(smi_passage *const run)
{
    const share all = all_rows(run);
    for_blocks_of_layer(run, finish_block, 0);
    for (size_t l = 1; l <= last_layer(run); l++) {
        apply_layer(run, &all, l);
        for_blocks_of_layer(run, finish_block, l);
    }
    for_blocks(run, lose_block);
    for (size_t l = last_layer(run); run->purpose != SMI_PASS_VALUE && l > 0; l--) {
        go_below(run, &all, l);
        for_blocks_of_layer(run, differentiate_block, l - 1);
    }
}

/* The same for a block of rows. */
static void take_block(void *const context, const size_t block, const size_t thread)
{
    const smi_passage *const run = context;
    const share rows = rows_of_block(run, block, thread);
    finish(run, 0, block);
    for (size_t l = 1; l <= last_layer(run); l++) {
        apply_layer(run, &rows, l);
        finish(run, l, block);
    }
    lose_block(context, block, thread);
    for (size_t l = last_layer(run); run->purpose != SMI_PASS_VALUE && l > 0; l--) {
        go_below(run, &rows, l);
        differentiate(run, l - 1, block, products_of(run, rows.first));
    }
}

static smi_block_loss sum_losses(const smi_passage *const run)
{
    smi_block_loss sum = {0.0, 0};
    for (size_t b = 0; b < block_count(run) && run->purpose != SMI_PASS_CURVATURE; b++) {
        sum.loss += run->pass->losses[b].loss;
        sum.correct += run->pass->losses[b].correct;
    }
    return sum;
}

bool smi_network_is_narrow(const sm_model *const model)
{
    size_t weights = 0;
    for (size_t l = 1; l < model->layer_count && weights <= NARROW_WEIGHTS; l++) {
        weights += model->layers[l].inputs * model->layers[l].outputs;
    }
    return weights <= NARROW_WEIGHTS;
}

smi_block_loss smi_network_pass_run(smi_passage *const passage)
{
    enter(passage);
    if (smi_network_is_narrow(passage->network->model)) {
        for_blocks(passage, take_block);
    } else {
        go_by_layers(passage);
    }
    return sum_losses(passage);
}

static bool is_finite(const float *const values, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
    }
    return true;
}

size_t smi_network_pass_broken_layer(const smi_network *const network,
                                     const smi_network_pass *const pass, const size_t rows)
{
    size_t layer = 0;
    while (layer + 1 < pass->layer_count &&
           is_finite(pass->layers[layer].outputs, rows * network->model->layers[layer].outputs)) {
        layer++;
    }
    return layer;
}
