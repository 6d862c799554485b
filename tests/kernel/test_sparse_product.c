/* Products with lists, of every table, against sums in double precision, with unreadable memory
 * where the matrices end. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/kernel.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"
#include "support/slow.h"

enum { MOST_ROWS = 71, MOST_OTHERS = 130, MOST_COLUMNS = 150, GAP = 16 };

/* a: lists of `rows` rows, whose columns are below `others`. */
typedef struct shape {
    size_t rows;
    size_t others;
    size_t columns;
} shape;

typedef struct comparison {
    float a[MOST_ROWS + 1][MOST_OTHERS]; /* in full */
    smi_row_pair pairs[MOST_ROWS / 2 + 1];
    uint32_t columns[MOST_ROWS / 2 + 1][MOST_OTHERS];
    float values[MOST_ROWS / 2 + 1][2 * MOST_OTHERS];
    guarded b_memory;
    guarded c_memory;
    float *before;
    table_score multiplied[SCORE_TABLES];
    table_score spread[SCORE_TABLES];
} comparison;

static comparison *start(void)
{
    comparison *const made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->before = calloc((size_t)MOST_OTHERS * (MOST_COLUMNS + 2 * GAP), sizeof *made->before);
    assert_non_null(made->before);
    made->b_memory = guarded_make((size_t)MOST_OTHERS * (MOST_COLUMNS + 2 * GAP) * sizeof(float));
    made->c_memory = guarded_make((size_t)MOST_OTHERS * (MOST_COLUMNS + 2 * GAP) * sizeof(float));
    return made;
}

static void finish(comparison *const all)
{
    guarded_free(&all->b_memory);
    guarded_free(&all->c_memory);
    free(all->before);
    free(all);
}

/* A third of the entries; of four rows in sixteen, none. What would be behind an odd last row is
 * not a number. */
static void make_lists(comparison *const all, const shape of, smi_random *const random)
{
    for (size_t r = 0; r < of.rows + of.rows % 2; r++) {
        for (size_t k = 0; k < of.others; k++) {
            const bool there = r % 8 < 6 && smi_random_below(random, 3) == 0;
            all->a[r][k] = r == of.rows ? NAN : there ? (float)smi_random_normal(random) : 0.0F;
        }
    }
    for (size_t p = 0; 2 * p < of.rows; p++) {
        size_t count = 0;
        for (size_t k = 0; k < of.others; k++) {
            const float first = all->a[2 * p][k];
            const float second = all->a[2 * p + 1][k];
            all->columns[p][count] = (uint32_t)k;
            all->values[p][2 * count] = first;
            all->values[p][2 * count + 1] = second;
            count += first != 0.0F || second != 0.0F;
        }
        all->pairs[p] =
            (smi_row_pair){.values = all->values[p], .columns = all->columns[p], .count = count};
    }
}

/* rows × stride numbers, of which the last row has but `columns`, right before what is not
 * readable.
 */
static float *make_matrix(const guarded *const memory, const size_t rows, const size_t stride,
                          const size_t columns, smi_random *const random)
{
    const size_t floats = (rows - 1) * stride + columns;
    float *const made = guarded_last(memory, floats * sizeof *made);
    for (size_t i = 0; i < floats; i++) {
        made[i] = (float)smi_random_normal(random);
    }
    return made;
}

static size_t padded(const size_t columns)
{
    return (columns + SMI_STRIDE_STEP - 1) / SMI_STRIDE_STEP * SMI_STRIDE_STEP;
}

/* c[row][j]: the sum over `depth` products with a, along a row of it or, turned round, a column. */
static void compare(const comparison *const all, const smi_sparse_product *const product,
                    const bool turned, const size_t row, const size_t depth,
                    table_score *const score)
{
    for (size_t j = 0; j < product->columns; j++) {
        const size_t at = row * product->c_stride + j;
        const double before = product->add ? (double)all->before[at] : 0.0;
        double sum = before;
        double magnitude = fabs(before);
        size_t terms = 0;
        for (size_t k = 0; k < depth; k++) {
            const double a = (double)(turned ? all->a[k][row] : all->a[row][k]);
            const double term = a * (double)product->b[k * product->b_stride + j];
            sum += term;
            magnitude += fabs(term);
            terms += a != 0.0;
        }
        /* Any order of summation, and products that may be rounded before it; where it adds to many
         * rows in turn, the reference rounds each time, too. */
        const arithmetic how = {1, arithmetic_of(score->isa).in_double && !turned};
        score_value(score, (double)product->c[at], sum,
                    gradient_bound(how, terms + 2, magnitude, before, sum), terms > 20);
    }
}

/* What lies between the rows of c is as it was. */
static void check_gaps(const comparison *const all, const smi_sparse_product *const product,
                       const size_t rows, const size_t touched)
{
    for (size_t r = 0; r + 1 < rows; r++) {
        const size_t at = r * product->c_stride + touched;
        const size_t gap = product->c_stride - touched;
        assert_memory_equal(product->c + at, all->before + at, gap * sizeof(float));
    }
}

static void check_multiplying(comparison *const all, const shape of, const bool add,
                              const smi_kernels *const kernels, table_score *const score)
{
    smi_random random = smi_random_start(of.rows + 7 * of.others, of.columns);
    make_lists(all, of, &random);
    const size_t b_stride = padded(of.columns);
    const size_t c_stride = of.columns + GAP;
    const smi_sparse_product product = {
        .a = all->pairs,
        .rows = of.rows,
        .columns = of.columns,
        .b = make_matrix(&all->b_memory, of.others, b_stride, b_stride, &random),
        .b_stride = b_stride,
        .c = make_matrix(&all->c_memory, of.rows, c_stride, of.columns, &random),
        .c_stride = c_stride,
        .add = add};
    const size_t floats = (of.rows - 1) * c_stride + of.columns;
    memcpy(all->before, product.c, floats * sizeof *all->before);
    kernels->sparse_multiply(&product);
    for (size_t r = 0; r < of.rows; r++) {
        compare(all, &product, false, r, of.others, score);
    }
    check_gaps(all, &product, of.rows, of.columns);
    assert_true(
        guarded_intact(&all->b_memory, ((of.others - 1) * b_stride + b_stride) * sizeof(float)));
    assert_true(guarded_intact(&all->c_memory, floats * sizeof(float)));
}

static void check_spreading(comparison *const all, const shape of, const smi_kernels *const kernels,
                            table_score *const score)
{
    smi_random random = smi_random_start(of.rows + 7 * of.others, of.columns);
    make_lists(all, of, &random);
    const size_t b_stride = of.columns + GAP;
    const size_t c_stride = padded(of.columns) + GAP;
    const smi_sparse_product product = {
        .a = all->pairs,
        .rows = of.rows,
        .columns = of.columns,
        .b = make_matrix(&all->b_memory, of.rows, b_stride, of.columns, &random),
        .b_stride = b_stride,
        .c = make_matrix(&all->c_memory, of.others, c_stride, padded(of.columns), &random),
        .c_stride = c_stride,
        .add = true};
    const size_t floats = (of.others - 1) * c_stride + padded(of.columns);
    memcpy(all->before, product.c, floats * sizeof *all->before);
    kernels->sparse_spread(&product);
    for (size_t k = 0; k < of.others; k++) {
        compare(all, &product, true, k, of.rows, score);
    }
    check_gaps(all, &product, of.others, padded(of.columns));
    assert_true(
        guarded_intact(&all->b_memory, ((of.rows - 1) * b_stride + of.columns) * sizeof(float)));
    assert_true(guarded_intact(&all->c_memory, floats * sizeof(float)));
}

static void products_with_lists_are_within_the_bounds(void **state)
{
    (void)state;
    comparison *const all = start();
    static const size_t rows[] = {1, 2, 70, MOST_ROWS};
    static const size_t others[] = {1, 3, 64, MOST_OTHERS};
    static const size_t columns[] = {1,  2,  3,  4,  5,  7,  8,  9,  15,  16,  17,          31,
                                     32, 33, 47, 48, 52, 63, 64, 65, 100, 128, MOST_COLUMNS};
    enum { APART = RUNS_SLOWLY ? 5 : 1 }; /* each of these numbers still meets many of the others */
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        all->multiplied[i].isa = kernels->isa;
        all->spread[i].isa = kernels->isa;
        for (size_t s = 0; s < 16 * (sizeof columns / sizeof *columns); s += APART) {
            const shape of = {rows[s % 4], others[s / 4 % 4], columns[s / 16]};
            check_multiplying(all, of, false, kernels, &all->multiplied[i]);
            check_multiplying(all, of, true, kernels, &all->multiplied[i]);
            check_spreading(all, of, kernels, &all->spread[i]);
        }
    }
    score_conclude(all->multiplied, 0.25, 0.001);
    score_conclude(all->spread, 0.1, 0.001);
    finish(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_with_lists_are_within_the_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
