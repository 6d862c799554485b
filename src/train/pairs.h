/* What L-BFGS remembers: the last steps s = Δparameters with y = Δgradient, and the approximation
 * H of the inverse Hessian that follows from them (Nocedal and Wright, "Numerical Optimization",
 * 2nd edition, algorithm 7.4).
 *
 * The products s_i · y_k are kept, so that the algorithm's two loops run on numbers. Vectors are
 * read only for s_i · g; for q = g − Σ a_k y_k and, once the preconditioner has been applied to it,
 * its products with the y; and for the result. Each pass streams through one pair of vectors: going
 * block by block through all of them at once was measured to be slower. */
#ifndef SMI_TRAIN_PAIRS_H
#define SMI_TRAIN_PAIRS_H

#include <stdbool.h>

#include "train/objective.h"
#include "train/solver_state.h"

enum { SMI_MOST_PAIRS = 100 };

typedef struct smi_pairs {
    size_t length; /* of a vector */
    size_t capacity;
    size_t count;
    size_t oldest;    /* slot of the oldest; the others follow in a ring */
    float *s;         /* capacity × length */
    float *y;         /* likewise */
    float *scratch;   /* length */
    double *products; /* capacity × capacity: s of slot i · y of slot k, where k is not older */
    double *along;    /* capacity: s of each slot · the gradient of the last direction */
    double square;    /* y · y of the newest */
    bool is_new;      /* the newest has come since the last direction */
} smi_pairs;

/* Room for `capacity` pairs, 1 … SMI_MOST_PAIRS. */
sm_status smi_pairs_create(size_t capacity, size_t length, smi_pairs **pairs);
void smi_pairs_free(smi_pairs *pairs); /* NULL is accepted */

/* Remembers a step from where the last direction was asked for, forgetting the oldest when full. A
 * step along which the gradient does not grow says nothing about curvature and is not remembered.
 */
void smi_pairs_remember(smi_pairs *pairs, const float *from, const float *to,
                        const float *gradient_from, const float *gradient_to);

static inline void smi_pairs_forget(smi_pairs *const pairs)
{
    pairs->count = 0;
}

/* Lists all that is remembered. */
void smi_pairs_list(smi_pairs *pairs, smi_state *state);

/* direction = −H · vector, at a point with this gradient: most often the same array, or, where the
 * objective has corners, a subgradient. H grows from γ · P, P being the objective's preconditioner,
 * or the identity where it has none, and γ = s·y / y·P·y of the newest pair: without pairs γ is 1.
 */
void smi_pairs_direction(smi_pairs *pairs, const smi_objective *objective, const float *gradient,
                         const float *vector, float *direction);

#endif
