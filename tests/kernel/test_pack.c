/* Parameters to the kernels' layout and gradients back, with the scaling folded in. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "kernel/pack.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST = 4096 };

static const struct {
    size_t features;
    size_t classes;
} shapes[] = {{1, 2}, {2, 3}, {15, 4}, {16, 5}, {17, 10}, {33, 26}, {100, 3}};

static const smi_scaling scalings[] = {{0.0F, 1.0F},   {0.0F, 1.0F / 255.0F}, {127.5F, 1.0F / 64},
                                       {-3.0F, -2.0F}, {1e6F, 1e-3F},         {0.1F, 1e4F}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void fill(float *const values, const size_t count, const uint64_t seed)
{
    smi_random random = smi_random_start(seed, 0);
    for (size_t i = 0; i < count; i++) {
        values[i] = (float)smi_random_normal(&random);
    }
}

static bool near(const double value, const double exact, const double bound)
{
    return fabs(value - exact) <= bound;
}

static void a_map_is_classes_of_padded_weights_and_then_the_bias(void **state)
{
    (void)state;
    size_t floats = 0;
    float memory[MOST];
    assert_true(smi_affine_floats(SMI_BY_CLASS, 17, 3, &floats));
    const smi_affine map = smi_affine_over(SMI_BY_CLASS, memory, 17, 3);
    assert_int_equal(map.features, 17);
    assert_int_equal(map.classes, 3);
    assert_int_equal(map.stride, 32);
    assert_ptr_equal(map.weights, memory);
    assert_true(map.bias >= memory + 3 * 32);
    assert_true(map.bias + 3 <= memory + floats);
}

static void maps_beyond_the_address_space_are_refused(void **state)
{
    (void)state;
    size_t floats = 7;
    assert_false(smi_affine_floats(SMI_BY_CLASS, SIZE_MAX, 2, &floats));
    assert_false(smi_affine_floats(SMI_BY_CLASS, SIZE_MAX / 2, 3, &floats));
    assert_false(smi_affine_floats(SMI_BY_CLASS, 2, SIZE_MAX / 2, &floats));
    assert_int_equal(floats, 7);
}

static void packing_folds_the_scaling_in(void **state)
{
    (void)state;
    float parameters[MOST];
    guarded memory = guarded_make(MOST * sizeof(float));
    fill(parameters, MOST, 1);
    for (size_t s = 0; s < COUNT(shapes); s++) {
        const size_t features = shapes[s].features;
        const size_t classes = shapes[s].classes;
        size_t floats = 0;
        assert_true(smi_affine_floats(SMI_BY_CLASS, features, classes, &floats));
        for (size_t k = 0; k < COUNT(scalings); k++) {
            const smi_scaling scaling = scalings[k];
            float *const block = guarded_last(&memory, floats * sizeof *block);
            memset(block, 0, floats * sizeof *block);
            const smi_affine map = smi_affine_over(SMI_BY_CLASS, block, features, classes);
            smi_pack(parameters, &scaling, NULL, &map);
            for (size_t c = 0; c < classes; c++) {
                double sum = 0.0;
                double magnitude = 0.0;
                for (size_t f = 0; f < features; f++) {
                    const float parameter = parameters[f * classes + c];
                    assert_true(map.weights[c * map.stride + f] == parameter * scaling.scale);
                    sum += (double)parameter;
                    magnitude += fabs((double)parameter);
                }
                for (size_t f = features; f < map.stride; f++) {
                    assert_true(map.weights[c * map.stride + f] == 0.0F);
                }
                const double bias = (double)parameters[features * classes + c];
                const double factor = (double)scaling.shift * (double)scaling.scale;
                const double exact = bias - factor * sum;
                const double bound = 0x1p-24 * fabs(exact) + 0x1p-45 * fabs(factor) * magnitude;
                assert_true(near((double)map.bias[c], exact, bound));
            }
            assert_true(guarded_intact(&memory, floats * sizeof *block));
        }
    }
    guarded_free(&memory);
}

static void a_packed_map_gives_the_logits_of_scaled_features(void **state)
{
    (void)state;
    enum { FEATURES = 20, CLASSES = 4 };
    static const smi_scaling scaling = {100.0F, 0.25F};
    float parameters[FEATURES * CLASSES + CLASSES];
    float memory[MOST] = {0};
    uint8_t x[FEATURES];
    float logits[CLASSES];
    const void *const row = x;
    fill(parameters, COUNT(parameters), 2);
    for (size_t f = 0; f < FEATURES; f++) {
        x[f] = (uint8_t)(13 * f);
    }
    const smi_affine map = smi_affine_over(SMI_BY_CLASS, memory, FEATURES, CLASSES);
    smi_pack(parameters, &scaling, NULL, &map);
    smi_kernels_reference.logits[SM_U8](&map, &row, 1, logits);
    for (size_t c = 0; c < CLASSES; c++) {
        double exact = (double)parameters[FEATURES * CLASSES + c];
        double magnitude = 0.0; /* of what is added up: x · scale · w, and shift · scale · w */
        for (size_t f = 0; f < FEATURES; f++) {
            const double weight = (double)parameters[f * CLASSES + c];
            exact += ((double)x[f] - (double)scaling.shift) * (double)scaling.scale * weight;
            magnitude += ((double)x[f] + (double)scaling.shift) * fabs(0.25 * weight);
        }
        assert_true(near((double)logits[c], exact, 3.0 * 0x1p-24 * magnitude));
    }
}

static void unpacking_undoes_the_layout_and_follows_the_scaling(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0 / 60000.0};
    static float noise[MOST];
    double sums[MOST];
    fill(noise, MOST, 3);
    for (size_t i = 0; i < MOST; i++) {
        sums[i] = 1000.0 * (double)noise[i] + 1e-9 * (double)noise[MOST - 1 - i];
    }
    guarded memory = guarded_make(MOST * sizeof(float));
    for (size_t s = 0; s < COUNT(shapes); s++) {
        const size_t features = shapes[s].features;
        const size_t classes = shapes[s].classes;
        const smi_affine map = smi_affine_over(SMI_BY_CLASS, noise, features, classes);
        const size_t stride = map.stride;
        const double *const bias = sums + classes * stride;
        for (size_t k = 0; k < COUNT(scalings) * COUNT(factors); k++) {
            const smi_scaling scaling = scalings[k / COUNT(factors)];
            const double factor = factors[k % COUNT(factors)];
            const double scale = (double)scaling.scale;
            const double shift = (double)scaling.shift;
            const size_t bytes = (features + 1) * classes * sizeof(float);
            float *const gradient = guarded_last(&memory, bytes);
            smi_unpack_gradient(&map, sums, &scaling, factor, gradient);
            for (size_t c = 0; c < classes; c++) {
                for (size_t f = 0; f < features; f++) {
                    const double sum = sums[c * stride + f];
                    const double exact = (sum - shift * bias[c]) * scale * factor;
                    const double magnitude =
                        (fabs(sum) + fabs(shift * bias[c])) * fabs(scale) * factor;
                    assert_true(near((double)gradient[f * classes + c], exact,
                                     0x1p-24 * fabs(exact) + 0x1p-50 * magnitude));
                }
                const double exact = bias[c] * factor;
                assert_true(near((double)gradient[features * classes + c], exact,
                                 1.001 * 0x1p-24 * fabs(exact)));
            }
            assert_true(guarded_intact(&memory, bytes));
        }
    }
    guarded_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_is_classes_of_padded_weights_and_then_the_bias),
        cmocka_unit_test(maps_beyond_the_address_space_are_refused),
        cmocka_unit_test(packing_folds_the_scaling_in),
        cmocka_unit_test(a_packed_map_gives_the_logits_of_scaled_features),
        cmocka_unit_test(unpacking_undoes_the_layout_and_follows_the_scaling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
