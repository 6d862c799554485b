/* Gradients of wide sparse rows, feature by feature.
 *
 * Where features are many, each occurs in few rows, and a sum of all the gradient for every thread
 * takes longer to clear and to add up than to fill. Here the rows' lists are turned round, once:
 * for each feature, the rows that have it. While the δ of some rows, a slab, is kept, the sum of a
 * feature is finished in registers by whoever takes it up, and written where the gradient is
 * wanted. Every number is the sum over the rows in their order, whatever the number of threads.
 *
 * Slabs are so small that δ stays near the processor, and its memory does not grow with the rows;
 * where there are several, their sums are added in double. */
#ifndef SMI_TRAIN_FEATURE_SUMS_H
#define SMI_TRAIN_FEATURE_SUMS_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "kernel/pack.h"
#include "sys/pool.h"
#include "train/row_block.h"

typedef struct smi_feature_sums smi_feature_sums;

/* Whether gradients over all rows of the source are quicker so. */
bool smi_feature_sums_pay(const smi_row_source *source, size_t classes);

/* Source, which has to be of sparse rows, and pool are borrowed. */
sm_status smi_feature_sums_create(const smi_row_source *source, size_t classes, smi_pool *pool,
                                  smi_feature_sums **sums);
void smi_feature_sums_free(smi_feature_sums *sums); /* NULL is accepted */

/* Rows in a slab; the last may have fewer. */
size_t smi_feature_sums_slab_rows(const smi_feature_sums *sums);

/* Keeps the δ of some rows of the slab under way, the first of which is `row` of the slab. Several
 * threads may, each of other rows. delta: count × classes. */
void smi_feature_sums_keep(const smi_feature_sums *sums, size_t row, size_t count,
                           const float *delta);

/* What the sums become: gradient = factor · sum, by the parameters as pack.h has it, + l2 ·
 * weights. The bias is not penalised. gradient: (features + 1) × classes. */
typedef struct smi_feature_result {
    const smi_scaling *scaling;
    double factor;
    double l2;
    const float *weights; /* features × classes */
    float *gradient;
} smi_feature_result;

/* Adds the slab whose δ is kept. They come in their order, from 0; after the last the gradient is
 * complete, before it holds anything. */
void smi_feature_sums_add(smi_feature_sums *sums, size_t slab, const smi_feature_result *result);

#endif
