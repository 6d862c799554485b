#include "train/l2.h"

#include "train/slices.h"
#include "train/vector.h"

typedef struct penalty {
    double l2;
    const float *weights;
    float *gradient;
} penalty;

static double penalise(const void *const context, const size_t begin, const size_t count)
{
    const penalty *const all = context;
    const float *const weights = all->weights + begin;
    if (all->gradient != NULL) {
        smi_add_scaled(all->l2, weights, all->gradient + begin, count);
    }
    return smi_dot(weights, weights, count);
}

double smi_l2_penalty(const double l2, const float *const weights, const size_t count,
                      float *const gradient, smi_pool *const pool)
{
    if (l2 == 0.0) {
        return 0.0;
    }
    penalty all = {.l2 = l2, .weights = weights};
    all.gradient = gradient;
    return 0.5 * l2 * smi_run_slices(pool, count, penalise, &all);
}
