/* Networks of several shapes on data of several kinds, such that rows take each of the ways that
 * network_objective.h has for them, and training runs that are compared. */
#ifndef TESTS_UNIT_TRAIN_NETWORK_RUNS_H
#define TESTS_UNIT_TRAIN_NETWORK_RUNS_H

#include <softmax.h>

#include "support/made_data.h"

enum { PLANS = 9 };

typedef struct plan {
    sm_element element;
    size_t rows;
    size_t features;
    size_t classes;
    size_t units[2];
    size_t thinned; /* but one entry in so many is 0; 0: none is made so */
    float shift;    /* of what the data have */
    size_t batch;   /* rows in no order, beside all of them */
} plan;

extern const plan plans[PLANS];

made_data data_for(const plan *of, uint64_t seed);
sm_model *network_for(const made_data *data, const plan *of, double dropout);

typedef struct trained {
    uint8_t *file;
    size_t size;
    sm_train_summary summary;
} trained;

/* Trains a new network, and saves it in the folder. file: to be freed by the caller. */
trained train(const char *folder, const made_data *data, const made_data *held_out, const plan *of,
              sm_train_options options, size_t threads);

void check_same(const trained *one, const trained *many);

/* Every plan with every number of threads. state: of scratch_setup(). */
void check_solvers(void **state, const sm_solver *solvers, size_t count);

#endif
