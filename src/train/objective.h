/* What a solver sees: a function of one flat vector, and its gradient. */
#ifndef SMI_TRAIN_OBJECTIVE_H
#define SMI_TRAIN_OBJECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

struct smi_pool; /* sys/pool.h */

/* The function at one point, over some rows. */
typedef struct smi_value {
    double objective; /* loss + penalty */
    double loss;      /* mean over the rows */
    double accuracy;  /* share of the rows that are classified right */
} smi_value;

/* A matrix that is the same for all classes: parameters are size × classes, row-major. */
typedef struct smi_metric {
    const float *matrix; /* size × stride, row-major, symmetric */
    size_t size;
    size_t stride;
} smi_metric;

/* Wants a gradient in parts, each as soon as it is there, while it is in a cache. */
typedef struct smi_receiver {
    void *context;

    /* Told the value first. False: no part is wanted. */
    bool (*begin)(void *context, const smi_value *value);

    /* Entries begin … end − 1 of the gradient, which may be overwritten. All are handed on once, in
     * any order, and by several threads at once: it must not use the pool that they are of. */
    void (*take)(void *context, size_t begin, size_t end, float *part);
} smi_receiver;

typedef struct smi_objective {
    size_t parameter_count;
    size_t penalized_count; /* the first so many, the weights, are under the penalties; the rest,
                               the biases, are not */
    size_t row_count;
    void *context;
    size_t block_rows; /* so many rows after one another are read in one go; 0: all are at hand, in
                          whichever order they are asked for */

    /* Rows first … first + count − 1 are asked for soon, or not soon. Where there are blocks. The
     * first is called on any thread, also while rows are evaluated: it may take the system long. */
    void (*will_need)(void *context, size_t first, size_t count);
    void (*let_go)(void *context, size_t first, size_t count);

    struct smi_pool *pool; /* for work on vectors while nothing is evaluated; NULL: there is none */
    const struct smi_kernels *kernels; /* likewise; NULL: the reference */

    /* NULL: not wanted. Called before the evaluation of each step on a minibatch, with its number
     * from 1; and with 0 after the last: from then on nothing is left to chance again. */
    void (*begin_step)(void *context, size_t step);

    /* The value over the rows listed (rows NULL: over all, and count is row_count), and its
     * gradient, unless that is NULL. parameters and gradient: parameter_count. */
    smi_value (*evaluate)(void *context, const float *parameters, const size_t *rows, size_t count,
                          float *gradient);

    /* As evaluate(), for a receiver of the gradient's parts; the parameters must stay as they are
     * while these come. gradient: parameter_count, to work in; what it holds then is of no use.
     * NULL where that is no quicker. */
    smi_value (*evaluate_in_parts)(void *context, const float *parameters, const size_t *rows,
                                   size_t count, float *gradient, const smi_receiver *receiver);

    /* result = Hessian · direction, over all rows, penalty included; both parameter_count. It is
     * the Hessian at the parameters that `look_closely` was called with last, which are borrowed as
     * long as products are asked for; no evaluation may come between. Both NULL where there is
     * none. */
    void (*look_closely)(void *context, const float *parameters);
    void (*curvature)(void *context, const float *direction, float *result);

    /* A stand-in for the Hessian that is quick to invert; both NULL where there is none.
     *   prepare   builds it from the curvature at `parameters`; fails only for lack of memory
     *   apply     result = its inverse · vector; both parameter_count; they may be the same */
    sm_status (*prepare_preconditioner)(void *context, const float *parameters);
    void (*apply_preconditioner)(void *context, const float *vector, float *result);

    /* The same stand-in itself, from the curvature at `parameters`; NULL where there is none.
     * *metric is valid until either of the two is prepared again. Fails only for lack of memory. */
    sm_status (*prepare_metric)(void *context, const float *parameters, smi_metric *metric);
} smi_objective;

static inline smi_value smi_evaluate(const smi_objective *const objective,
                                     const float *const parameters, const size_t *const rows,
                                     const size_t count, float *const gradient)
{
    return objective->evaluate(objective->context, parameters, rows, count, gradient);
}

static inline smi_value smi_evaluate_all(const smi_objective *const objective,
                                         const float *const parameters, float *const gradient)
{
    return smi_evaluate(objective, parameters, NULL, objective->row_count, gradient);
}

#endif
