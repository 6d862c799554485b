/* The objective of a network over a dataset:
 *
 *     1/rows · Σ weight · cross-entropy(target, logits) + l2/2 · Σ over layers ‖kernel‖²
 *
 * with weights as in softmax_objective.h. Its curvature is the Gauss-Newton matrix.
 *
 * Where rows are many and parameters few, the rows are cut into chunks as in softmax_objective.h,
 * each of which one thread takes through all layers a block at a time, while it is in the cache.
 * Otherwise all threads work on the same rows, layer by layer. Which of the two it is, and the
 * chunks, depend on the problem alone, so that the number of threads changes nothing in the
 * result. */
#ifndef SMI_TRAIN_NETWORK_OBJECTIVE_H
#define SMI_TRAIN_NETWORK_OBJECTIVE_H

#include <softmax.h>

#include "sys/pool.h"
#include "train/block_loss.h"
#include "train/network_pass.h"
#include "train/objective.h"

typedef struct smi_network_objective smi_network_objective;

/* Model, a network, dataset and pool are borrowed. most: that will be asked for; seed:
 * of what dropout leaves out. */
sm_status smi_network_objective_create(const sm_model *model, const sm_dataset *dataset, double l2,
                                       smi_purpose most, uint64_t seed, smi_pool *pool,
                                       smi_network_objective **objective);

/* As in softmax_objective.h. */
sm_status smi_network_objective_weigh_classes(smi_network_objective *objective,
                                              const double *weights);
void smi_network_objective_set_loss(smi_network_objective *objective, smi_loss_rule rule);

/* As a solver sees it; valid while it lives. */
smi_objective smi_network_objective_view(smi_network_objective *objective);

/* The share of the features that take part in multiplying a row. */
double smi_network_objective_density(const smi_network_objective *objective);

/* Bytes that the rows on their way through the layers take beside the parameters, at the least. */
double smi_network_objective_memory(const sm_model *model);

/* The name of the first layer whose output is not finite on some row of the dataset; NULL: none. */
const char *smi_network_objective_broken_layer(smi_network_objective *objective,
                                               const float *parameters);

void smi_network_objective_free(smi_network_objective *objective); /* NULL is accepted */

#endif
