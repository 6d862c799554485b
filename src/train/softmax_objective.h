/* The objective of softmax regression over a dataset:
 *
 *     1/rows · Σ weight · cross-entropy(target, logits) + l2/2 · ‖kernel‖²
 *
 * where a row's weight is its own times that of its class, scaled so that their mean is 1. It is
 * evaluated in one pass: while a block of rows is in the cache it goes from logits to gradient.
 *
 * The rows are cut into chunks whose number depends on the problem alone, each chunk sums into an
 * accumulator of its own, and these are added in a fixed tree: how many threads share the chunks
 * changes nothing in the result. Wide sparse rows have their gradient summed feature by feature
 * (feature_sums.h). */
#ifndef SMI_TRAIN_SOFTMAX_OBJECTIVE_H
#define SMI_TRAIN_SOFTMAX_OBJECTIVE_H

#include <softmax.h>

#include "sys/pool.h"
#include "train/block_loss.h"
#include "train/objective.h"

typedef struct smi_softmax_objective smi_softmax_objective;

/* Gradients that will be asked for. */
typedef enum smi_gradients {
    SMI_NO_GRADIENTS,
    SMI_GRADIENTS_OVER_ALL, /* and none over a list of rows */
    SMI_GRADIENTS_OVER_SOME /* over any rows */
} smi_gradients;

/* Model, dataset and pool are borrowed. */
sm_status smi_softmax_objective_create(const sm_model *model, const sm_dataset *dataset, double l2,
                                       smi_gradients gradients, smi_pool *pool,
                                       smi_softmax_objective **objective);

/* Gives each class a weight, by the model's order; finite, > 0. NULL: all the same. */
sm_status smi_softmax_objective_weigh_classes(smi_softmax_objective *objective,
                                              const double *weights);

/* What is minimised in the place of the cross-entropy from logits. From probabilities, the view has
 * no curvature. */
void smi_softmax_objective_set_loss(smi_softmax_objective *objective, smi_loss_rule rule);

/* As a solver sees it; valid while it lives. */
smi_objective smi_softmax_objective_view(smi_softmax_objective *objective);

/* The share of the features that take part in multiplying a row: those that are not zero, where
 * zeros are passed over. */
double smi_softmax_objective_density(const smi_softmax_objective *objective);

void smi_softmax_objective_free(smi_softmax_objective *objective); /* NULL is accepted */

#endif
