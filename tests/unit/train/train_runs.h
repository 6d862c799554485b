/* Trainings of small softmax regressions, as the tests of sm_train() have them. */
#ifndef TESTS_UNIT_TRAIN_TRAIN_RUNS_H
#define TESTS_UNIT_TRAIN_TRAIN_RUNS_H

#include <softmax.h>

enum { FEATURES = 4, CLASSES = 3, KERNEL = FEATURES * CLASSES };

/* Those that go to a tolerance, then those with a learning rate. */
enum { WITH_A_RATE = 3, ON_BATCHES = 4, SOLVERS = 5 };
extern const sm_solver solvers[SOLVERS];

/* Four epochs, in batches of 16 rows. */
sm_train_options options_of(sm_solver solver);

/* The parameters, to compare. */
typedef struct parameters {
    float kernel[KERNEL];
    float bias[CLASSES];
} parameters;

parameters parameters_of(const sm_model *model);

/* What a callback saw. */
typedef struct seen {
    sm_progress steps[512];
    size_t count;
    size_t stop_after; /* 0: never */
} seen;

/* Has the training tell of its progress; to be freed by free(). */
seen *watch(sm_train_options *options);

#endif
