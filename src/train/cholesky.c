#include "train/cholesky.h"

#include <math.h>

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

void smi_cholesky(float *const matrix, const size_t size, const size_t stride,
                  const float least_pivot)
{
    /* Row by row: L[i][j] = (A[i][j] − L[i] · L[j]) / L[j][j], with dot products of rows. */
    for (size_t i = 0; i < size; i++) {
        float *const row = matrix + i * stride;
        for (size_t j = 0; j < i; j++) {
            const float *const above = matrix + j * stride;
            row[j] = (row[j] - dot(row, above, j)) / above[j];
        }
        row[i] = sqrtf(fmaxf(row[i] - dot(row, row, i), least_pivot));
        for (size_t j = 0; j < i; j++) {
            matrix[j * stride + i] = row[j];
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
