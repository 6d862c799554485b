/* The maximum of the likelihood. */
#ifndef SMI_EVAL_MAXIMUM_H
#define SMI_EVAL_MAXIMUM_H

#include "eval/likelihood.h"

/* The maximum, and its surroundings. */
typedef struct smi_maximum {
    double log_likelihood;
    double *contrasts; /* count: of standardised features, as smi_likelihood has them */
    double *factor;    /* count × count: of the information there */
    size_t steps;      /* of Newton's method */
} smi_maximum;

/* Goes from maximum->contrasts to the maximum by Newton's method. names: of the classes by place,
 * for messages. Fails with SM_ERROR_DATA, saying why, where there is none. */
sm_status smi_maximise(const smi_likelihood *likelihood, const char *const *names,
                       smi_maximum *maximum);

#endif
