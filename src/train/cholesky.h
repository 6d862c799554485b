/* Cholesky factors of positive definite matrices, and what is solved with them. */
#ifndef SMI_TRAIN_CHOLESKY_H
#define SMI_TRAIN_CHOLESKY_H

#include <stddef.h>

#include "kernel/kernel.h"

/* Replaces the lower triangle of a matrix by its factor L, matrix = L · Lᵀ, and the upper one by
 * Lᵀ. A pivot below the share least_share of its diagonal is taken for that: the matrix is then
 * treated as if its diagonal were so much larger. matrix: size × stride, row-major, of which the
 * upper triangle is not looked at; stride ≥ size, a multiple of SMI_STRIDE_STEP, with finite
 * numbers in the padding. */
void smi_cholesky(const smi_kernels *kernels, float *matrix, size_t size, size_t stride,
                  float least_share);

/* x becomes (L · Lᵀ)⁻¹ · x. x: a map by feature, with `size` features and no bias; its classes are
 * the columns that are solved for. places: 0, 1, … size − 1.
 * sums: scratch, as many floats as x has classes. */
void smi_cholesky_solve(const smi_kernels *kernels, const float *factor, size_t size, size_t stride,
                        const uint32_t *places, const smi_affine *x, float *sums);

#endif
