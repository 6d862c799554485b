/* The product of dense matrices: what a hidden layer does forwards, and twice backwards.
 *
 *     Z  = X · W    a: rows × inputs,  b: inputs × outputs, both row-major
 *     dW = Xᵀ · δ   a: inputs × rows,  row_stride 1, column_stride inputs
 *     dX = δ · Wᵀ   b: outputs × inputs, row_stride 1, column_stride outputs
 *
 * The depth is cut into the fewest parts of at most SMI_PRODUCT_DEPTH, as even as can be. In each
 * part, an element of c is one chain of multiply-adds, first to last, beginning with 0; the parts
 * are added to c in their order. So its bits are the same wherever c is cut, and by however many
 * threads. */
#ifndef SMI_KERNEL_PRODUCT_H
#define SMI_KERNEL_PRODUCT_H

#include "kernel/kernel.h"
#include "sys/pool.h"

/* Floats of scratch memory that one thread needs for this product, or for a smaller one of any
 * strides: a multiple of 16, at most 131,072. Best aligned to SMI_ALIGNMENT. */
size_t smi_product_scratch(const smi_product *product);

/* c = a · b, or c += a · b. scratch: smi_product_scratch() floats. */
void smi_product_serial(const smi_kernels *kernels, const smi_product *product, float *scratch);

/* The same on all threads of the pool, or on this one alone where others are not worth waking.
 * pool: NULL is one thread. scratch: smi_product_scratch() floats for each thread. */
void smi_product_run(const smi_kernels *kernels, smi_pool *pool, const smi_product *product,
                     float *scratch);

#endif
