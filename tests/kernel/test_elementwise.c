/* Biases, sums of columns and products number by number, of every table, beside plain loops over
 * floats, whose bits the vectors must have: each number meets the same operations in the same
 * order. */
#include <string.h>

#include "base/random.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST_ROWS = 70, MOST_UNITS = 200, GAP = 5 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const size_t all_rows[] = {0, 1, 2, 7, MOST_ROWS};
static const size_t larger_units[] = {95, 96, 97, 127, 128, 129, MOST_UNITS};

typedef struct arrays {
    guarded read_memory;
    guarded written_memory;
    float *read;
    float *written;
    float expected[MOST_ROWS * (MOST_UNITS + GAP)];
} arrays;

static void fill(const guarded *const memory, const size_t count, const uint64_t stream,
                 float **const values)
{
    smi_random random = smi_random_start(count, stream);
    *values = guarded_last(memory, count * sizeof **values);
    for (size_t i = 0; i < count; i++) {
        (*values)[i] = (float)smi_random_normal(&random);
    }
}

/* Fills both arrays, and the expectation with what is written to as it is before. */
static void begin(arrays *const all, const size_t read, const size_t written)
{
    fill(&all->read_memory, read, 1, &all->read);
    fill(&all->written_memory, written, 2, &all->written);
    memcpy(all->expected, all->written, written * sizeof(float));
}

static void check_written(const arrays *const all, const size_t written)
{
    assert_memory_equal(all->written, all->expected, written * sizeof(float));
    assert_true(guarded_intact(&all->written_memory, written * sizeof(float)));
}

static void check_bias(const smi_kernels *const kernels, arrays *const all, const size_t rows,
                       const size_t units, const size_t stride)
{
    const size_t written = rows == 0 ? 0 : (rows - 1) * stride + units;
    begin(all, units, written);
    for (size_t r = 0; r < rows; r++) {
        for (size_t u = 0; u < units; u++) {
            all->expected[r * stride + u] += all->read[u];
        }
    }
    kernels->add_bias(all->read, units, rows, all->written, stride);
    check_written(all, written);
}

static void check_multiply(const smi_kernels *const kernels, arrays *const all, const size_t count)
{
    begin(all, count, count);
    for (size_t i = 0; i < count; i++) {
        all->expected[i] *= all->read[i];
    }
    kernels->multiply(all->read, count, all->written);
    check_written(all, count);
}

/* The reference adds in double, and rounds once in each of two calls. */
static void check_reference_sums(const arrays *const all, const size_t rows, const size_t units,
                                 const float *const before)
{
    for (size_t u = 0; u < units; u++) {
        double sum = (double)before[u];
        double magnitude = fabs(sum);
        for (size_t r = 0; r < rows; r++) {
            sum += (double)all->read[r * units + u];
            magnitude += fabs((double)all->read[r * units + u]);
        }
        assert_true(fabs((double)all->written[u] - sum) <=
                    second_order * float_unit * (magnitude + fabs(sum)));
    }
}

/* In two calls, wherever the rows are cut. */
static void check_sums(const smi_kernels *const kernels, arrays *const all, const size_t rows,
                       const size_t units)
{
    for (size_t cut = 0; cut <= rows; cut += 3) {
        float before[MOST_UNITS];
        begin(all, rows * units, units);
        memcpy(before, all->written, units * sizeof *before);
        for (size_t i = 0; i < rows * units; i++) {
            all->expected[i % units] += all->read[i];
        }
        kernels->column_sums(all->read, cut, units, all->written);
        kernels->column_sums(all->read + cut * units, rows - cut, units, all->written);
        if (arithmetic_of(kernels->isa).in_double) {
            check_reference_sums(all, rows, units, before);
        } else {
            check_written(all, units);
        }
    }
}

static void check_units(const smi_kernels *const kernels, arrays *const all, const size_t units)
{
    check_multiply(kernels, all, units);
    for (size_t r = 0; r < COUNT(all_rows); r++) {
        check_bias(kernels, all, all_rows[r], units, units);
        check_bias(kernels, all, all_rows[r], units, units + GAP);
        check_sums(kernels, all, all_rows[r], units);
    }
}

static void every_table_does_what_plain_loops_do(void **state)
{
    (void)state;
    static arrays all;
    const size_t bytes = sizeof all.expected;
    all.read_memory = guarded_make(bytes);
    all.written_memory = guarded_make(bytes);
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t units = 0; units <= 67; units++) {
            check_units(kernels, &all, units);
        }
        for (size_t l = 0; l < COUNT(larger_units); l++) {
            check_units(kernels, &all, larger_units[l]);
        }
    }
    guarded_free(&all.read_memory);
    guarded_free(&all.written_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_does_what_plain_loops_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
