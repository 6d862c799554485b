#include "train/vector.h"

#include <math.h>

double smi_dot(const float *const a, const float *const b, const size_t count)
{
    /* Eight sums side by side, so that an addition need not wait for the one before. */
    double sums[8] = {0.0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (size_t lane = 0; lane < 8; lane++) {
            sums[lane] += (double)a[i + lane] * (double)b[i + lane];
        }
    }
    for (; i < count; i++) {
        sums[0] += (double)a[i] * (double)b[i];
    }
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
           ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

double smi_norm(const float *const a, const size_t count)
{
    return sqrt(smi_dot(a, a, count));
}

void smi_add_scaled(const double factor, const float *const x, float *const y, const size_t count)
{
    const float rounded = (float)factor;
    for (size_t i = 0; i < count; i++) {
        y[i] += rounded * x[i];
    }
}

void smi_combine(const float *const a, const double factor, const float *const b,
                 float *const result, const size_t count)
{
    const float rounded = (float)factor;
    for (size_t i = 0; i < count; i++) {
        result[i] = a[i] + rounded * b[i];
    }
}

void smi_scale(const double factor, const float *const a, float *const result, const size_t count)
{
    const float rounded = (float)factor;
    for (size_t i = 0; i < count; i++) {
        result[i] = rounded * a[i];
    }
}
