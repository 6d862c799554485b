/* A stand-in for the Hessian of softmax regression that is quick to invert: one matrix for all
 * classes, over features and bias,
 *
 *     P = 1/Σweight · Σ weight · w · x xᵀ + l2 · I,   w = mean over classes of p · (1 − p)
 *
 * where x are the scaled features and a 1, and p the probabilities at some parameters. It has the
 * features' correlations, which slow solvers down most, and leaves out those between classes
 * (compare Böhning, "Multinomial logistic regression algorithm", 1992, whose bound has the same
 * form with w constant). It is taken over a part of the rows, spread evenly, where all would take
 * long. */
#ifndef SMI_TRAIN_GRAM_PRECONDITIONER_H
#define SMI_TRAIN_GRAM_PRECONDITIONER_H

#include <softmax.h>

#include "kernel/pack.h"
#include "sys/pool.h"
#include "train/objective.h"
#include "train/row_block.h"

typedef struct smi_gram_preconditioner smi_gram_preconditioner;

/* Whether building it costs no more than so many evaluations of loss and gradient: there are not
 * too many features, and twice as many rows. The same for every instruction set. */
bool smi_gram_preconditioner_pays(const smi_row_source *source, size_t classes, double evaluations);

/* source and pool are borrowed; scaling is that of the model. */
sm_status smi_gram_preconditioner_create(const smi_row_source *source, size_t classes,
                                         smi_scaling scaling, double l2, smi_pool *pool,
                                         smi_gram_preconditioner **preconditioner);
void smi_gram_preconditioner_free(smi_gram_preconditioner *preconditioner); /* NULL is accepted */

/* Builds it for the parameters in the map. Fails only for lack of memory. */
sm_status smi_gram_preconditioner_build(smi_gram_preconditioner *preconditioner,
                                        const smi_affine *map);

/* P itself at the parameters in the map, in the place of its factor: until it is built again,
 * nothing can be applied. Fails only for lack of memory. */
sm_status smi_gram_preconditioner_measure(smi_gram_preconditioner *preconditioner,
                                          const smi_affine *map, smi_metric *metric);

/* result = P⁻¹ · vector, class by class. Both: (features + 1) × classes; may be the same. */
void smi_gram_preconditioner_apply(const smi_gram_preconditioner *preconditioner,
                                   const float *vector, float *result);

#endif
