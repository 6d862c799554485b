#include "eval/factor.h"

#include <math.h>

/* Σ a · b, in four sums side by side. */
static double dot(const double *const a, const double *const b, const size_t count)
{
    double sums[4] = {0.0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (size_t lane = 0; lane < 4; lane++) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    for (; i < count; i++) {
        sums[0] += a[i] * b[i];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

size_t smi_factor(double *const matrix, const size_t size, const double least)
{
    for (size_t i = 0; i < size; i++) {
        double *const row = matrix + i * size;
        for (size_t j = 0; j < i; j++) {
            const double *const above = matrix + j * size;
            row[j] = (row[j] - dot(row, above, j)) / above[j];
        }
        const double pivot = row[i] - dot(row, row, i);
        if (!(pivot > least * row[i])) {
            return i;
        }
        row[i] = sqrt(pivot);
    }
    return size;
}

void smi_factor_forward(const double *const factor, const size_t size, const size_t first,
                        double *const x)
{
    for (size_t i = first; i < size; i++) {
        const double *const row = factor + i * size;
        x[i] = (x[i] - dot(row + first, x + first, i - first)) / row[i];
    }
}

void smi_factor_solve(const double *const factor, const size_t size, double *const x)
{
    smi_factor_forward(factor, size, 0, x);
    for (size_t i = size; i-- > 0;) {
        const double *const row = factor + i * size;
        x[i] /= row[i];
        for (size_t j = 0; j < i; j++) {
            x[j] -= x[i] * row[j];
        }
    }
}
