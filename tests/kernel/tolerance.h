/* How far the kernels may be from the exact result: the bounds that docs/numerics.md derives, and
 * nothing else. All take exact quantities, computed in double, and give an absolute error. */
#ifndef TESTS_KERNEL_TOLERANCE_H
#define TESTS_KERNEL_TOLERANCE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <softmax.h>

/* The unit roundoffs: a result rounded to float is off by at most this share of it; likewise for
 * double, in which the truth is computed. */
static const double float_unit = 0x1p-24;
static const double double_unit = 0x1p-53;

/* Products of two errors are left out of the formulas; this more than covers them. */
static const double second_order = 1.001;

/* exp of a float ≤ 0, in relative terms: what polynomial and rounding come to, in float_unit. */
static const double exp_units = 2.5;

/* What the kernels' exp gives for arguments below −87.33, where the truth is between this and 0. */
static const double exp_floor = 1.2e-38;

/* How a table computes. */
typedef struct arithmetic {
    size_t lanes;   /* sums side by side */
    bool in_double; /* the reference: rounded to float at the end, and only there */
} arithmetic;

static inline arithmetic arithmetic_of(const char *const isa)
{
    static const struct {
        const char *isa;
        arithmetic of;
    } known[] = {{"reference", {1, true}}, {"x86_64", {4, false}}, {"avx2", {8, false}},
                 {"avx512", {16, false}},  {"neon", {4, false}},   {"wasm", {4, false}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(isa, known[i].isa) == 0) {
            return known[i].of;
        }
    }
    return (arithmetic){1, false}; /* holds for every order of summation */
}

/* Roundings that a term may meet on its way through a sum of `terms` over the lanes: a lane adds
 * ceil(terms / lanes) of them, and the lanes are added up pair by pair. */
static inline double sum_roundings(const arithmetic how, const size_t terms)
{
    return (double)((terms + how.lanes - 1) / how.lanes) + log2((double)how.lanes);
}

/* bias + Σ x · w over `features` terms. magnitude: Σ |x · w|; result: the exact logit. */
static inline double logit_bound(const arithmetic how, const size_t features,
                                 const double magnitude, const double result)
{
    const double roundings = how.in_double ? 0.0 : sum_roundings(how, features);
    return second_order * (float_unit * (roundings * magnitude + fabs(result)) +
                           2.0 * double_unit * (double)(features + 2) * (magnitude + fabs(result)));
}

/* The same with the scaling folded in before: weights scale · w and a bias of `folded`, each
 * rounded once more. magnitude: Σ |x · scale · w|. */
static inline double folded_logit_bound(const arithmetic how, const size_t features,
                                        const double magnitude, const double folded,
                                        const double result)
{
    return logit_bound(how, features, magnitude, result) +
           second_order * float_unit * (magnitude + 2.0 * fabs(folded));
}

/* The same from the sums as they run, which is sharper where terms cancel: `running` is the sum,
 * over all additions on the way, of |what each gives|, and of |x · w| over all features. */
static inline double running_logit_bound(const size_t features, const double running,
                                         const double magnitude, const double result)
{
    return second_order * (float_unit * (running + fabs(result)) +
                           2.0 * double_unit * (double)(features + 2) * (magnitude + fabs(result)));
}

/* before + Σ delta · x over the rows of a block. magnitude: Σ |delta · x|; after: the exact
 * result. */
static inline double gradient_bound(const arithmetic how, const size_t rows, const double magnitude,
                                    const double before, const double after)
{
    const double roundings = how.in_double ? 0.0 : (double)rows;
    return second_order * (float_unit * (roundings * magnitude + fabs(after)) +
                           2.0 * double_unit * (double)(rows + 2) * (magnitude + fabs(before)));
}

/* An element of a product. running: Σ |what each addition gives| + Σ |a · b|; magnitude: |before| +
 * Σ |a · b|; result: the exact element. */
static inline double product_bound(const arithmetic how, const size_t depth, const double running,
                                   const double magnitude, const double result)
{
    return second_order * (float_unit * (how.in_double ? fabs(result) : running) +
                           2.0 * double_unit * (double)(depth + 2) * magnitude);
}

/* One row of logits on its way to probabilities, in exact terms. */
typedef struct row_facts {
    size_t classes;
    double mean_distance; /* Σ p · |z − max z|, at most log classes */
    double target_sum;
} row_facts;

/* The relative error of Σ exp(z − max z), in float_unit. */
static inline double exp_sum_units(const arithmetic how, const row_facts *const row)
{
    return how.in_double ? 0.0 : exp_units + row->mean_distance + sum_roundings(how, row->classes);
}

/* p · Σ target − target. distance: |z − max z| of the class. */
static inline double delta_bound(const arithmetic how, const row_facts *const row,
                                 const double probability, const double distance,
                                 const double target)
{
    const double share = row->target_sum * probability;
    const double result = share - target;
    const double units = how.in_double ? 0.0 : exp_units + distance + exp_sum_units(how, row) + 3.0;
    const double floor = how.in_double ? 0.0 : exp_floor * (double)(row->classes + 1);
    return second_order *
           (float_unit * ((share > 0.0 ? units * share : 0.0) + fabs(result)) + floor +
            4.0 * double_unit * (double)(row->classes + 4) * (share + fabs(target)) + 0x1p-149);
}

/* The loss of one row. magnitude: Σ target · |z − max z| + Σ target · log Σ exp(z − max z). */
static inline double loss_bound(const arithmetic how, const row_facts *const row,
                                const double magnitude)
{
    const double floor = how.in_double ? 0.0 : exp_floor * (double)row->classes;
    return second_order * row->target_sum *
               (float_unit * exp_sum_units(how, row) + floor +
                2.0 * double_unit * (double)(row->classes + 4)) +
           4.0 * double_unit * (double)(row->classes + 16) * magnitude;
}

/* One row on its way from a change of its logits to that of its probabilities, in exact terms. */
typedef struct change_facts {
    double mean_change;      /* Σ p · |u| */
    double distanced_change; /* Σ p · |u| · |z − max z| */
} change_facts;

/* p · (u − Σ p · u). distance: |z − max z| of the class; centred: u − Σ p · u. */
static inline double curvature_bound(const arithmetic how, const row_facts *const row,
                                     const change_facts *const change, const double probability,
                                     const double distance, const double centred)
{
    const double terms = sum_roundings(how, row->classes) + (double)how.lanes + 1.0;
    const double sum = exp_sum_units(how, row);
    const double mean = how.in_double ? 0.0
                                      : change->mean_change * (exp_units + terms + sum + 1.0) +
                                            change->distanced_change;
    const double share = how.in_double ? 1.0 : exp_units + distance + sum + 3.0;
    const double floor =
        how.in_double ? 0.0 : exp_floor * (double)(row->classes + 1) * (1.0 + fabs(centred));
    return second_order * (float_unit * probability * (share * fabs(centred) + mean) + floor +
                           8.0 * double_unit * (double)(row->classes + 4) *
                               (probability * fabs(centred) + change->mean_change) +
                           0x1p-149);
}

/* Activations, in float_unit: the relative errors of tanh and of its slope, and of the quotient
 * that gelu's tail has beside exp(−z² / 2). */
static const double tanh_units = 7.3;
static const double tanh_slope_units = 10.5;
static const double tail_units = 10.0;

typedef struct curve {
    double value;
    double slope;
} curve;

static inline curve sigmoid_units(const double z)
{
    const double large = 1.0 / (1.0 + exp(-fabs(z)));
    return (curve){z > 0.0 ? exp_units * (1.0 - large) + 2.0 : exp_units * large + 3.0,
                   exp_units * (2.0 * large - 1.0) + 6.0};
}

/* The errors of z · Φ(z) and its slope, not counting their own rounding. */
static inline curve gelu_errors(const double z)
{
    const double a = fabs(z) < 40.0 ? fabs(z) : 40.0;
    const double tail = 0.5 * erfc(a * sqrt(0.5)) * (exp_units + 0.5 * a * a + tail_units + 1.0);
    const double density = exp(-0.5 * a * a) * 0.3989422804014327;
    const double left = density * a * (exp_units + 0.5 * a * a + 3.0);
    const double sum = fabs(0.5 * erfc(a * sqrt(0.5)) - a * density);
    return (curve){a * tail + a * 0.5 * erfc(a * sqrt(0.5)), tail + left + sum};
}

/* exact: f and f' at z. */
static inline curve activation_bound(const arithmetic how, const sm_activation kind, const double z,
                                     const curve exact)
{
    curve units = {0.0, 0.0};
    curve errors = {0.0, 0.0};
    if (kind == SM_LEAKY_RELU) {
        units = (curve){2.0, 1.0};
    } else if (kind == SM_GELU) {
        units = (curve){1.0, 1.0};
        errors = gelu_errors(z);
    } else if (kind == SM_TANH) {
        units = (curve){tanh_units, tanh_slope_units};
    } else if (kind == SM_SIGMOID) {
        units = sigmoid_units(z);
    }
    const double floor = kind >= SM_GELU ? 16.0 * exp_floor : 0x1p-149;
    if (how.in_double) {
        return (curve){float_unit * second_order * fabs(exact.value) + 0x1p-149,
                       float_unit * second_order * fabs(exact.slope) + 0x1p-149};
    }
    const double factor = second_order * float_unit;
    return (curve){factor * (units.value * fabs(exact.value) + errors.value) + floor,
                   factor * (units.slope * fabs(exact.slope) + errors.slope) + floor};
}

#endif
