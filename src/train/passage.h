/* What the two halves of a pass share: network_pass.c, through the layers and back, and
 * network_gradient.c. */
#ifndef SMI_TRAIN_PASSAGE_H
#define SMI_TRAIN_PASSAGE_H

#include "base/memory.h"
#include "kernel/product.h"
#include "train/network_pass.h"
#include "train/network_space.h"

static inline const smi_layer *layer_of(const smi_passage *const run, const size_t layer)
{
    return &run->network->model->layers[layer];
}

static inline size_t last_layer(const smi_passage *const run)
{
    return run->network->model->layer_count - 1;
}

static inline bool is_hidden(const smi_passage *const run, const size_t layer)
{
    return layer < last_layer(run);
}

static inline size_t block_count(const smi_passage *const run)
{
    return (run->rows.count + SMI_BLOCK_ROWS - 1) / SMI_BLOCK_ROWS;
}

/* Where a block begins: they are as even as can be, for threads to have as much to do. */
static inline size_t block_begin(const smi_passage *const run, const size_t block)
{
    return run->rows.count * block / block_count(run);
}

static inline size_t block_rows(const smi_passage *const run, const size_t block)
{
    return block_begin(run, block + 1) - block_begin(run, block);
}

static inline size_t group_count(const smi_passage *const run)
{
    return (block_count(run) + SMI_GROUP_BLOCKS - 1) / SMI_GROUP_BLOCKS;
}

static inline size_t group_blocks(const smi_passage *const run, const size_t group)
{
    return smi_min_size(SMI_GROUP_BLOCKS, block_count(run) - group * SMI_GROUP_BLOCKS);
}

/* Has tasks done: on the pool, or by this thread alone. */
static inline void for_tasks(smi_pool *const pool, const size_t count, smi_task *const task,
                             void *const context)
{
    if (pool != NULL && count > 1) {
        smi_pool_run(pool, count, task, context);
        return;
    }
    for (size_t t = 0; t < count; t++) {
        task(context, t, 0);
    }
}

/* Rows that go through a layer together. */
typedef struct share {
    size_t first;
    size_t count;
    smi_pool *pool; /* NULL: by this thread alone */
    float *scratch; /* for its products */
} share;

static inline share all_rows(const smi_passage *const run)
{
    return (share){.count = run->rows.count, .pool = run->pool, .scratch = run->pass->scratch};
}

static inline void multiply(const smi_passage *const run, const share *const of,
                            const smi_product *const product)
{
    smi_product_run(run->network->source->kernels, of->pool, product, of->scratch);
}

/* ---- what layers work on ---- */

/* What goes into a layer: rows × inputs. */
static inline const float *inputs_of(const smi_passage *const run, const size_t layer)
{
    return layer == 0 ? run->pass->x : run->pass->layers[layer - 1].outputs;
}

/* δ of the layer: rows × outputs. */
static inline const float *delta_of(const smi_passage *const run, const size_t layer)
{
    const layer_space *const space = &run->pass->layers[layer];
    return is_hidden(run, layer)                ? space->derivatives
           : run->purpose == SMI_PASS_CURVATURE ? run->pass->last_deltas
                                                : space->outputs;
}

/* Whether the layers behind the first are so small that a block of rows meets all of them while
 * they are in a thread's cache. */
bool smi_network_is_narrow(const sm_model *model);

#endif
