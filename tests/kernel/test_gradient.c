/* The gradient kernels of every table against sums in double precision. */
#include <stdlib.h>
#include <string.h>

#include "kernel/block.h"
#include "kernel/pack.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"

typedef struct comparison {
    test_block block; /* its logits are the deltas, its map what the gradient is added to */
    float *before;    /* the map's memory at first */
    table_score scores[SCORE_TABLES];
} comparison;

static size_t map_floats(const block_shape shape)
{
    size_t floats = 0;
    assert_true(smi_affine_floats(SMI_BY_CLASS, shape.features, shape.classes, &floats));
    return floats;
}

static void compare_class(const comparison *const all, table_score *const score, const size_t class)
{
    const test_block *const block = &all->block;
    const block_shape shape = block->shape;
    const arithmetic how = arithmetic_of(score->isa);
    const bool large = shape.rows >= 63;
    const smi_affine before =
        smi_affine_over(SMI_BY_CLASS, all->before, shape.features, shape.classes);
    const float *const delta = block->logits + class;
    for (size_t f = 0; f < block->map.stride; f++) {
        const size_t place = class * block->map.stride + f;
        const double old = (double)before.weights[place];
        double sum = 0.0;
        double magnitude = 0.0;
        for (size_t r = 0; r < shape.rows && f < shape.features; r++) {
            const double product = (double)delta[r * shape.classes] * block_x(block, r, f);
            sum += product;
            magnitude += fabs(product);
        }
        if (f < shape.features) {
            score_value(score, (double)block->map.weights[place], old + sum,
                        gradient_bound(how, shape.rows, magnitude, old, old + sum), large);
        } else {
            assert_true(block->map.weights[place] == 0.0F); /* the padding stays 0 */
        }
    }
    const double old = (double)before.bias[class];
    double sum = 0.0;
    double magnitude = 0.0;
    for (size_t r = 0; r < shape.rows; r++) {
        sum += (double)delta[r * shape.classes];
        magnitude += fabs((double)delta[r * shape.classes]);
    }
    score_value(score, (double)block->map.bias[class], old + sum,
                gradient_bound(how, shape.rows, magnitude, old, old + sum), large);
}

static void check_shape(const block_shape shape, void *const context)
{
    comparison *const all = context;
    test_block *const block = &all->block;
    const size_t floats = map_floats(shape);
    for (int element = SM_U8; element <= SM_F32; element++) {
        block_fill(block, shape, (sm_element)element);
        memcpy(all->before, block->map.weights, floats * sizeof *all->before);
        const smi_kernels *kernels = NULL;
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            memcpy(block->map.weights, all->before, floats * sizeof *all->before);
            kernels->gradient[element](&block->map, block->x, shape.rows, block->logits);
            all->scores[i].isa = kernels->isa;
            for (size_t c = 0; c < shape.classes; c++) {
                compare_class(all, &all->scores[i], c);
            }
            assert_true(block_intact(block));
        }
    }
}

static void gradients_of_every_table_are_within_the_bound(void **state)
{
    (void)state;
    comparison all = {.block = block_make(), .before = calloc(200000, sizeof(float))};
    assert_non_null(all.before);
    for_each_block_shape(check_shape, &all);
    block_free(&all.block);
    free(all.before);
    score_conclude(all.scores, 0.5, 0.02);
}

static void no_rows_add_nothing(void **state)
{
    (void)state;
    test_block block = block_make();
    block_fill(&block, (block_shape){0, 17, 3}, SM_U8);
    const size_t bytes = map_floats(block.shape) * sizeof(float);
    void *const before = malloc(bytes);
    assert_non_null(before);
    memcpy(before, block.map.weights, bytes);
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        kernels->gradient[SM_U8](&block.map, block.x, 0, block.logits);
        kernels->gradient[SM_F32](&block.map, block.x, 0, block.logits);
        assert_memory_equal(block.map.weights, before, bytes);
    }
    free(before);
    block_free(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_of_every_table_are_within_the_bound),
        cmocka_unit_test(no_rows_add_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
