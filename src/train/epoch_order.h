/* The order in which an epoch of minibatches takes its rows: all of them at random, or as they lie;
 * or, where data is read from its file in each epoch, its blocks at random, and the rows of some
 * blocks that come after one another at random among each other. It depends on seed, epoch and data
 * alone. */
#ifndef SMI_TRAIN_EPOCH_ORDER_H
#define SMI_TRAIN_EPOCH_ORDER_H

#include <softmax.h>

#include "train/objective.h"

typedef struct smi_epoch_order smi_epoch_order;

/* most: rows that will be asked for at once. Objective and options are borrowed. */
sm_status smi_epoch_order_create(const smi_objective *objective, const sm_train_options *options,
                                 size_t most, smi_epoch_order **order);

/* Begins an epoch at its row `first`. */
void smi_epoch_order_begin(smi_epoch_order *order, size_t epoch, size_t first);

/* The next `count` rows, of which the epoch has so many left. Valid until the next call. */
const size_t *smi_epoch_order_next(smi_epoch_order *order, size_t count);

void smi_epoch_order_free(smi_epoch_order *order); /* NULL is accepted */

#endif
