/* The loop that the solvers with a second-order model of the objective share: from a point to a
 * better one, over all rows, to a tolerance. A solver is a rule that finds the better point. */
#ifndef SMI_TRAIN_DESCENT_H
#define SMI_TRAIN_DESCENT_H

#include <stdbool.h>
#include <stddef.h>

#include "train/fit.h"
#include "train/objective.h"
#include "train/solver.h"
#include "train/solver_state.h"

typedef struct smi_descent smi_descent;

typedef struct smi_descent_rule {
    bool has_corners;    /* the objective is one with l1 */
    size_t work_vectors; /* of the solver's own, to work in; no step looks at what the last left */

    /* What the solver has built of the objective at some parameters, before iteration 0 and
     * iteration build_again; NULL: nothing. Fails only for lack of memory. */
    sm_status (*build)(smi_descent *descent, const float *parameters);
    size_t build_again;

    /* Finds a better point, and leaves it with its gradient in `next`, its value in `value`.
     * *better false: there is none to be found, and the three are of no use. Fails only for lack
     * of memory. */
    sm_status (*step)(smi_descent *descent, bool *better);

    /* Learns from a step, between its end and the exchange of point and next; NULL: nothing. */
    void (*remember)(smi_descent *descent);

    /* Lists what of the solver's own is needed for the next step; NULL: nothing is. */
    void (*list)(smi_descent *descent, smi_state *state);

    /* Whether what was listed, read back from outside, is in order; NULL: any numbers are. */
    bool (*accept)(smi_descent *descent);

    void (*free)(void *own);
} smi_descent_rule;

struct smi_descent {
    const smi_objective *objective;
    smi_fit *fit;
    smi_descent_rule rule;
    void *own;         /* the solver's */
    float *parameters; /* the caller's, where what it has come to is left; */
    float *finite;     /* likewise */
    double l1;         /* 0 where the rule has no corners */

    smi_value value; /* at the point, l1's penalty included */
    double norm;     /* of the subgradient there */
    double norm_before;
    bool built; /* before this iteration */

    double least_value; /* so far; what is lower by no more than rounding errors does not count */
    double least_norm;  /* likewise, with what is lower by less than a tenth */
    size_t in_vain;     /* steps since either was met */

    float *memory; /* of the vectors below, each parameter_count */
    float *point;
    float *gradient;    /* of the smooth part there */
    float *subgradient; /* of the whole there, the smallest; without corners the gradient itself */
    float *next;
    float *next_gradient;
    float *built_at; /* the parameters it was built at last; NULL where nothing is built */
    float *work;     /* work_vectors */
};

/* A vector of the solver's own; index: below work_vectors. */
static inline float *smi_descent_work(const smi_descent *const descent, const size_t index)
{
    return descent->work + index * descent->objective->parameter_count;
}

/* The value of the whole at the parameters, and the gradient of its smooth part. */
smi_value smi_descent_evaluate(const smi_descent *descent, const float *parameters,
                               float *gradient);

/* As a solver. rule: copied. own: what the rule's functions find in `own`; taken over, also on
 * failure, and freed by the rule. */
sm_status smi_descend(const smi_objective *objective, smi_fit *fit, const smi_descent_rule *rule,
                      void *own, float *parameters, float *finite, smi_solving *solving);

#endif
