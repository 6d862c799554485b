/* Cholesky factors of positive definite matrices, and what is solved with them. */
#ifndef SMI_TRAIN_CHOLESKY_H
#define SMI_TRAIN_CHOLESKY_H

#include <stddef.h>

/* Replaces the lower triangle of a matrix by its factor L, matrix = L · Lᵀ. A pivot below
 * least_pivot is taken for that: the matrix is then treated as if its diagonal were so much larger.
 * matrix: size × stride, row-major, of which the upper triangle is not looked at. */
void smi_cholesky(float *matrix, size_t size, size_t stride, float least_pivot);

/* x becomes (L · Lᵀ)⁻¹ · x. x: size × columns. */
void smi_cholesky_solve(const float *factor, size_t size, size_t stride, size_t columns, float *x);

#endif
