/* The objective near a point, as a quadratic with the L1 penalty on top:
 *
 *     g · d + ½ dᵀ B d + l1 · ‖kernel of (point + d)‖₁
 *
 * B is the approximation of the Hessian that L-BFGS keeps, grown from γ · P, in its compact form
 * (Byrd, Nocedal and Schnabel, "Representations of quasi-Newton matrices and their use in limited
 * memory methods", Math. Program. 1994, equation 2.17). P is the objective's metric, or the
 * identity where it has none. The minimum over d is found by coordinate descent, which reads no
 * data (Scheinberg and Tang, "Practical inexact proximal quasi-Newton method with global complexity
 * analysis", Math. Program. 2016). */
#ifndef SMI_TRAIN_PROXIMAL_MODEL_H
#define SMI_TRAIN_PROXIMAL_MODEL_H

#include <stdbool.h>

#include "train/objective.h"
#include "train/solver_state.h"

typedef struct smi_proximal_model {
    const smi_objective *objective;
    smi_metric metric; /* matrix NULL: the identity */
    double gamma;
    size_t capacity; /* pairs that are remembered: s = Δparameters, y = Δgradient */
    size_t count;    /* pairs so far */
    float *memory;   /* of the vectors below, the pairs first */
    size_t *slots;   /* capacity: where in the memory the pairs are, the oldest first */
    float **s;       /* capacity vectors, the oldest first, and so the next two */
    float **ps;      /* P · s; the same as s where P is the identity */
    float **y;
    double *s_ps; /* capacity × capacity: s · P · s */
    double *s_y;  /* capacity × capacity: s of the row · y of the column */
    double *grid; /* 2 · capacity × 4 · capacity: the middle matrix, and its inverse beside it */

    float *step;  /* the minimum found: d */
    float *moved; /* P · d, class by class */

    /* The coordinates that may move, class by class, `free_count` of them. */
    size_t free_count;
    size_t *free;      /* which they are */
    float *diagonal;   /* of B there */
    float *rows;       /* free_count × width: [γ · P · S, Y] there */
    float *solved;     /* free_count × width: the same times the inverse of the middle matrix */
    size_t free_space; /* free_count that there is room for in the last two */
} smi_proximal_model;

/* The objective is borrowed. history_size: pairs that are remembered, 1 or more. */
sm_status smi_proximal_model_create(const smi_objective *objective, size_t history_size,
                                    smi_proximal_model *model);
void smi_proximal_model_free(smi_proximal_model *model);

/* Takes the objective's metric at the parameters, if it has one: pairs that met another one are of
 * no use. Fails only for lack of memory. */
sm_status smi_proximal_model_measure(smi_proximal_model *model, const float *parameters);

/* model->step ≈ the minimum at `point`, whose gradient and smallest subgradient are given: to where
 * the model's subgradient has a norm of `target`, or until that takes too long. Fails only for lack
 * of memory. */
sm_status smi_proximal_model_minimize(smi_proximal_model *model, double l1, const float *point,
                                      const float *gradient, const float *subgradient,
                                      double target);

/* Remembers the step, of which `share` was gone, forgetting the oldest pair when full. */
void smi_proximal_model_remember(smi_proximal_model *model, double share,
                                 const float *gradient_from, const float *gradient_to);

static inline void smi_proximal_model_forget(smi_proximal_model *const model)
{
    model->count = 0;
}

/* The same with all else that the pairs have taught. */
static inline void smi_proximal_model_restart(smi_proximal_model *const model)
{
    smi_proximal_model_forget(model);
    model->gamma = 1.0;
}

/* Lists what the next minimum depends on, the metric aside. */
void smi_proximal_model_list(smi_proximal_model *model, smi_state *state);

/* When that has been read back from outside: whether it is in order, and then brings the rest in
 * step. */
bool smi_proximal_model_accept(smi_proximal_model *model);

#endif
