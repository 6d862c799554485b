/* Between the parameters, as models and solvers know them, and the layout of the kernels.
 *
 *   parameters  kernel: features × classes, row-major, for features scaled as
 *               (x − shift) · scale; behind it bias: classes
 *   affine      classes × stride, for features as they are stored */
#ifndef SMI_KERNEL_PACK_H
#define SMI_KERNEL_PACK_H

#include "kernel/kernel.h"

/* What the stored features go through before the first layer. */
typedef struct smi_scaling {
    float shift;
    float scale;
} smi_scaling;

/* Floats that an affine map takes; false when that overflows. */
bool smi_affine_floats(size_t features, size_t classes, size_t *floats);

/* The map laid over `memory` of that many floats. */
smi_affine smi_affine_over(float *memory, size_t features, size_t classes);

/* Folds the scaling in: weights = scale · kernelᵀ, bias −= shift · scale · column sums. */
void smi_pack(const float *parameters, smi_scaling scaling, const smi_affine *map);

/* From the gradient for features as stored to that for the parameters, divided by the number of
 * rows: kernel = scale · (weightsᵀ − shift · bias) · factor, bias · factor.
 * sums: the layout of the affine map's memory, in double. */
void smi_unpack_gradient(const double *sums, size_t features, size_t classes, smi_scaling scaling,
                         double factor, float *gradient);

#endif
