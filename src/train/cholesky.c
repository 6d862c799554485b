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
    }
}

/* y −= factor · x */
static void subtract(const float factor, const float *const x, const size_t count, float *const y)
{
    for (size_t i = 0; i < count; i++) {
        y[i] -= factor * x[i];
    }
}

void smi_cholesky_solve(const float *const factor, const size_t size, const size_t stride,
                        const size_t columns, float *const x)
{
    for (size_t i = 0; i < size; i++) {
        const float *const row = factor + i * stride;
        float *const xi = x + i * columns;
        for (size_t j = 0; j < i; j++) {
            subtract(row[j], x + j * columns, columns, xi);
        }
        for (size_t c = 0; c < columns; c++) {
            xi[c] /= row[i];
        }
    }
    for (size_t i = size; i-- > 0;) {
        const float *const row = factor + i * stride;
        const float *const xi = x + i * columns;
        for (size_t c = 0; c < columns; c++) {
            x[i * columns + c] /= row[i];
        }
        for (size_t j = 0; j < i; j++) {
            subtract(row[j], xi, columns, x + j * columns);
        }
    }
}
