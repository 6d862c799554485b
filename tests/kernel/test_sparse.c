/* The kernels for lists of entries, of every table, against sums in double precision. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/block.h"
#include "kernel/pack.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"

enum { MOST_FEATURES = 1000 };

/* A block of lists, over the rows of a block of full ones of which most entries are now 0. */
typedef struct sparse_block {
    test_block full;
    smi_sparse_row rows[SMI_BLOCK_ROWS];
    uint32_t *columns[SMI_BLOCK_ROWS];
    float *values[SMI_BLOCK_ROWS];
    guarded map_memory;
    smi_affine map; /* by feature */
    float *before;  /* its memory at first */
    size_t floats;
} sparse_block;

static sparse_block make(void)
{
    sparse_block made = {.full = block_make()};
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        made.columns[r] = calloc(MOST_FEATURES, sizeof *made.columns[r]);
        made.values[r] = calloc(MOST_FEATURES, sizeof *made.values[r]);
        assert_true(made.columns[r] != NULL && made.values[r] != NULL);
    }
    made.before = calloc(200000, sizeof *made.before);
    assert_non_null(made.before);
    made.map_memory = guarded_make(200000 * sizeof(float));
    return made;
}

static void destroy(sparse_block *const block)
{
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        free(block->columns[r]);
        free(block->values[r]);
    }
    free(block->before);
    guarded_free(&block->map_memory);
    block_free(&block->full);
}

/* Keeps one entry in three, one row in eight being empty, and lists what is left. */
static void thin_out(sparse_block *const block, smi_random *const random)
{
    const block_shape shape = block->full.shape;
    for (size_t r = 0; r < shape.rows; r++) {
        float *const x = (float *)(uintptr_t)block->full.x[r];
        for (size_t f = 0; f < shape.features; f++) {
            x[f] = r % 8 == 7 || smi_random_below(random, 3) > 0 ? 0.0F : x[f];
        }
        block->rows[r].count = smi_kernels_reference.list[SM_F32](
            x, shape.features, block->columns[r], block->values[r]);
        block->rows[r].columns = block->columns[r];
        block->rows[r].values = block->values[r];
    }
}

static void fill(sparse_block *const block, const block_shape shape)
{
    smi_random random = smi_random_start(shape.rows + 7 * shape.features, shape.classes);
    block_fill(&block->full, shape, SM_F32);
    thin_out(block, &random);
    assert_true(smi_affine_floats(SMI_BY_FEATURE, shape.features, shape.classes, &block->floats));
    float *const memory = guarded_last(&block->map_memory, block->floats * sizeof *memory);
    memset(memory, 0, block->floats * sizeof *memory);
    block->map = smi_affine_over(SMI_BY_FEATURE, memory, shape.features, shape.classes);
    for (size_t c = 0; c < shape.classes; c++) {
        for (size_t f = 0; f < shape.features; f++) {
            block->map.weights[f * block->map.stride + c] = (float)block_weight(&block->full, c, f);
        }
        block->map.bias[c] = block->full.map.bias[c];
    }
    memcpy(block->before, memory, block->floats * sizeof *memory);
}

/* ---- lists ---- */

static void check_lists(const block_shape shape, void *const context)
{
    sparse_block *const block = context;
    uint32_t columns[MOST_FEATURES];
    float values[MOST_FEATURES];
    for (int element = SM_U8; element <= SM_F32; element++) {
        block_fill(&block->full, shape, (sm_element)element);
        for (size_t r = 0; r < shape.rows; r++) {
            unsigned char *const x = (unsigned char *)(uintptr_t)block->full.x[r];
            const size_t size = element == SM_U8 ? 1 : sizeof(float);
            for (size_t f = 0; f < shape.features; f++) {
                if ((f * f + r) % 5 < 3) {
                    memset(x + f * size, 0, size);
                }
            }
            const size_t count = smi_kernels_reference.list[element](
                x, shape.features, block->columns[0], block->values[0]);
            const smi_kernels *kernels = NULL;
            for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
                assert_int_equal(kernels->list[element](x, shape.features, columns, values), count);
                assert_memory_equal(columns, block->columns[0], count * sizeof *columns);
                assert_memory_equal(values, block->values[0], count * sizeof *values);
            }
        }
    }
}

static void every_table_lists_what_is_not_zero(void **state)
{
    (void)state;
    sparse_block block = make();
    for_each_block_shape(check_lists, &block);
    destroy(&block);
}

/* ---- logits and gradient ---- */

typedef struct comparison {
    sparse_block block;
    table_score logits[SCORE_TABLES];
    table_score gradients[SCORE_TABLES];
} comparison;

static void compare_logits(const sparse_block *const block, table_score *const score)
{
    const block_shape shape = block->full.shape;
    for (size_t r = 0; r < shape.rows; r++) {
        const smi_sparse_row *const x = &block->rows[r];
        for (size_t c = 0; c < shape.classes; c++) {
            double sum = (double)block->map.bias[c];
            double magnitude = fabs(sum);
            for (size_t i = 0; i < x->count; i++) {
                const double product =
                    (double)x->values[i] * block_weight(&block->full, c, (size_t)x->columns[i]);
                sum += product;
                magnitude += fabs(product);
            }
            /* Any order of summation, and products that may be rounded before it. */
            const arithmetic how = {1, arithmetic_of(score->isa).in_double};
            score_value(score, (double)block->full.logits[r * shape.classes + c], sum,
                        logit_bound(how, x->count + 2, magnitude, sum), x->count > 200);
        }
    }
}

static void compare_gradient(const sparse_block *const block, table_score *const score)
{
    const block_shape shape = block->full.shape;
    const smi_affine before =
        smi_affine_over(SMI_BY_FEATURE, block->before, shape.features, shape.classes);
    const size_t stride = block->map.stride;
    for (size_t f = 0; f < shape.features; f++) {
        for (size_t c = 0; c < stride; c++) {
            const double old = (double)before.weights[f * stride + c];
            double sum = 0.0;
            double magnitude = fabs(old);
            for (size_t r = 0; r < shape.rows && c < shape.classes; r++) {
                const double product =
                    (double)block->full.logits[r * shape.classes + c] * block_x(&block->full, r, f);
                sum += product;
                magnitude += fabs(product);
            }
            /* A product may be rounded by itself, and is rounded with each addition: in double,
             * too, the reference adds to a float. */
            const arithmetic how = {1, false};
            score_value(score, (double)block->map.weights[f * stride + c], old + sum,
                        c < shape.classes
                            ? gradient_bound(how, shape.rows + 1, magnitude, old, old + sum)
                            : 0x1p-149,
                        shape.rows >= 63);
        }
    }
}

static void check_shape(const block_shape shape, void *const context)
{
    comparison *const all = context;
    sparse_block *const block = &all->block;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        fill(block, shape);
        all->logits[i].isa = kernels->isa;
        kernels->sparse_gradient(&block->map, block->rows, shape.rows, block->full.logits);
        all->gradients[i].isa = kernels->isa;
        compare_gradient(block, &all->gradients[i]);
        fill(block, shape);
        kernels->sparse_logits(&block->map, block->rows, shape.rows, block->full.logits);
        compare_logits(block, &all->logits[i]);
        assert_true(block_intact(&block->full));
        assert_true(guarded_intact(&block->map_memory, block->floats * sizeof(float)));
    }
}

static void lists_of_every_table_are_within_the_bounds(void **state)
{
    (void)state;
    comparison all = {.block = make()};
    for_each_block_shape(check_shape, &all);
    destroy(&all.block);
    score_conclude(all.logits, 0.25, 0.0005);
    score_conclude(all.gradients, 0.25, 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_lists_what_is_not_zero),
        cmocka_unit_test(lists_of_every_table_are_within_the_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
