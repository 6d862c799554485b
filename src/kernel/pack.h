/* Between the parameters, as models and solvers know them, and the layouts of the kernels.
 *
 *   parameters  kernel: features × classes, row-major, for features scaled as
 *               (x − shift) · scale; behind it bias: classes
 *   affine      classes × stride or features × stride, for features as they are stored; behind
 *               it bias */
#ifndef SMI_KERNEL_PACK_H
#define SMI_KERNEL_PACK_H

#include "kernel/kernel.h"

struct smi_pool; /* sys/pool.h */

/* What the stored features go through before the first layer: (x − shift) · scale. */
typedef struct smi_scaling {
    float shift;
    float scale;
    const float *column_shift; /* one for each feature, in the place of `shift`; NULL: none */
    const float *column_scale; /* likewise */
} smi_scaling;

static inline float smi_shift_of(const smi_scaling *const scaling, const size_t feature)
{
    return scaling->column_shift == NULL ? scaling->shift : scaling->column_shift[feature];
}

static inline float smi_scale_of(const smi_scaling *const scaling, const size_t feature)
{
    return scaling->column_scale == NULL ? scaling->scale : scaling->column_scale[feature];
}

/* Floats that an affine map takes; false when that overflows. */
bool smi_affine_floats(smi_layout layout, size_t features, size_t classes, size_t *floats);

/* The map laid over `memory` of that many floats. */
smi_affine smi_affine_over(smi_layout layout, float *memory, size_t features, size_t classes);

/* Folds the scaling in: weights = scale · kernel, bias −= Σ shift · scale · kernel. On the pool
 * where the weights are many; NULL: on this thread alone. */
void smi_pack(const float *parameters, const smi_scaling *scaling, struct smi_pool *pool,
              const smi_affine *map);

/* The same where the bias lies elsewhere than behind the kernel, on this thread. */
void smi_pack_layer(const float *kernel, const float *bias, const smi_scaling *scaling,
                    const smi_affine *map);

/* Two sets of parameters side by side in one map of 2 · classes: the weights of the first, then,
 * class by class, those of the second. */
void smi_pack_pair(const float *first, const float *second, const smi_scaling *scaling,
                   struct smi_pool *pool, const smi_affine *map);

/* From the gradient for features as stored to that for the parameters, divided by the number of
 * rows: kernel = scale · (weights − shift · bias) · factor, bias · factor.
 * map: the extents; sums: the layout of its memory, in double. */
void smi_unpack_gradient(const smi_affine *map, const double *sums, const smi_scaling *scaling,
                         double factor, float *gradient);

/* The same from the sums in float that the map holds. */
void smi_unpack_gradient_f32(const smi_affine *map, const smi_scaling *scaling, double factor,
                             float *gradient);

#endif
