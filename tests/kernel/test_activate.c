/* Activations and their derivatives of every table, in double precision beside them, and where
 * floating-point arithmetic has corners. */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const sm_activation all_kinds[] = {SM_LINEAR, SM_RELU, SM_LEAKY_RELU,
                                          SM_GELU,   SM_TANH, SM_SIGMOID};

/* ---- the truth ---- */

static double value_at(const sm_activation kind, const double z)
{
    switch (kind) {
    case SM_RELU:
        return z > 0.0 ? z : 0.0;
    case SM_LEAKY_RELU:
        return z > 0.0 ? z : 0.01 * z;
    case SM_GELU:
        return z < -40.0 ? 0.0 : 0.5 * z * erfc(-z * sqrt(0.5));
    case SM_TANH:
        return tanh(z);
    case SM_SIGMOID:
        return 1.0 / (1.0 + exp(-z));
    case SM_LINEAR:
        break;
    }
    return z;
}

/* 1 − tanh² and s · (1 − s) would cancel where the slopes are small. */
static double slope_at(const sm_activation kind, const double z)
{
    switch (kind) {
    case SM_RELU:
        return z > 0.0 ? 1.0 : 0.0;
    case SM_LEAKY_RELU:
        return z > 0.0 ? 1.0 : 0.01;
    case SM_GELU: {
        const double density = exp(-0.5 * z * z) * 0.3989422804014327;
        return 0.5 * erfc(-z * sqrt(0.5)) + (density > 0.0 ? z * density : 0.0);
    }
    case SM_TANH:
        return pow(cosh(z), -2.0);
    case SM_SIGMOID:
        return value_at(SM_SIGMOID, z) * value_at(SM_SIGMOID, -z);
    case SM_LINEAR:
        break;
    }
    return 1.0;
}

/* ---- bounds ---- */

enum { POINTS = 1 << 16 };

/* Evenly over −20 … 20, where everything happens; then magnitudes from the smallest float to the
 * largest, of both signs. */
static void spread(float *const z)
{
    for (size_t i = 0; i < POINTS / 2; i++) {
        z[i] = (float)(40.0 * (double)i / (POINTS / 2) - 20.0) + 1e-4F;
    }
    for (size_t i = POINTS / 2; i < POINTS; i++) {
        const double share = (double)(i - POINTS / 2) / (POINTS / 2);
        const double magnitude = exp2(-149.0 + share * (149.0 + 127.99));
        z[i] = (float)(i % 2 == 0 ? magnitude : -magnitude);
    }
}

static void values_and_slopes_of_every_table_are_within_the_bound(void **state)
{
    (void)state;
    float *const z = calloc(3 * POINTS, sizeof *z);
    assert_non_null(z);
    float *const value = z + POINTS;
    float *const slope = value + POINTS;
    spread(z);
    for (size_t k = 0; k < COUNT(all_kinds); k++) {
        const sm_activation kind = all_kinds[k];
        const smi_kernels *kernels = NULL;
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            table_score values = {.isa = kernels->isa};
            table_score slopes = {.isa = kernels->isa};
            memcpy(value, z, POINTS * sizeof *z);
            kernels->activate(kind, value, POINTS, slope);
            for (size_t p = 0; p < POINTS; p++) {
                const double at = (double)z[p];
                const curve exact = {value_at(kind, at), slope_at(kind, at)};
                const curve bound = activation_bound(arithmetic_of(kernels->isa), kind, at, exact);
                score_value(&values, (double)value[p], exact.value, bound.value, false);
                score_value(&slopes, (double)slope[p], exact.slope, bound.slope, false);
            }
            print_message("  %-9s activation %d: error / bound at most %.3f, of slopes %.3f\n",
                          kernels->isa, (int)kind, values.worst, slopes.worst);
            if (kind >=
                SM_GELU) { /* a bound that is never come near to would hold for wrong code */
                assert_true(values.worst > 0.1);
                assert_true(slopes.worst > 0.1);
            }
        }
    }
    free(z);
}

/* Against central differences of the values in double, so that value and slope cannot be wrong
 * together: third derivatives are below 2, and the values' own rounding is 2^-53 of at most 20. */
static void slopes_are_what_values_change_by(void **state)
{
    (void)state;
    static const double step = 1e-4;
    const double difference_error = step * step / 3.0 + 0x1p-53 * 20.0 / step;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t k = 0; k < COUNT(all_kinds); k++) {
            const sm_activation kind = all_kinds[k];
            for (int at = -1000; at < 1000; at++) {
                const float z = 0.02F * (float)at + 0.01F; /* not 0, where some have no slope */
                float value = z;
                float slope = 0.0F;
                kernels->activate(kind, &value, 1, &slope);
                const double change =
                    value_at(kind, (double)z + step) - value_at(kind, (double)z - step);
                const curve exact = {value_at(kind, (double)z), slope_at(kind, (double)z)};
                const double bound =
                    activation_bound(arithmetic_of(kernels->isa), kind, (double)z, exact).slope;
                assert_true(fabs((double)slope - change / (2.0 * step)) <=
                            bound + difference_error);
            }
        }
    }
}

/* ---- places ---- */

/* z, each alone: what it must become wherever it stands. */
static void activate_one_by_one(const smi_kernels *const kernels, const sm_activation kind,
                                float *const z, const size_t count, float *const slopes)
{
    for (size_t i = 0; i < count; i++) {
        kernels->activate(kind, z + i, 1, slopes + i);
    }
}

static void check_places(const smi_kernels *const kernels, const sm_activation kind,
                         const size_t count, const guarded *const values,
                         const guarded *const slopes)
{
    enum { MOST = 1000 };
    const size_t bytes = count * sizeof(float);
    float expected[MOST + 1];
    float expected_slopes[MOST + 1];
    float *const z = guarded_last(values, bytes);
    float *const slope = guarded_last(slopes, bytes);
    smi_random random = smi_random_start(count, (uint64_t)kind);
    for (size_t i = 0; i < count; i++) {
        z[i] = (float)(6.0 * smi_random_normal(&random));
    }
    memcpy(expected, z, bytes);
    activate_one_by_one(kernels, kind, expected, count, expected_slopes);
    kernels->activate(kind, z, count, slope);
    assert_memory_equal(z, expected, bytes);
    assert_memory_equal(slope, expected_slopes, bytes);
    assert_true(guarded_intact(values, bytes) && guarded_intact(slopes, bytes));

    smi_random again = smi_random_start(count, (uint64_t)kind);
    for (size_t i = 0; i < count; i++) {
        z[i] = (float)(6.0 * smi_random_normal(&again));
    }
    kernels->activate(kind, z, count, NULL);
    assert_memory_equal(z, expected, bytes);
    assert_true(guarded_intact(values, bytes));
}

static void what_a_number_becomes_does_not_depend_on_its_place(void **state)
{
    (void)state;
    guarded values = guarded_make(1000 * sizeof(float));
    guarded slopes = guarded_make(1000 * sizeof(float));
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t k = 0; k < COUNT(all_kinds); k++) {
            for (size_t count = 0; count <= 67; count++) {
                check_places(kernels, all_kinds[k], count, &values, &slopes);
            }
            check_places(kernels, all_kinds[k], 1000, &values, &slopes);
        }
    }
    guarded_free(&values);
    guarded_free(&slopes);
}

/* ---- corners ---- */

typedef struct corner {
    sm_activation kind;
    float z;
    float value;
    float slope;
} corner;

static void limits_are_exact(void **state)
{
    (void)state;
    static const corner corners[] = {
        {SM_LINEAR, INFINITY, INFINITY, 1.0F},
        {SM_LINEAR, -FLT_MAX, -FLT_MAX, 1.0F},
        {SM_RELU, INFINITY, INFINITY, 1.0F},
        {SM_RELU, FLT_MAX, FLT_MAX, 1.0F},
        {SM_RELU, 0.0F, 0.0F, 0.0F},
        {SM_RELU, -0.0F, 0.0F, 0.0F},
        {SM_RELU, -FLT_MAX, 0.0F, 0.0F},
        {SM_RELU, -INFINITY, 0.0F, 0.0F},
        {SM_LEAKY_RELU, INFINITY, INFINITY, 1.0F},
        {SM_LEAKY_RELU, 0.0F, 0.0F, 0.01F},
        {SM_LEAKY_RELU, -0.0F, 0.0F, 0.01F},
        {SM_LEAKY_RELU, -INFINITY, -INFINITY, 0.01F},
        {SM_GELU, INFINITY, INFINITY, 1.0F},
        {SM_GELU, FLT_MAX, FLT_MAX, 1.0F},
        {SM_GELU, 20.0F, 20.0F, 1.0F},
        {SM_GELU, 0.0F, 0.0F, 0.5F},
        {SM_GELU, -0.0F, 0.0F, 0.5F},
        {SM_GELU, -20.0F, 0.0F, 0.0F},
        {SM_GELU, -FLT_MAX, 0.0F, 0.0F},
        {SM_GELU, -INFINITY, 0.0F, 0.0F},
        {SM_TANH, INFINITY, 1.0F, 0.0F},
        {SM_TANH, FLT_MAX, 1.0F, 0.0F},
        {SM_TANH, 60.0F, 1.0F, 0.0F},
        {SM_TANH, 0.0F, 0.0F, 1.0F},
        {SM_TANH, -0.0F, 0.0F, 1.0F},
        {SM_TANH, -60.0F, -1.0F, 0.0F},
        {SM_TANH, -INFINITY, -1.0F, 0.0F},
        {SM_TANH, 1e-30F, 1e-30F, 1.0F},
        {SM_SIGMOID, INFINITY, 1.0F, 0.0F},
        {SM_SIGMOID, FLT_MAX, 1.0F, 0.0F},
        {SM_SIGMOID, 110.0F, 1.0F, 0.0F},
        {SM_SIGMOID, 0.0F, 0.5F, 0.25F},
        {SM_SIGMOID, -0.0F, 0.5F, 0.25F},
        {SM_SIGMOID, -110.0F, 0.0F, 0.0F},
        {SM_SIGMOID, -FLT_MAX, 0.0F, 0.0F},
        {SM_SIGMOID, -INFINITY, 0.0F, 0.0F},
    };
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t c = 0; c < COUNT(corners); c++) {
            float value = corners[c].z;
            float slope = NAN;
            kernels->activate(corners[c].kind, &value, 1, &slope);
            if (value != corners[c].value || fabsf(slope - corners[c].slope) > 1e-36F) {
                fail_msg("%s: activation %d of %g: %g, %g", kernels->isa, (int)corners[c].kind,
                         (double)corners[c].z, (double)value, (double)slope);
            }
        }
    }
}

static void what_is_no_number_stays_none(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t k = 0; k < COUNT(all_kinds); k++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                float z[3] = {1.0F, copysignf(NAN, (float)sign), -1.0F};
                float slopes[3];
                kernels->activate(all_kinds[k], z, 3, slopes);
                assert_true(isfinite(z[0]) && isnan(z[1]) && isfinite(z[2]));
                if (all_kinds[k] >= SM_GELU) {
                    assert_true(isnan(slopes[1]));
                }
            }
        }
    }
}

/* What training and probabilities rely on: no value beyond its limits, no negative slope but
 * gelu's, a tanh that is odd. */
static void check_range(const sm_activation kind, const float value, const float opposite,
                        const float slope)
{
    switch (kind) {
    case SM_GELU:
        assert_true(value >= -0.17F);
        assert_true(slope >= -0.13F && slope <= 1.13F);
        break;
    case SM_TANH: /* its slope near 0 may be rounded up */
        assert_true(fabsf(value) <= 1.0F && value == -opposite);
        assert_true(slope >= 0.0F && slope <= 1.0F + 0x1p-21F);
        break;
    case SM_SIGMOID:
        assert_true(value >= 0.0F && value <= 1.0F);
        assert_true(slope >= 0.0F && slope <= 0.25F + 0x1p-23F);
        break;
    case SM_LINEAR:
    case SM_RELU:
    case SM_LEAKY_RELU:
        assert_true(slope >= 0.0F && slope <= 1.0F);
        break;
    }
}

static void values_keep_their_range(void **state)
{
    (void)state;
    float *const z = calloc(3 * POINTS, sizeof *z);
    assert_non_null(z);
    float *const opposite = z + POINTS;
    float *const slope = opposite + POINTS;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t k = 0; k < COUNT(all_kinds); k++) {
            spread(z);
            for (size_t p = 0; p < POINTS; p++) {
                opposite[p] = -z[p];
            }
            kernels->activate(all_kinds[k], opposite, POINTS, slope);
            kernels->activate(all_kinds[k], z, POINTS, slope);
            for (size_t p = 0; p < POINTS; p++) {
                check_range(all_kinds[k], z[p], opposite[p], slope[p]);
            }
        }
    }
    free(z);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_slopes_of_every_table_are_within_the_bound),
        cmocka_unit_test(slopes_are_what_values_change_by),
        cmocka_unit_test(what_a_number_becomes_does_not_depend_on_its_place),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(what_is_no_number_stays_none),
        cmocka_unit_test(values_keep_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
