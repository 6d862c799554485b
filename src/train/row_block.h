/* Rows of a dataset on their way through the kernels, a block at a time: gathered by pointer, and
 * as lists of entries or as a matrix where that is quicker. */
#ifndef SMI_TRAIN_ROW_BLOCK_H
#define SMI_TRAIN_ROW_BLOCK_H

#include <softmax.h>

#include "data/dataset.h"
#include "kernel/kernel.h"
#include "train/block_loss.h"

/* How rows are multiplied. */
typedef enum smi_row_form {
    SMI_FULL,   /* every entry */
    SMI_DENSE,  /* every entry, by products of matrices: where classes are many */
    SMI_MARKED, /* bytes, passing over groups of features that are all zero */
    SMI_LISTED, /* the entries that are not zero: sparse rows, or full ones that are listed */
    SMI_TURNED  /* bytes, in a network: those that are not zero, listed by feature */
} smi_row_form;

/* Most rows in a block, of any form. */
enum { SMI_GATHERED_ROWS = 2 * SMI_BLOCK_ROWS };

/* What blocks are gathered from, and how. */
typedef struct smi_row_source {
    const smi_kernels *kernels;
    const sm_dataset *dataset;
    int32_t *classes;     /* the dataset's class → the model's */
    float *class_weights; /* by the model's class; NULL: all 1 */
    double weight_scale;  /* what row weights are multiplied with, to be 1 on average */
    smi_loss_rule loss;   /* all 0, unless set otherwise */
    smi_row_form form;
    smi_layout layout; /* of the maps that the rows meet */
    uint64_t *marks;   /* SMI_MARKED: rows × mark_words; NULL: made block by block, as they would
                          take memory that grows with data that does not */
    size_t mark_words;
    double entries_per_row; /* that are multiplied: estimated, for cutting work into pieces */
    size_t block_rows;      /* in a block, at most SMI_GATHERED_ROWS */
} smi_row_source;

/* One block. */
typedef struct smi_row_block {
    size_t count;
    const void *x[SMI_GATHERED_ROWS];         /* full rows */
    const uint64_t *marks[SMI_GATHERED_ROWS]; /* SMI_MARKED */
    smi_sparse_row sparse[SMI_GATHERED_ROWS]; /* SMI_LISTED */
    int32_t labels[SMI_GATHERED_ROWS];
    const float *targets[SMI_GATHERED_ROWS];
    float weights[SMI_GATHERED_ROWS]; /* where the source has weights */
    uint64_t *own_marks;              /* SMI_MARKED, block by block: block_rows × mark_words */
    uint32_t *columns;                /* block_rows × features: for full rows that are listed */
    float *values;                    /* likewise; and for SMI_DENSE, the rows */
    float *scratch;                   /* SMI_DENSE: for products */
} smi_row_block;

/* Looks at the data and decides how its rows are to be multiplied with `classes` classes; the
 * decision depends on data and instruction set alone. */
sm_status smi_row_source_create(const smi_kernels *kernels, const sm_dataset *dataset,
                                size_t classes, smi_row_source *source);

/* The same for rows that go into a hidden layer: full, or listed or turned where most of them is
 * zero. */
sm_status smi_row_source_create_for_network(const smi_kernels *kernels, const sm_dataset *dataset,
                                            smi_row_source *source);

/* Finds the data's classes among those of a model, by name. */
sm_status smi_row_source_match_classes(smi_row_source *source, const sm_shape *model);

/* Weighs the classes, by the model's order, beside the rows' own weights; finite, > 0; NULL: all
 * the same. After the classes are matched. */
sm_status smi_row_source_weigh_classes(smi_row_source *source, const double *weights,
                                       size_t classes);

void smi_row_source_free(smi_row_source *source);

/* Room for one block; to be freed by smi_row_block_free() also after failure. */
sm_status smi_row_block_create(const smi_row_source *source, smi_row_block *block);
void smi_row_block_free(smi_row_block *block);

/* Fills the block with rows rows[0] … rows[count − 1] of the dataset; rows NULL: first_row and
 * those after it. */
void smi_row_block_gather(const smi_row_source *source, const size_t *rows, size_t first_row,
                          size_t count, smi_row_block *block);

/* Asks memory for the rows that a block will gather soon. */
void smi_row_block_prefetch(const smi_row_source *source, const size_t *rows, size_t first_row,
                            size_t count);

static inline bool smi_row_source_is_weighted(const smi_row_source *const source)
{
    return source->class_weights != NULL || source->dataset->weights != NULL;
}

/* The next two for SMI_DENSE. */
void smi_row_block_dense_logits(const smi_row_source *source, const smi_row_block *block,
                                const smi_affine *map, float *logits);
void smi_row_block_dense_gradient(const smi_row_source *source, const smi_row_block *block,
                                  const smi_affine *gradient, const float *delta);

/* logits: count × map->classes. */
static inline void smi_row_block_logits(const smi_row_source *const source,
                                        const smi_row_block *const block,
                                        const smi_affine *const map, float *const logits)
{
    const smi_kernels *const kernels = source->kernels;
    if (source->form == SMI_LISTED) {
        kernels->sparse_logits(map, block->sparse, block->count, logits);
    } else if (source->form == SMI_MARKED) {
        kernels->marked_logits(map, block->x, block->marks, block->count, logits);
    } else if (source->form == SMI_DENSE) {
        smi_row_block_dense_logits(source, block, map, logits);
    } else {
        kernels->logits[source->dataset->element](map, block->x, block->count, logits);
    }
}

/* Adds deltaᵀ · x and the column sums of delta. delta: count × gradient->classes. */
static inline void smi_row_block_gradient(const smi_row_source *const source,
                                          const smi_row_block *const block,
                                          const smi_affine *const gradient,
                                          const float *const delta)
{
    const smi_kernels *const kernels = source->kernels;
    if (source->form == SMI_LISTED) {
        kernels->sparse_gradient(gradient, block->sparse, block->count, delta);
    } else if (source->form == SMI_MARKED) {
        kernels->marked_gradient(gradient, block->x, block->marks, block->count, delta);
    } else if (source->form == SMI_DENSE) {
        smi_row_block_dense_gradient(source, block, gradient, delta);
    } else {
        kernels->gradient[source->dataset->element](gradient, block->x, block->count, delta);
    }
}

/* logits become the gradient of the loss by them, softmax(logits) − target unless source->loss says
 * otherwise, times the row's weight; returns the weighted loss. */
smi_block_loss smi_row_block_loss(const smi_row_source *source, const smi_row_block *block,
                                  size_t classes, float *logits);

/* logits and their change become the change of softmax(logits), times the row's weight.
 * pairs: count × 2 · classes, of which count × classes remain. */
void smi_row_block_curvature(const smi_row_source *source, const smi_row_block *block,
                             size_t classes, float *pairs);

#endif
