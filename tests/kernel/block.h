/* A block of random rows and an affine map, as kernels take them; rows, map and the array of
 * logits each end where nothing may be touched. */
#ifndef TESTS_KERNEL_BLOCK_H
#define TESTS_KERNEL_BLOCK_H

#include "kernel/kernel.h"
#include "support/guarded.h"

typedef struct block_shape {
    size_t rows;
    size_t features;
    size_t classes;
} block_shape;

/* A cover of awkward shapes: calls visit for each. */
void for_each_block_shape(void (*visit)(block_shape shape, void *context), void *context);

typedef struct test_block {
    block_shape shape;
    sm_element element;
    const void *x[SMI_BLOCK_ROWS];
    smi_affine map;
    float *logits; /* rows × classes */
    guarded row_memory[SMI_BLOCK_ROWS];
    guarded map_memory;
    guarded logits_memory;
} test_block;

/* Room for every shape of the cover. */
test_block block_make(void);
void block_free(test_block *block);

/* Fills rows, map and logits with numbers that depend on shape and element alone. */
void block_fill(test_block *block, block_shape shape, sm_element element);

/* Whether nothing was written before the logits, or before the map. */
bool block_intact(const test_block *block);

double block_x(const test_block *block, size_t row, size_t feature);
double block_weight(const test_block *block, size_t class, size_t feature);

#endif
