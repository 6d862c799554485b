#include "train/cholesky.h"

#include <float.h>
#include <math.h>

#include "base/memory.h"

/* Columns that are found together. */
enum { PANEL = 32 };

/* Σ a · b, in eight sums side by side. */
static float dot(const float *const a, const float *const b, const size_t count)
{
    float sums[8] = {0.0F};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (size_t lane = 0; lane < 8; lane++) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    for (; i < count; i++) {
        sums[0] += a[i] * b[i];
    }
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
           ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/* Takes from `count` columns what the columns before them account for: rows of the factor times
 * rows of the factor, which are the logits of rows that stand for classes. */
static void subtract_before(const smi_kernels *const kernels, float *const matrix,
                            const size_t size, const size_t stride, const size_t first,
                            const size_t count)
{
    float zeros[PANEL] = {0.0F};
    float products[SMI_BLOCK_ROWS * PANEL];
    const void *x[SMI_BLOCK_ROWS];
    const smi_affine panel = {.layout = SMI_BY_CLASS,
                              .features = first,
                              .classes = count,
                              .stride = stride,
                              .weights = matrix + first * stride,
                              .bias = zeros};
    for (size_t r = first; r < size; r += SMI_BLOCK_ROWS) {
        const size_t rows = smi_min_size(SMI_BLOCK_ROWS, size - r);
        for (size_t i = 0; i < rows; i++) {
            x[i] = matrix + (r + i) * stride;
        }
        kernels->logits[SM_F32](&panel, x, rows, products);
        for (size_t i = 0; i < rows; i++) {
            float *const row = matrix + (r + i) * stride + first;
            for (size_t c = 0; c < count; c++) {
                row[c] -= products[i * count + c];
            }
        }
    }
}

/* L[i][j] = (A[i][j] − L[i] · L[j]) / L[j][j] for the columns of a panel, from which the columns
 * before have been taken. */
static void factor_panel(float *const matrix, const size_t size, const size_t stride,
                         const size_t first, const size_t count, const float least_share)
{
    for (size_t i = first; i < size; i++) {
        float *const row = matrix + i * stride;
        const size_t end = smi_min_size(i, first + count);
        for (size_t j = first; j < end; j++) {
            const float *const above = matrix + j * stride;
            row[j] = (row[j] - dot(row + first, above + first, j - first)) / above[j];
        }
        if (i < first + count) {
            const float diagonal = row[i] + dot(row, row, first);
            const float pivot = row[i] - dot(row + first, row + first, i - first);
            row[i] = sqrtf(fmaxf(pivot, fmaxf(least_share * diagonal, FLT_MIN)));
        }
    }
}

void smi_cholesky(const smi_kernels *const kernels, float *const matrix, const size_t size,
                  const size_t stride, const float least_share)
{
    for (size_t first = 0; first < size; first += PANEL) {
        const size_t count = smi_min_size(PANEL, size - first);
        if (first > 0) {
            subtract_before(kernels, matrix, size, stride, first, count);
        }
        factor_panel(matrix, size, stride, first, count, least_share);
    }
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < i; j++) {
            matrix[j * stride + i] = matrix[i * stride + j];
        }
    }
}

/* x[i] = (x[i] − Σ row[j] · x[j]) / pivot over `count` places from the first. What is summed is the
 * logits of a row whose entries are the factor's. */
static void eliminate(const smi_kernels *const kernels, const float *const row,
                      const uint32_t *const places, const size_t count, const float pivot,
                      const size_t i, const smi_affine *const x, float *const sums)
{
    const smi_sparse_row entries = {.values = row, .columns = places, .count = count};
    float *const xi = x->weights + i * x->stride;
    kernels->sparse_logits(x, &entries, 1, sums);
    for (size_t c = 0; c < x->classes; c++) {
        xi[c] = (xi[c] - sums[c]) / pivot;
    }
}

void smi_cholesky_solve(const smi_kernels *const kernels, const float *const factor,
                        const size_t size, const size_t stride, const uint32_t *const places,
                        const smi_affine *const x, float *const sums)
{
    for (size_t i = 0; i < size; i++) {
        const float *const row = factor + i * stride;
        eliminate(kernels, row, places, i, row[i], i, x, sums);
    }
    for (size_t i = size; i-- > 0;) {
        const float *const row = factor + i * stride;
        eliminate(kernels, row + i + 1, places + i + 1, size - 1 - i, row[i], i, x, sums);
    }
}
