#include "train/network_pass.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "kernel/dropout.h"
#include "kernel/product.h"
#include "train/network_space.h"

enum { NARROW_WEIGHTS = 1 << 16 }; /* behind the first layer: a quarter of a megabyte */

/* A pass under way. */
typedef struct passage {
    const smi_network *network;
    smi_network_pass *pass;
    smi_pool *pool;
    smi_purpose purpose;
    const smi_network_rows *rows;
    size_t layer;
    float *sums;
    bool add;      /* to what they hold */
    bool together; /* a block of rows goes through all layers but the first at once */
} passage;

static const smi_layer *layer_of(const passage *const run, const size_t layer)
{
    return &run->network->model->layers[layer];
}

static size_t last_layer(const passage *const run)
{
    return run->network->model->layer_count - 1;
}

static bool is_hidden(const passage *const run, const size_t layer)
{
    return layer < last_layer(run);
}

/* Floats from one row's outputs to the next: logits have their tangents beside them. */
static size_t output_stride(const passage *const run, const size_t layer)
{
    const size_t outputs = layer_of(run, layer)->outputs;
    return run->purpose == SMI_PASS_CURVATURE && !is_hidden(run, layer) ? 2 * outputs : outputs;
}

/* The tangents of a layer's outputs, with the same stride as these. */
static float *tangents_of(const passage *const run, const size_t layer)
{
    const layer_space *const space = &run->pass->layers[layer];
    return is_hidden(run, layer) ? space->tangents : space->outputs + layer_of(run, layer)->outputs;
}

static size_t block_count(const passage *const run)
{
    return (run->rows->count + SMI_BLOCK_ROWS - 1) / SMI_BLOCK_ROWS;
}

/* Where a block begins: they are as even as can be, for threads to have as much to do. */
static size_t block_begin(const passage *const run, const size_t block)
{
    return run->rows->count * block / block_count(run);
}

static size_t block_rows(const passage *const run, const size_t block)
{
    return block_begin(run, block + 1) - block_begin(run, block);
}

static size_t group_count(const passage *const run)
{
    return (block_count(run) + SMI_GROUP_BLOCKS - 1) / SMI_GROUP_BLOCKS;
}

static size_t group_blocks(const passage *const run, const size_t group)
{
    return smi_min_size(SMI_GROUP_BLOCKS, block_count(run) - group * SMI_GROUP_BLOCKS);
}

static void for_tasks(passage *const run, const size_t count, smi_task *const task)
{
    if (run->pool != NULL && count > 1) {
        smi_pool_run(run->pool, count, task, run);
        return;
    }
    for (size_t t = 0; t < count; t++) {
        task(run, t, 0);
    }
}

static void for_blocks(passage *const run, smi_task *const task)
{
    for_tasks(run, block_count(run), task);
}

/* Rows that go through a layer together. */
typedef struct share {
    size_t first;
    size_t count;
    smi_pool *pool; /* NULL: by this thread alone */
    float *scratch; /* for its products */
} share;

static share all_rows(const passage *const run)
{
    return (share){.count = run->rows->count, .pool = run->pool, .scratch = run->pass->scratch};
}

static share rows_of_block(const passage *const run, const size_t block, const size_t thread)
{
    return (share){.first = block_begin(run, block),
                   .count = block_rows(run, block),
                   .scratch = run->pass->scratch + thread * run->pass->scratch_floats};
}

static void multiply(const passage *const run, const share *const of,
                     const smi_product *const product)
{
    smi_product_run(run->network->source->kernels, of->pool, product, of->scratch);
}

/* ---- forwards ---- */

static void add_bias(const passage *const run, const float *const parameters, const size_t layer,
                     const size_t block, float *const outputs)
{
    const smi_layer *const of = layer_of(run, layer);
    const size_t stride = output_stride(run, layer);
    run->network->source->kernels->add_bias(parameters + of->bias, of->outputs,
                                            block_rows(run, block),
                                            outputs + block_begin(run, block) * stride, stride);
}

/* From the block's Z of a hidden layer to its A, and to f'. */
static void activate(const passage *const run, const size_t layer, const size_t block)
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
        kernels->dropout(&dropout, run->rows->place + block_begin(run, block), rows, of->outputs,
                         outputs, derivatives);
    }
    if (run->purpose == SMI_PASS_CURVATURE) {
        kernels->multiply(derivatives, rows * of->outputs, space->tangents + first);
    }
}

static void gather_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    const smi_network_rows *const rows = run->rows;
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
static void finish(const passage *const run, const size_t layer, const size_t block)
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
    const passage *const run = context;
    finish(run, run->layer, block);
}

/* ---- the first layer, of lists ---- */

static void place_group(void *const context, const size_t group, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    const size_t first = group * SMI_GROUP_BLOCKS;
    const size_t blocks = group_blocks(run, group);
    smi_network_columns_place(&run->network->entry, blocks,
                              block_begin(run, first + blocks) - block_begin(run, first),
                              &run->pass->groups[group]);
}

static void fill_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    const size_t place = block % SMI_GROUP_BLOCKS;
    smi_network_columns_fill(&run->network->entry, &run->pass->blocks[block], place,
                             block_begin(run, block) - block_begin(run, block - place),
                             &run->pass->groups[block / SMI_GROUP_BLOCKS]);
}

/* Some features of a group of rows of bytes. */
static void turn_group(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
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
    const passage *const run = context;
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

static void meet_lists(passage *const run)
{
    const smi_network_entry *const entry = &run->network->entry;
    if (entry->turned) {
        for_tasks(run, group_count(run) * smi_network_turns(entry), turn_group);
    } else {
        for_tasks(run, group_count(run), place_group);
        for_blocks(run, fill_block);
    }
    for_tasks(run, group_count(run) * smi_network_tiles(entry), multiply_tile);
}

/* ---- the other layers ---- */

/* What goes into a layer: rows × inputs. */
static const float *inputs_of(const passage *const run, const size_t layer)
{
    return layer == 0 ? run->pass->x : run->pass->layers[layer - 1].outputs;
}

/* c = a · the layer's kernel in `parameters`, or c += it. a, c: from the first row on. */
static void apply_kernel(const passage *const run, const share *const of,
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
static void apply_layer(const passage *const run, const share *const of, const size_t layer)
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
    const passage *const run = context;
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

/* δ of the layer: rows × outputs. */
static const float *delta_of(const passage *const run, const size_t layer)
{
    const layer_space *const space = &run->pass->layers[layer];
    return is_hidden(run, layer)                ? space->derivatives
           : run->purpose == SMI_PASS_CURVATURE ? run->pass->last_deltas
                                                : space->outputs;
}

/* Where rows from this one on have their products: at the same place for all layers, as those
 * before and behind may be at another layer. */
static float *products_of(const passage *const run, const size_t row)
{
    return run->pass->products + row * run->pass->widest;
}

/* δ · Wᵀ of a layer. */
static void go_below(const passage *const run, const share *const of, const size_t layer)
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
static void differentiate(const passage *const run, const size_t layer, const size_t block,
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
    const passage *const run = context;
    const size_t units = layer_of(run, run->layer)->outputs;
    differentiate(run, run->layer, block, run->pass->products + block_begin(run, block) * units);
}

/* ---- the gradient ---- */

static void sum_columns(const passage *const run, const size_t layer)
{
    const smi_layer *const of = layer_of(run, layer);
    float *const sums = run->sums + of->bias;
    if (!run->add) {
        memset(sums, 0, of->outputs * sizeof *sums);
    }
    run->network->source->kernels->column_sums(delta_of(run, layer), run->rows->count, of->outputs,
                                               sums);
}

static void add_gradient(const passage *const run, const share *const of, const size_t layer)
{
    const smi_layer *const at = layer_of(run, layer);
    multiply(run, of,
             &(smi_product){.rows = at->inputs,
                            .columns = at->outputs,
                            .depth = run->rows->count,
                            .a = {inputs_of(run, layer), 1, at->inputs},
                            .b = {delta_of(run, layer), at->outputs, 1},
                            .c = run->sums + at->kernel,
                            .c_stride = at->outputs,
                            .add = run->add});
    sum_columns(run, layer);
}

/* A part of a tile of the first layer's gradient over all rows that are lists. */
static void sum_tile(const passage *const run, const size_t number, const size_t thread)
{
    const smi_network_entry *const entry = &run->network->entry;
    const smi_network_pass *const pass = run->pass;
    const size_t parts = smi_network_parts(entry);
    smi_network_tile_gradient(entry, pass->groups, group_count(run), number / parts, number % parts,
                              delta_of(run, 0), pass->tiles + thread * SMI_TILE_FLOATS, run->sums,
                              run->add);
}

static void sum_task(void *const context, const size_t task, const size_t thread)
{
    const passage *const run = context;
    const size_t dense = run->together ? last_layer(run) : 0;
    if (task < dense) {
        const share all = {.count = run->rows->count,
                           .scratch = run->pass->scratch + thread * run->pass->scratch_floats};
        add_gradient(run, &all, last_layer(run) - task);
    } else {
        sum_tile(run, task - dense, thread);
    }
}

/* Of narrow layers, each is a task beside those of the lists. */
static void sum_gradient(passage *const run)
{
    const smi_network_entry *const entry = &run->network->entry;
    const size_t last = last_layer(run);
    const bool beside = entry->lists && run->together;
    const share all = all_rows(run);
    for (size_t l = last + 1; l-- > (entry->lists ? 1 : 0) && !beside;) {
        add_gradient(run, &all, l);
    }
    if (entry->lists) {
        const size_t tiles = smi_network_tiles(entry) * smi_network_parts(entry);
        for_tasks(run, (beside ? last : 0) + tiles, sum_task);
    }
}

/* ---- through all layers ---- */

/* The first layer's sums. */
static void enter(passage *const run)
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
static void go_by_layers(passage *const run)
{
    const share all = all_rows(run);
    for_blocks(run, finish_block);
    for (run->layer = 1; run->layer <= last_layer(run); run->layer++) {
        apply_layer(run, &all, run->layer);
        for_blocks(run, finish_block);
    }
    for_blocks(run, lose_block);
    for (size_t l = last_layer(run); run->purpose != SMI_PASS_VALUE && l > 0; l--) {
        go_below(run, &all, l);
        run->layer = l - 1;
        for_blocks(run, differentiate_block);
    }
}

/* The same for a block of rows. */
static void take_block(void *const context, const size_t block, const size_t thread)
{
    const passage *const run = context;
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

static smi_block_loss sum_losses(const passage *const run)
{
    smi_block_loss sum = {0.0, 0};
    for (size_t b = 0; b < block_count(run) && run->purpose != SMI_PASS_CURVATURE; b++) {
        sum.loss += run->pass->losses[b].loss;
        sum.correct += run->pass->losses[b].correct;
    }
    return sum;
}

/* Whether the layers behind the first are so small that a block of rows meets all of them while
 * they are in a thread's cache. */
static bool is_narrow(const sm_model *const model)
{
    size_t weights = 0;
    for (size_t l = 1; l < model->layer_count && weights <= NARROW_WEIGHTS; l++) {
        weights += model->layers[l].inputs * model->layers[l].outputs;
    }
    return weights <= NARROW_WEIGHTS;
}

smi_block_loss smi_network_pass_run(const smi_network *const network, smi_network_pass *const pass,
                                    smi_pool *const pool, const smi_purpose purpose,
                                    const smi_network_rows *const rows, float *const sums,
                                    const bool add)
{
    passage under_way = {.network = network,
                         .pass = pass,
                         .pool = pool,
                         .purpose = purpose,
                         .rows = rows,
                         .together = is_narrow(network->model),
                         .add = add};
    under_way.sums = sums;
    enter(&under_way);
    if (under_way.together) {
        for_blocks(&under_way, take_block);
    } else {
        go_by_layers(&under_way);
    }
    if (purpose != SMI_PASS_VALUE) {
        sum_gradient(&under_way);
    }
    return sum_losses(&under_way);
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
