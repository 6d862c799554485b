/* The logits kernels of every table against sums in double precision. */
#include <stdlib.h>

#include "kernel/block.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"

/* What all tables are held against, for one shape. */
typedef struct exact_values {
    double *logits;
    double *magnitudes; /* Σ |x · w| */
} exact_values;

typedef struct comparison {
    test_block block;
    exact_values truth;
    table_score scores[SCORE_TABLES];
} comparison;

static comparison start(void)
{
    const size_t most = (size_t)SMI_BLOCK_ROWS * 1000;
    comparison made = {.block = block_make(),
                       .truth = {calloc(most, sizeof(double)), calloc(most, sizeof(double))}};
    assert_non_null(made.truth.logits);
    assert_non_null(made.truth.magnitudes);
    return made;
}

static void finish(comparison *const all)
{
    block_free(&all->block);
    free(all->truth.logits);
    free(all->truth.magnitudes);
}

static void compute_truth(const test_block *const block, const exact_values *const truth)
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
            truth->logits[r * shape.classes + c] = sum;
            truth->magnitudes[r * shape.classes + c] = magnitude;
        }
    }
}

static void compare(const comparison *const all, table_score *const score)
{
    const test_block *const block = &all->block;
    const block_shape shape = block->shape;
    for (size_t i = 0; i < shape.rows * shape.classes; i++) {
        const double exact = all->truth.logits[i];
        const double bound =
            logit_bound(arithmetic_of(score->isa), shape.features, all->truth.magnitudes[i], exact);
        score_value(score, (double)block->logits[i], exact, bound, shape.features >= 784);
    }
}

static void check_shape(const block_shape shape, void *const context)
{
    comparison *const all = context;
    test_block *const block = &all->block;
    for (int element = SM_U8; element <= SM_F32; element++) {
        block_fill(block, shape, (sm_element)element);
        compute_truth(block, &all->truth);
        const smi_kernels *kernels = NULL;
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            for (size_t l = 0; l < shape.rows * shape.classes; l++) {
                block->logits[l] = NAN;
            }
            kernels->logits[element](&block->map, block->x, shape.rows, block->logits);
            all->scores[i].isa = kernels->isa;
            compare(all, &all->scores[i]);
            assert_true(block_intact(block));
        }
    }
}

static void logits_of_every_table_are_within_the_bound(void **state)
{
    (void)state;
    comparison all = start();
    for_each_block_shape(check_shape, &all);
    finish(&all);
    score_conclude(all.scores, 0.5, 0.001);
}

/* Adds the products of one row and class as a table with these lanes does, and returns the sum of
 * |partial sums| and |products|: each is rounded, if at all, by a share of float_unit of itself. */
static double run_sums(const test_block *const block, const size_t row, const size_t class,
                       const size_t lanes)
{
    double sums[16] = {0.0};
    double running = 0.0;
    for (size_t f = 0; f < block->shape.features; f++) {
        const double product = block_x(block, row, f) * block_weight(block, class, f);
        sums[f % lanes] += product;
        running += fabs(product) + fabs(sums[f % lanes]);
    }
    for (size_t width = lanes / 2; width > 0; width /= 2) {
        for (size_t lane = 0; lane < width; lane++) {
            sums[lane] += sums[lane + width];
            running += fabs(sums[lane]);
        }
    }
    return running;
}

static void long_sums_are_within_the_bound_that_follows_them(void **state)
{
    (void)state;
    enum { ROWS = 63, CLASSES = 10 };
    comparison all = start();
    test_block *const block = &all.block;
    for (int element = SM_U8; element <= SM_F32; element++) {
        block_fill(block, (block_shape){ROWS, 784, CLASSES}, (sm_element)element);
        compute_truth(block, &all.truth);
        const smi_kernels *kernels = NULL;
        for (size_t i = 1; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            all.scores[i].isa = kernels->isa;
            kernels->logits[element](&block->map, block->x, ROWS, block->logits);
            for (size_t l = 0; l < (size_t)ROWS * CLASSES; l++) {
                const double running =
                    run_sums(block, l / CLASSES, l % CLASSES, arithmetic_of(kernels->isa).lanes);
                const double exact = all.truth.logits[l];
                score_value(&all.scores[i], (double)block->logits[l], exact,
                            running_logit_bound(784, running, all.truth.magnitudes[l], exact),
                            true);
            }
        }
    }
    finish(&all);
    score_conclude(all.scores, 0.02, 0.02);
}

static void bytes_give_the_same_bits_as_floats_of_their_value(void **state)
{
    (void)state;
    enum { FEATURES = 33, CLASSES = 7, ROWS = 5 };
    test_block block = block_make();
    float x[ROWS][FEATURES];
    float of_bytes[ROWS * CLASSES];
    const void *rows[ROWS];
    block_fill(&block, (block_shape){ROWS, FEATURES, CLASSES}, SM_U8);
    for (size_t r = 0; r < ROWS; r++) {
        rows[r] = x[r];
        for (size_t f = 0; f < FEATURES; f++) {
            x[r][f] = (float)block_x(&block, r, f);
        }
    }
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        kernels->logits[SM_U8](&block.map, block.x, ROWS, of_bytes);
        kernels->logits[SM_F32](&block.map, rows, ROWS, block.logits);
        assert_memory_equal(block.logits, of_bytes, sizeof of_bytes);
    }
    block_free(&block);
}

/* A row's logits must not depend on the rows it shares a block with: the last batch of an epoch
 * would not be the same otherwise, and neither would predictions one by one. */
static void a_row_alone_gives_the_same_bits_as_in_a_block(void **state)
{
    (void)state;
    enum { FEATURES = 65, CLASSES = 11, ROWS = 63 };
    test_block block = block_make();
    block_fill(&block, (block_shape){ROWS, FEATURES, CLASSES}, SM_F32);
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        kernels->logits[SM_F32](&block.map, block.x, ROWS, block.logits);
        for (size_t r = 0; r < ROWS; r++) {
            float alone[CLASSES];
            kernels->logits[SM_F32](&block.map, block.x + r, 1, alone);
            assert_memory_equal(alone, block.logits + r * CLASSES, sizeof alone);
        }
    }
    block_free(&block);
}

static void features_that_are_not_finite_reach_the_logits(void **state)
{
    (void)state;
    static const float bad[] = {NAN, INFINITY, -INFINITY};
    enum { FEATURES = 33, CLASSES = 5, ROWS = 3 };
    test_block block = block_make();
    block_fill(&block, (block_shape){ROWS, FEATURES, CLASSES}, SM_F32);
    float spoilt[FEATURES];
    const void *rows[ROWS] = {block.x[0], spoilt, block.x[2]};
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t place = 0; place < FEATURES; place++) {
            for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
                for (size_t f = 0; f < FEATURES; f++) {
                    spoilt[f] = f == place ? bad[b] : 0.5F;
                }
                kernels->logits[SM_F32](&block.map, rows, ROWS, block.logits);
                for (size_t c = 0; c < CLASSES; c++) {
                    assert_true(isfinite(block.logits[c]));
                    assert_true(!isfinite(block.logits[CLASSES + c]));
                    assert_true(isfinite(block.logits[2 * CLASSES + c]));
                }
            }
        }
    }
    block_free(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logits_of_every_table_are_within_the_bound),
        cmocka_unit_test(long_sums_are_within_the_bound_that_follows_them),
        cmocka_unit_test(bytes_give_the_same_bits_as_floats_of_their_value),
        cmocka_unit_test(a_row_alone_gives_the_same_bits_as_in_a_block),
        cmocka_unit_test(features_that_are_not_finite_reach_the_logits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
