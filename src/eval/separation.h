/* Whether the classes can be separated, so that the likelihood has no maximum: Albert and Anderson,
 * "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71,
 * 1984. */
#ifndef SMI_EVAL_SEPARATION_H
#define SMI_EVAL_SEPARATION_H

#include <stdbool.h>

#include "eval/likelihood.h"

typedef enum smi_overlap {
    SMI_OVERLAP,          /* the direction does not separate the classes */
    SMI_QUASI_SEPARATION, /* along it no row's class loses to another, and some win */
    SMI_SEPARATION        /* along it every row's class wins over all others */
} smi_overlap;

/* What is found along a direction in the space of contrasts. */
typedef struct smi_separation {
    smi_overlap overlap;
    size_t place; /* a class all of whose rows win over all others; others + 1: there is none */
    size_t term;  /* the standardised feature that has most to do with it, 1 … features */
} smi_separation;

/* direction: count. A row wins by direction · u of its class minus that of another. Wins below
 * `least` do not count: a direction of Newton's method that leads to a maximum gets shorter, one
 * that separates keeps its length. won: others + 1, room for the function. */
smi_separation smi_find_separation(const smi_likelihood *likelihood, const double *direction,
                                   double least, bool *won);

#endif
