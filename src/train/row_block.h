/* Rows of a dataset on their way through the kernels, a block at a time: gathered by pointer, and
 * as lists of entries where that is quicker. */
#ifndef SMI_TRAIN_ROW_BLOCK_H
#define SMI_TRAIN_ROW_BLOCK_H

#include <softmax.h>

#include "data/dataset.h"
#include "kernel/kernel.h"

/* What blocks are gathered from, and how. */
typedef struct smi_row_source {
    const smi_kernels *kernels;
    const sm_dataset *dataset;
    const int32_t *classes;     /* the dataset's class → the model's */
    const float *class_weights; /* by the model's class; NULL: all 1 */
    double weight_scale;        /* what row weights are multiplied with, to be 1 on average */
    smi_layout layout;          /* of the maps that the rows meet */
    double entries_per_row;     /* that are multiplied: estimated, for cutting work into pieces */
    size_t block_rows;          /* in a block, at most SMI_BLOCK_ROWS */
} smi_row_source;

/* One block. */
typedef struct smi_row_block {
    size_t count;
    const void *x[SMI_BLOCK_ROWS];         /* by class */
    smi_sparse_row sparse[SMI_BLOCK_ROWS]; /* by feature */
    int32_t labels[SMI_BLOCK_ROWS];
    const float *targets[SMI_BLOCK_ROWS];
    float weights[SMI_BLOCK_ROWS]; /* where the source has weights */
    uint32_t *columns;             /* block_rows × features: room for lists; NULL: not needed */
    float *values;
} smi_row_block;

/* Looks at the data and decides how its rows are to be multiplied with `classes` classes; the
 * decision depends on data and instruction set alone. */
smi_row_source smi_row_source_of(const smi_kernels *kernels, const sm_dataset *dataset,
                                 size_t classes);

/* Room for one block; to be freed by smi_row_block_free() also after failure. */
sm_status smi_row_block_create(const smi_row_source *source, smi_row_block *block);
void smi_row_block_free(smi_row_block *block);

/* Fills the block with rows rows[0] … rows[count − 1] of the dataset; rows NULL: first_row and
 * those after it. */
void smi_row_block_gather(const smi_row_source *source, const size_t *rows, size_t first_row,
                          size_t count, smi_row_block *block);

/* Asks memory for these rows, which a block will gather soon. */
void smi_row_block_prefetch(const smi_row_source *source, const size_t *rows, size_t count);

/* Weighs the classes, by the model's order (NULL: all the same), beside the rows' own weights. */
void smi_row_source_weigh(smi_row_source *source, const float *class_weights);

static inline bool smi_row_source_is_weighted(const smi_row_source *const source)
{
    return source->class_weights != NULL || source->dataset->weights != NULL;
}

/* logits: count × map->classes. */
static inline void smi_row_block_logits(const smi_row_source *const source,
                                        const smi_row_block *const block,
                                        const smi_affine *const map, float *const logits)
{
    if (source->layout == SMI_BY_CLASS) {
        source->kernels->logits[source->dataset->element](map, block->x, block->count, logits);
    } else {
        source->kernels->sparse_logits(map, block->sparse, block->count, logits);
    }
}

/* Adds deltaᵀ · x and the column sums of delta. delta: count × gradient->classes. */
static inline void smi_row_block_gradient(const smi_row_source *const source,
                                          const smi_row_block *const block,
                                          const smi_affine *const gradient,
                                          const float *const delta)
{
    if (source->layout == SMI_BY_CLASS) {
        source->kernels->gradient[source->dataset->element](gradient, block->x, block->count,
                                                            delta);
    } else {
        source->kernels->sparse_gradient(gradient, block->sparse, block->count, delta);
    }
}

/* logits become softmax(logits) − target, times the row's weight; returns the weighted loss. */
smi_block_loss smi_row_block_loss(const smi_row_source *source, const smi_row_block *block,
                                  size_t classes, float *logits);

/* logits and their change become the change of softmax(logits), times the row's weight.
 * pairs: count × 2 · classes, of which count × classes remain. */
void smi_row_block_curvature(const smi_row_source *source, const smi_row_block *block,
                             size_t classes, float *pairs);

#endif
