/* The kernels for rows of bytes with marks, of every table, against sums in double precision. */
#include <stdlib.h>
#include <string.h>

#include "kernel/block.h"
#include "kernel/pack.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"

enum { MOST_WORDS = 16, MOST_FLOATS = 200000 };

typedef struct comparison {
    test_block block;
    uint64_t words[SMI_BLOCK_ROWS][MOST_WORDS];
    const uint64_t *marks[SMI_BLOCK_ROWS];
    float *before; /* the map's memory at first */
    table_score logits[SCORE_TABLES];
    table_score gradients[SCORE_TABLES];
} comparison;

/* Runs of zeros, such as pictures have: some rows are blank, some begin or end so. */
static void blank_out(test_block *const block)
{
    for (size_t r = 0; r < block->shape.rows; r++) {
        uint8_t *const x = (uint8_t *)(uintptr_t)block->x[r];
        const size_t features = block->shape.features;
        for (size_t f = 0; f < features; f++) {
            const bool run = (f / 13 + r) % 3 != 0;
            if (r % 8 == 5 || run) {
                x[f] = 0;
            }
        }
    }
}

/* A mark stands where a group has anything but zeros, and nowhere else. */
static void check_marks(const comparison *const all, const smi_kernels *const kernels,
                        const size_t row, const size_t marked)
{
    const size_t features = all->block.shape.features;
    size_t found = 0;
    for (size_t first = 0; first < features; first += kernels->mark_features) {
        const size_t group = first / kernels->mark_features;
        bool any = false;
        for (size_t f = first; f < features && f < first + kernels->mark_features; f++) {
            any = any || block_x(&all->block, row, f) != 0.0;
        }
        assert_int_equal(all->words[row][group / 64] >> group % 64 & 1, any);
        found += any;
    }
    assert_int_equal(marked, found);
}

static void mark(comparison *const all, const smi_kernels *const kernels)
{
    for (size_t r = 0; r < all->block.shape.rows; r++) {
        memset(all->words[r], 0xff, sizeof all->words[r]);
        const size_t marked =
            kernels->mark(all->block.x[r], all->block.shape.features, all->words[r]);
        check_marks(all, kernels, r, marked);
        all->marks[r] = all->words[r];
    }
}

static void compare_logits(const test_block *const block, table_score *const score)
{
    const block_shape shape = block->shape;
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t c = 0; c < shape.classes; c++) {
            double sum = (double)block->map.bias[c];
            double magnitude = 0.0;
            for (size_t f = 0; f < shape.features; f++) {
                const double product = block_x(block, r, f) * block_weight(block, c, f);
                sum += product;
                magnitude += fabs(product);
            }
            score_value(score, (double)block->logits[r * shape.classes + c], sum,
                        logit_bound(arithmetic_of(score->isa), shape.features, magnitude, sum),
                        shape.features >= 784);
        }
    }
}

static void compare_gradient(const comparison *const all, table_score *const score)
{
    const test_block *const block = &all->block;
    const block_shape shape = block->shape;
    const smi_affine before =
        smi_affine_over(SMI_BY_CLASS, all->before, shape.features, shape.classes);
    for (size_t c = 0; c < shape.classes; c++) {
        for (size_t f = 0; f < block->map.stride; f++) {
            const size_t place = c * block->map.stride + f;
            const double old = (double)before.weights[place];
            double sum = 0.0;
            double magnitude = 0.0;
            for (size_t r = 0; r < shape.rows && f < shape.features; r++) {
                const double product =
                    (double)block->logits[r * shape.classes + c] * block_x(block, r, f);
                sum += product;
                magnitude += fabs(product);
            }
            score_value(
                score, (double)block->map.weights[place], old + sum,
                gradient_bound(arithmetic_of(score->isa), shape.rows, magnitude, old, old + sum),
                shape.rows >= 63);
        }
    }
}

static void check_shape(const block_shape shape, void *const context)
{
    comparison *const all = context;
    test_block *const block = &all->block;
    size_t floats = 0;
    assert_true(smi_affine_floats(SMI_BY_CLASS, shape.features, shape.classes, &floats));
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        block_fill(block, shape, SM_U8);
        blank_out(block);
        mark(all, kernels);
        memcpy(all->before, block->map.weights, floats * sizeof *all->before);
        kernels->marked_gradient(&block->map, block->x, all->marks, shape.rows, block->logits);
        all->gradients[i].isa = kernels->isa;
        compare_gradient(all, &all->gradients[i]);
        memcpy(block->map.weights, all->before, floats * sizeof *all->before);
        kernels->marked_logits(&block->map, block->x, all->marks, shape.rows, block->logits);
        all->logits[i].isa = kernels->isa;
        compare_logits(block, &all->logits[i]);
        assert_true(block_intact(block));
    }
}

static void marked_rows_of_every_table_are_within_the_bounds(void **state)
{
    (void)state;
    comparison *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->block = block_make();
    all->before = calloc(MOST_FLOATS, sizeof *all->before);
    assert_non_null(all->before);
    for_each_block_shape(check_shape, all);
    score_conclude(all->logits, 0.4, 0.004);
    score_conclude(all->gradients, 0.4, 0.02);
    block_free(&all->block);
    free(all->before);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marked_rows_of_every_table_are_within_the_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
