/* The objective of a network once more, straight from its formula, in double precision; and beside
 * each number how far from it what the library computes may be: docs/numerics.md, "Networks". */
#ifndef TESTS_UNIT_TRAIN_EXACT_NETWORK_H
#define TESTS_UNIT_TRAIN_EXACT_NETWORK_H

#include <softmax.h>

#include "train/block_loss.h"

typedef struct exact_network {
    const sm_model *model; /* for its layers and scaling, not its parameters */
    const sm_dataset *dataset;
    double l2;
    const size_t *rows; /* NULL: the first `count` */
    size_t count;
    const double *class_weights; /* NULL: all the same */
    smi_loss_rule loss;
    bool lists; /* rows are multiplied as lists of entries */
} exact_network;

/* All rows of the dataset, cross-entropy from logits, no penalty. */
exact_network exact_network_of(const sm_model *model, const sm_dataset *dataset);

typedef struct exact_number {
    double value;
    double error; /* at most, of the library's */
    double size;  /* what its share of a sum's roundings is counted by: at least |value| */
} exact_number;

typedef struct exact_result {
    exact_number objective; /* 1/count · Σ weight · loss + l2/2 · Σ over layers ‖kernel‖² */
    exact_number loss;
    double least_accuracy; /* two logits may be closer than they are exact */
    double most_accuracy;
    exact_number *gradient; /* parameters of the model, as it lays them out */
} exact_result;

/* To be freed by exact_result_free(). */
exact_result exact_network_evaluate(const exact_network *network, const double *parameters);
void exact_result_free(exact_result *result);

/* A direction as the Gauss-Newton matrix sees it, which is G = 1/count · Σ weight · Jᵀ(diag p −
 * p·pᵀ)J + l2 on the kernels, J being how a row's logits change with the parameters, by
 * differences: left · G · right is the product of two such images. exact_network_image_size()
 * numbers, to be freed by free(). */
double *exact_network_image(const exact_network *network, const double *parameters,
                            const double *direction);
size_t exact_network_image_size(const exact_network *network);

#endif
