#include "train/network_pass.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "kernel/dropout.h"
#include "kernel/product.h"

/* What one layer's rows come to. */
typedef struct layer_space {
    float *outputs;     /* capacity × outputs; of the last layer, logits, or pairs of them */
    float *derivatives; /* hidden, with gradients: capacity × outputs */
    float *tangents;    /* likewise */
} layer_space;

struct smi_network_pass {
    size_t layer_count;
    size_t block_count;
    smi_row_block *blocks;  /* of SMI_BLOCK_ROWS each */
    smi_block_loss *losses; /* one a block */
    float *x;               /* capacity × features; NULL: the rows are lists */
    layer_space *layers;
    float *deltas[2]; /* capacity × the widest layer */
    float *tiles;     /* SMI_TILE_FLOATS for each thread; NULL: the rows are full */
    size_t group_count;
    smi_network_columns *groups; /* likewise: one for SMI_GROUP_BLOCKS blocks each */
    float *scratch;              /* of the products, for each thread */
};

/* A pass under way. */
typedef struct passage {
    const smi_network *network;
    smi_network_pass *pass;
    smi_pool *pool;
    smi_purpose purpose;
    const smi_network_rows *rows;
    size_t layer;
    const float *delta; /* rows × outputs of the layer */
    float *sums;
    bool add; /* to what they hold */
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

static void multiply(const passage *const run, const smi_product *const product)
{
    smi_product_run(run->network->source->kernels, run->pool, product, run->pass->scratch);
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
    if (entry->lists) {
        smi_network_columns_count(entry, gathered, block % SMI_GROUP_BLOCKS,
                                  &run->pass->groups[block / SMI_GROUP_BLOCKS]);
    } else {
        smi_network_entry_densify(entry, gathered, run->pass->x + first * entry->layer->inputs);
    }
}

static void finish_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    const smi_network *const network = run->network;
    const size_t layer = run->layer;
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
    for_tasks(run, group_count(run), place_group);
    for_blocks(run, fill_block);
    for_tasks(run, group_count(run) * smi_network_tiles(&run->network->entry), multiply_tile);
}

/* ---- the other layers ---- */

/* What goes into a layer: rows × inputs. */
static const float *inputs_of(const passage *const run, const size_t layer)
{
    return layer == 0 ? run->pass->x : run->pass->layers[layer - 1].outputs;
}

/* c = a · the layer's kernel in `parameters`, or c += it. */
static void apply_kernel(const passage *const run, const float *const parameters,
                         const size_t layer, const float *const a, float *const c, const bool add)
{
    const smi_layer *const of = layer_of(run, layer);
    multiply(run, &(smi_product){.rows = run->rows->count,
                                 .columns = of->outputs,
                                 .depth = of->inputs,
                                 .a = {a, of->inputs, 1},
                                 .b = {parameters + of->kernel, of->outputs, 1},
                                 .c = c,
                                 .c_stride = output_stride(run, layer),
                                 .add = add});
}

static void go_forwards(passage *const run)
{
    const smi_network *const network = run->network;
    for_blocks(run, gather_block);
    if (network->entry.lists) {
        run->layer = 0;
        meet_lists(run);
        for_blocks(run, finish_block);
    }
    for (size_t l = network->entry.lists ? 1 : 0; l <= last_layer(run); l++) {
        const float *const inputs = inputs_of(run, l);
        run->layer = l;
        apply_kernel(run, network->parameters, l, inputs, run->pass->layers[l].outputs, false);
        if (run->purpose == SMI_PASS_CURVATURE) {
            float *const tangents = tangents_of(run, l);
            apply_kernel(run, network->direction, l, inputs, tangents, false);
            if (l > 0) {
                apply_kernel(run, network->parameters, l, tangents_of(run, l - 1), tangents, true);
            }
        }
        for_blocks(run, finish_block);
    }
}

/* ---- the loss ---- */

static void lose_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    smi_network_pass *const pass = run->pass;
    const size_t classes = layer_of(run, last_layer(run))->outputs;
    const size_t first = block_begin(run, block) * classes;
    const size_t count = block_rows(run, block) * classes;
    float *delta = pass->layers[last_layer(run)].outputs;
    if (run->purpose == SMI_PASS_CURVATURE) {
        float *const pairs = delta + 2 * first;
        smi_row_block_curvature(run->network->source, &pass->blocks[block], classes, pairs);
        delta = memcpy(pass->deltas[0] + first, pairs, count * sizeof *pairs);
    } else {
        delta += first;
        pass->losses[block] =
            smi_row_block_loss(run->network->source, &pass->blocks[block], classes, delta);
    }
    for (size_t i = 0; run->purpose != SMI_PASS_VALUE && i < count; i++) {
        delta[i] *= run->network->factor;
    }
}

static smi_block_loss lose(passage *const run)
{
    smi_block_loss sum = {0.0, 0};
    for_blocks(run, lose_block);
    if (run->purpose != SMI_PASS_CURVATURE) {
        for (size_t b = 0; b < block_count(run); b++) {
            sum.loss += run->pass->losses[b].loss;
            sum.correct += run->pass->losses[b].correct;
        }
    }
    return sum;
}

/* ---- backwards ---- */

static void sum_columns(const passage *const run, const size_t layer)
{
    const smi_layer *const of = layer_of(run, layer);
    float *const sums = run->sums + of->bias;
    if (!run->add) {
        memset(sums, 0, of->outputs * sizeof *sums);
    }
    run->network->source->kernels->column_sums(run->delta, run->rows->count, of->outputs, sums);
}

/* A part of a tile of the first layer's gradient over all rows that are lists. */
static void sum_tile(void *const context, const size_t task, const size_t thread)
{
    const passage *const run = context;
    const smi_network_entry *const entry = &run->network->entry;
    const smi_network_pass *const pass = run->pass;
    const size_t parts = smi_network_parts(entry);
    smi_network_tile_gradient(entry, pass->groups, group_count(run), task / parts, task % parts,
                              run->delta, pass->tiles + thread * SMI_TILE_FLOATS, run->sums,
                              run->add);
}

static void add_gradient(passage *const run, const size_t layer)
{
    const smi_layer *const of = layer_of(run, layer);
    const smi_network_entry *const entry = &run->network->entry;
    if (layer == 0 && entry->lists) {
        for_tasks(run, smi_network_tiles(entry) * smi_network_parts(entry), sum_tile);
        return;
    }
    multiply(run, &(smi_product){.rows = of->inputs,
                                 .columns = of->outputs,
                                 .depth = run->rows->count,
                                 .a = {inputs_of(run, layer), 1, of->inputs},
                                 .b = {run->delta, of->outputs, 1},
                                 .c = run->sums + of->kernel,
                                 .c_stride = of->outputs,
                                 .add = run->add});
    sum_columns(run, layer);
}

/* δ of the layer below, once the product is there. */
static void differentiate_block(void *const context, const size_t block, const size_t thread)
{
    (void)thread;
    const passage *const run = context;
    const size_t units = layer_of(run, run->layer)->outputs;
    const size_t first = block_begin(run, block) * units;
    run->network->source->kernels->multiply(
        run->pass->layers[run->layer].derivatives + first, block_rows(run, block) * units,
        run->pass->deltas[(last_layer(run) - run->layer) % 2] + first);
}

static void go_backwards(passage *const run)
{
    smi_network_pass *const pass = run->pass;
    const size_t last = last_layer(run);
    run->delta = run->purpose == SMI_PASS_CURVATURE ? pass->deltas[0] : pass->layers[last].outputs;
    for (size_t l = last;; l--) {
        const smi_layer *const of = layer_of(run, l);
        add_gradient(run, l);
        if (l == 0) {
            break;
        }
        float *const below = pass->deltas[(last - l + 1) % 2];
        multiply(run, &(smi_product){.rows = run->rows->count,
                                     .columns = of->inputs,
                                     .depth = of->outputs,
                                     .a = {run->delta, of->outputs, 1},
                                     .b = {run->network->parameters + of->kernel, 1, of->outputs},
                                     .c = below,
                                     .c_stride = of->inputs});
        run->layer = l - 1;
        for_blocks(run, differentiate_block);
        run->delta = below;
    }
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
                         .add = add};
    under_way.sums = sums;
    go_forwards(&under_way);
    const smi_block_loss loss = lose(&under_way);
    if (purpose != SMI_PASS_VALUE) {
        go_backwards(&under_way);
    }
    return loss;
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

/* ---- life ---- */

/* An array of capacity × width floats; false when there is not the memory. */
static bool make_rows(const size_t capacity, const size_t width, float **const rows)
{
    size_t floats = 0;
    *rows = smi_multiply_size(capacity, width, &floats) ? smi_array(floats, sizeof **rows) : NULL;
    return *rows != NULL;
}

static bool make_layers(const sm_model *const model, const size_t capacity, const smi_purpose most,
                        smi_network_pass *const pass)
{
    const bool curves = most == SMI_PASS_CURVATURE;
    bool complete = true;
    for (size_t l = 0; l < model->layer_count && complete; l++) {
        const size_t outputs = model->layers[l].outputs;
        const bool hidden = l + 1 < model->layer_count;
        layer_space *const space = &pass->layers[l];
        complete = make_rows(capacity, !hidden && curves ? 2 * outputs : outputs, &space->outputs);
        if (hidden && most != SMI_PASS_VALUE && complete) {
            complete = make_rows(capacity, outputs, &space->derivatives);
        }
        if (hidden && curves && complete) {
            complete = make_rows(capacity, outputs, &space->tangents);
        }
    }
    return complete;
}

/* The widest of the first layers. */
static size_t widest_of(const sm_model *const model, const size_t layers)
{
    size_t widest = 0;
    for (size_t l = 0; l < layers; l++) {
        widest = smi_max_size(widest, model->layers[l].outputs);
    }
    return widest;
}

/* Of what comes back, the logits' part is in the place of the logits, but for the curvature's. */
static size_t delta_width(const sm_model *const model, const smi_purpose most)
{
    return widest_of(model,
                     most == SMI_PASS_CURVATURE ? model->layer_count : model->layer_count - 1);
}

double smi_network_pass_floats(const sm_model *const model, const smi_purpose most)
{
    const double of_layer = most == SMI_PASS_VALUE ? 1.0 : most == SMI_PASS_GRADIENT ? 2.0 : 3.0;
    double floats = (double)model->layers[0].inputs;
    for (size_t l = 0; l < model->layer_count; l++) {
        floats += of_layer * (double)model->layers[l].outputs;
    }
    return most == SMI_PASS_VALUE ? floats : floats + 2.0 * (double)delta_width(model, most);
}

static bool make_scratch(const smi_network *const network, const size_t capacity,
                         const size_t threads, smi_network_pass *const pass)
{
    const sm_model *const model = network->model;
    const size_t most = smi_max_size(smi_max_size(widest_of(model, model->layer_count), capacity),
                                     network->entry.lists ? 0 : model->layers[0].inputs);
    const smi_product largest = {.rows = most, .columns = most, .depth = most};
    pass->scratch = smi_array(smi_product_scratch(&largest), threads * sizeof *pass->scratch);
    return pass->scratch != NULL;
}

static bool make_blocks(const smi_row_source *const source, smi_network_pass *const pass)
{
    bool complete = true;
    for (size_t b = 0; b < pass->block_count && complete; b++) {
        complete = smi_row_block_create(source, &pass->blocks[b]) == SM_OK;
    }
    return complete;
}

static bool make_lists(const smi_network_entry *const entry, const size_t threads,
                       smi_network_pass *const pass)
{
    const size_t groups = (pass->block_count + SMI_GROUP_BLOCKS - 1) / SMI_GROUP_BLOCKS;
    pass->groups = smi_array(groups, sizeof *pass->groups);
    bool complete = pass->groups != NULL && make_rows(threads, SMI_TILE_FLOATS, &pass->tiles);
    while (complete && pass->group_count < groups) {
        complete = smi_network_columns_create(entry, &pass->groups[pass->group_count]) == SM_OK;
        pass->group_count++;
    }
    return complete;
}

sm_status smi_network_pass_create(const smi_network *const network, const size_t capacity,
                                  const size_t threads, const smi_purpose most,
                                  smi_network_pass **const pass)
{
    const sm_model *const model = network->model;
    const bool gradients = most != SMI_PASS_VALUE;
    smi_network_pass *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    created->layer_count = model->layer_count;
    created->block_count = capacity / SMI_BLOCK_ROWS;
    created->blocks = smi_array(created->block_count, sizeof *created->blocks);
    created->losses = smi_array(created->block_count, sizeof *created->losses);
    created->layers = smi_array(model->layer_count, sizeof *created->layers);
    bool complete = created->blocks != NULL && created->losses != NULL && created->layers != NULL &&
                    make_blocks(network->source, created) &&
                    make_layers(model, capacity, most, created) &&
                    make_scratch(network, capacity, threads, created);
    if (complete) {
        complete = network->entry.lists ? make_lists(&network->entry, threads, created)
                                        : make_rows(capacity, model->layers[0].inputs, &created->x);
    }
    if (complete && gradients) {
        const size_t width = delta_width(model, most);
        complete = make_rows(capacity, width, &created->deltas[0]) &&
                   make_rows(capacity, width, &created->deltas[1]);
    }
    if (!complete) {
        smi_network_pass_free(created);
        return smi_fail_memory("training");
    }
    *pass = created;
    return SM_OK;
}

void smi_network_pass_free(smi_network_pass *const pass)
{
    if (pass == NULL) {
        return;
    }
    for (size_t b = 0; pass->blocks != NULL && b < pass->block_count; b++) {
        smi_row_block_free(&pass->blocks[b]);
    }
    for (size_t l = 0; pass->layers != NULL && l < pass->layer_count; l++) {
        smi_free(pass->layers[l].outputs);
        smi_free(pass->layers[l].derivatives);
        smi_free(pass->layers[l].tangents);
    }
    smi_free(pass->blocks);
    smi_free(pass->losses);
    smi_free(pass->x);
    smi_free(pass->layers);
    smi_free(pass->deltas[0]);
    smi_free(pass->deltas[1]);
    for (size_t g = 0; g < pass->group_count; g++) {
        smi_network_columns_free(&pass->groups[g]);
    }
    smi_free(pass->groups);
    smi_free(pass->tiles);
    smi_free(pass->scratch);
    smi_free(pass);
}
