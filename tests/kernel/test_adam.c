/* A step of Adam of every table, beside the formula for one coordinate after another, whose bits
 * all of them have. */
#include <string.h>

#include "base/random.h"
#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST = 131, GRADIENTS = 0, MEANS, SQUARES, BEFORE, PARAMETERS, ARRAYS };

static const smi_adam step = {.mean = 0.1F,
                              .square = 0.001F,
                              .mean_correction = 1.5F,
                              .square_correction = 20.0F,
                              .rate = 0.01F,
                              .epsilon = 1e-7F,
                              .kept = 0.99F};

/* The last `count` floats before memory that must not be touched. Squares are not negative; the
 * first gradient is 0, with means of 0. */
static float *fill(const guarded *const memory, const size_t count, const int array)
{
    float *const values = guarded_last(memory, count * sizeof *values);
    smi_random random = smi_random_start(count, (uint64_t)array);
    for (size_t i = 0; i < count; i++) {
        const float value = i == 0 ? 0.0F : (float)smi_random_normal(&random);
        values[i] = array == SQUARES ? value * value : value;
    }
    return values;
}

static void expect(const size_t count, float *const values[ARRAYS], float expected[ARRAYS][MOST])
{
    for (size_t i = 0; i < count; i++) {
        const float gradient = values[GRADIENTS][i];
        float mean = values[MEANS][i];
        float square = values[SQUARES][i];
        mean = mean + step.mean * (gradient - mean);
        square = square + step.square * (gradient * gradient - square);
        const float scale = step.rate / (sqrtf(step.square_correction * square) + step.epsilon);
        expected[GRADIENTS][i] = gradient;
        expected[MEANS][i] = mean;
        expected[SQUARES][i] = square;
        expected[BEFORE][i] = values[BEFORE][i];
        expected[PARAMETERS][i] =
            values[BEFORE][i] * step.kept - scale * step.mean_correction * mean;
    }
}

static void check(const smi_kernels *const kernels, const guarded memory[ARRAYS],
                  const size_t count)
{
    float *values[ARRAYS];
    float expected[ARRAYS][MOST];
    for (int a = 0; a < ARRAYS; a++) {
        values[a] = fill(&memory[a], count, a);
    }
    expect(count, values, expected);
    kernels->adam(&step, count, values[GRADIENTS], values[MEANS], values[SQUARES], values[BEFORE],
                  values[PARAMETERS]);
    for (int a = 0; a < ARRAYS; a++) {
        assert_memory_equal(values[a], expected[a], count * sizeof(float));
        assert_true(guarded_intact(&memory[a], count * sizeof(float)));
    }
}

static void every_table_moves_by_the_same_bits(void **state)
{
    (void)state;
    guarded memory[ARRAYS];
    for (int a = 0; a < ARRAYS; a++) {
        memory[a] = guarded_make(MOST * sizeof(float));
    }
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t count = 0; count <= MOST; count++) {
            check(kernels, memory, count);
        }
    }
    for (int a = 0; a < ARRAYS; a++) {
        guarded_free(&memory[a]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_table_moves_by_the_same_bits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
