/* The objective once more, straight from its formula, in double precision; and how far what the
 * library computes may be from it. */
#ifndef TESTS_UNIT_TRAIN_EXACT_OBJECTIVE_H
#define TESTS_UNIT_TRAIN_EXACT_OBJECTIVE_H

#include <softmax.h>

typedef struct exact_objective {
    const sm_dataset *dataset;
    sm_shape shape; /* the model's: its scaling counts */
    double l2;
    const size_t *rows; /* NULL: all */
    size_t count;
    const double *class_weights; /* NULL: all the same */
    bool any_order;              /* rows are multiplied as lists of entries, or by products */
} exact_objective;

exact_objective exact_objective_of(const sm_model *model, const sm_dataset *dataset, double l2);

/* 1/count · Σ weight · cross-entropy + l2/2 · ‖kernel‖², and the cross-entropy part of it.
 * parameters: kernel, features × classes, and behind it bias. */
double exact_value(const exact_objective *objective, const double *parameters);
double exact_loss(const exact_objective *objective, const double *parameters);

/* The share of rows whose largest logit is their class's. */
double exact_accuracy(const exact_objective *objective, const double *parameters);

/* The slope along one parameter by central differences. *error: at most how far off it is. */
double exact_slope(const exact_objective *objective, double *parameters, size_t parameter,
                   double *error);

/* docs/numerics.md: the most that rounding may change the value, and an entry of the gradient. */
double value_bound(const exact_objective *objective, const double *parameters, const char *isa);
double slope_bound(const exact_objective *objective, const double *parameters, size_t parameter,
                   const char *isa);

#endif
