/* Cholesky factors in double precision. (Those of src/train are float: a preconditioner needs no
 * more.) */
#ifndef SMI_EVAL_FACTOR_H
#define SMI_EVAL_FACTOR_H

#include <stddef.h>

/* Replaces the lower triangle of a matrix by its factor L, matrix = L · Lᵀ. Returns `size`, or
 * where a pivot is at most `least` times the matrix's entry there, its place: the matrix is
 * singular, and this row depends on those before it. matrix: size × size, row-major, of which the
 * upper triangle is not looked at. */
size_t smi_factor(double *matrix, size_t size, double least);

/* x becomes L⁻¹ · x, where x is 0 before place `first`. */
void smi_factor_forward(const double *factor, size_t size, size_t first, double *x);

/* x becomes (L · Lᵀ)⁻¹ · x. */
void smi_factor_solve(const double *factor, size_t size, double *x);

#endif
