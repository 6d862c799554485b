#include "kernel/block.h"

#include <string.h>

#include "base/random.h"
#include "kernel/pack.h"
#include "support/cmocka_all.h"

enum { MOST_FEATURES = 1000, MOST_CLASSES = 1000, MOST_MAP_FLOATS = 100000 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const size_t all_rows[] = {0, 1, 2, 3, 5, 63, 64};
static const size_t all_features[] = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 65, 784, 1000};
static const size_t all_classes[] = {2, 3, 4, 5, 6, 7, 9, 10, 11, 16, 17, 26, 33, 1000};

static void visit_product(const size_t *const rows, const size_t row_count,
                          const size_t *const features, const size_t feature_count,
                          const size_t *const classes, const size_t class_count,
                          void (*const visit)(block_shape, void *), void *const context)
{
    for (size_t r = 0; r < row_count; r++) {
        for (size_t f = 0; f < feature_count; f++) {
            for (size_t c = 0; c < class_count; c++) {
                visit((block_shape){rows[r], features[f], classes[c]}, context);
            }
        }
    }
}

/* What a kernel does at an end of one kind depends on those of the other kinds at most by their
 * tile: each number meets a few of the others that stand for all tiles. */
void for_each_block_shape(void (*const visit)(block_shape, void *), void *const context)
{
    static const size_t few_rows[] = {1, 5};
    static const size_t few_features[] = {1, 8, 17, 65};
    static const size_t few_classes[] = {2, 3, 4, 5, 6, 11};
    visit_product(all_rows, COUNT(all_rows), few_features, COUNT(few_features), few_classes,
                  COUNT(few_classes), visit, context);
    visit_product(few_rows, COUNT(few_rows), all_features, COUNT(all_features), few_classes,
                  COUNT(few_classes), visit, context);
    visit_product(few_rows, COUNT(few_rows), few_features, COUNT(few_features), all_classes,
                  COUNT(all_classes), visit, context);
    visit((block_shape){64, 784, 10}, context);
    visit((block_shape){63, 1000, 26}, context);
}

test_block block_make(void)
{
    test_block made = {.map_memory = guarded_make(MOST_MAP_FLOATS * sizeof(float)),
                       .logits_memory =
                           guarded_make(SMI_BLOCK_ROWS * MOST_CLASSES * sizeof(float))};
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        made.row_memory[r] = guarded_make(MOST_FEATURES * sizeof(float));
    }
    return made;
}

void block_free(test_block *const block)
{
    guarded_free(&block->map_memory);
    guarded_free(&block->logits_memory);
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        guarded_free(&block->row_memory[r]);
    }
}

static size_t map_floats(const block_shape shape)
{
    size_t floats = 0;
    assert_true(smi_affine_floats(SMI_BY_CLASS, shape.features, shape.classes, &floats));
    return floats;
}

static size_t logits_bytes(const test_block *const block)
{
    return block->shape.rows * block->shape.classes * sizeof(float);
}

static void fill_row(test_block *const block, const size_t row, smi_random *const random)
{
    const size_t features = block->shape.features;
    if (block->element == SM_U8) {
        uint8_t *const x = guarded_last(&block->row_memory[row], features);
        for (size_t f = 0; f < features; f++) {
            x[f] = (uint8_t)smi_random_below(random, 256);
        }
        block->x[row] = x;
    } else {
        float *const x = guarded_last(&block->row_memory[row], features * sizeof *x);
        for (size_t f = 0; f < features; f++) {
            x[f] = (float)smi_random_normal(random);
        }
        block->x[row] = x;
    }
}

void block_fill(test_block *const block, const block_shape shape, const sm_element element)
{
    smi_random random = smi_random_start(
        (uint64_t)shape.rows << 32 | shape.features << 16 | shape.classes, (uint64_t)element);
    block->shape = shape;
    block->element = element;
    for (size_t r = 0; r < shape.rows; r++) {
        fill_row(block, r, &random);
    }
    const size_t floats = map_floats(shape);
    float *const memory = guarded_last(&block->map_memory, floats * sizeof *memory);
    memset(memory, 0, floats * sizeof *memory);
    block->map = smi_affine_over(SMI_BY_CLASS, memory, shape.features, shape.classes);
    for (size_t c = 0; c < shape.classes; c++) {
        for (size_t f = 0; f < shape.features; f++) {
            block->map.weights[c * block->map.stride + f] = (float)smi_random_normal(&random);
        }
        block->map.bias[c] = (float)smi_random_normal(&random);
    }
    block->logits = guarded_last(&block->logits_memory, logits_bytes(block));
    for (size_t i = 0; i < shape.rows * shape.classes; i++) {
        block->logits[i] = (float)smi_random_normal(&random);
    }
}

bool block_intact(const test_block *const block)
{
    return guarded_intact(&block->logits_memory, logits_bytes(block)) &&
           guarded_intact(&block->map_memory, map_floats(block->shape) * sizeof(float));
}

double block_x(const test_block *const block, const size_t row, const size_t feature)
{
    return block->element == SM_U8 ? (double)((const uint8_t *)block->x[row])[feature]
                                   : (double)((const float *)block->x[row])[feature];
}

double block_weight(const test_block *const block, const size_t class, const size_t feature)
{
    return (double)block->map.weights[class * block->map.stride + feature];
}
