/* Arithmetic on flat vectors of parameters. Sums run in double, in a fixed order. */
#ifndef SMI_TRAIN_VECTOR_H
#define SMI_TRAIN_VECTOR_H

#include <stddef.h>

double smi_dot(const float *a, const float *b, size_t count);
double smi_norm(const float *a, size_t count); /* Euclidean */

/* y += factor · x */
void smi_add_scaled(double factor, const float *x, float *y, size_t count);

/* result = a + factor · b; result may be a */
void smi_combine(const float *a, double factor, const float *b, float *result, size_t count);

/* result = factor · a; result may be a */
void smi_scale(double factor, const float *a, float *result, size_t count);

#endif
