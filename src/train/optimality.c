#include "train/optimality.h"

#include <math.h>
#include <string.h>

#include "train/l1.h"

/* The names are those of docs/numerics.md, section 9. */
typedef struct certificate {
    size_t weights;
    size_t classes;
    double l1;
    double l2;
    double share;             /* ε: of the constant distribution in the mixture */
    const float *parameters;  /* W and b */
    const float *gradient;    /* ∂W and ∂b */
    const float *at_constant; /* A: ∂W where every row's distribution is r */
} certificate;

/* ε: the smallest for which r is a distribution. The share of class c is 1/C less its entry of the
 * bias gradient at zero parameters. */
static double mixed_share(const size_t classes, const float *const bias_gradient,
                          const float *const zero_bias_gradient)
{
    double share = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double excess = (double)bias_gradient[c];
        const double of_class = fmax(1.0 / (double)classes - (double)zero_bias_gradient[c], 0.0);
        if (excess > 0.0) {
            share = fmax(share, excess / (of_class + excess));
        }
    }
    return fmin(share, 1.0);
}

/* Puts log r into the biases of `constant`, and returns the entropy of r. */
static double set_constant(const size_t classes, const double share,
                           const float *const bias_gradient, const float *const zero_bias_gradient,
                           float *const bias)
{
    const double tiny = 1e-30;
    double entropy = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double of_class = 1.0 / (double)classes - (double)zero_bias_gradient[c];
        double r = of_class;
        if (share > 0.0) {
            r -= (1.0 - share) / share * (double)bias_gradient[c];
        }
        r = fmax(r, tiny);
        bias[c] = (float)log(r);
        entropy -= r * log(r);
    }
    return entropy;
}

/* Σ over weights of ½ · max(|v| − l1, 0)² / l2, with v = (1 − ε) · G + ε · A. */
static double conjugate_penalty(const certificate *const all)
{
    double sum = 0.0;
    for (size_t i = 0; i < all->weights; i++) {
        const double fit = (double)all->gradient[i] - all->l2 * (double)all->parameters[i]; /* G */
        const double v = (1.0 - all->share) * fit + all->share * (double)all->at_constant[i];
        const double over = fmax(fabs(v) - all->l1, 0.0);
        sum += over * over;
    }
    return sum / (2.0 * all->l2);
}

/* G · W + ∂b · b: what the rows' mean entropy is below the loss. */
static double loss_over_entropy(const certificate *const all)
{
    double sum = 0.0;
    for (size_t i = 0; i < all->weights + all->classes; i++) {
        const double decay = i < all->weights ? all->l2 * (double)all->parameters[i] : 0.0;
        sum += ((double)all->gradient[i] - decay) * (double)all->parameters[i];
    }
    return sum;
}

double smi_optimality_gap_bound(const smi_objective *const objective, const double l1,
                                const double l2, const float *const parameters,
                                const smi_value *const value, const float *const gradient,
                                const float *const zero_gradient, float *const work)
{
    const size_t weights = objective->penalized_count;
    const size_t classes = objective->parameter_count - weights;
    float *const constant = work;
    float *const at_constant = work + objective->parameter_count;
    if (!(l2 > 0.0)) {
        return NAN;
    }
    const double share = mixed_share(classes, gradient + weights, zero_gradient + weights);
    memset(constant, 0, weights * sizeof *constant);
    const double entropy = set_constant(classes, share, gradient + weights, zero_gradient + weights,
                                        constant + weights);
    (void)smi_evaluate_all(objective, constant, at_constant);
    const certificate all = {.weights = weights,
                             .classes = classes,
                             .l1 = l1,
                             .l2 = l2,
                             .share = share,
                             .parameters = parameters,
                             .gradient = gradient,
                             .at_constant = at_constant};
    const double row_entropy = value->loss - loss_over_entropy(&all);
    const double dual = (1.0 - share) * row_entropy + share * entropy - conjugate_penalty(&all);
    const double primal = value->objective + smi_l1_penalty(objective, l1, parameters);
    return fmax(primal - dual, 0.0);
}
