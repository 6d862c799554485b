/* A gradient that is there as a whole goes to the receiver of its parts. */
#ifndef SMI_TRAIN_HAND_ON_H
#define SMI_TRAIN_HAND_ON_H

#include "sys/pool.h"
#include "train/objective.h"

/* Entries begin … end − 1 of the gradient, on all threads of the pool, or on this one alone where
 * it is NULL. part: those. */
void smi_hand_on(const smi_receiver *receiver, smi_pool *pool, size_t begin, size_t end,
                 float *part);

#endif
