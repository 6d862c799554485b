#include "kernel/pack.h"

#include "base/memory.h"

static size_t stride_of(const size_t features)
{
    return smi_round_up(features, SMI_STRIDE_STEP);
}

bool smi_affine_floats(const size_t features, const size_t classes, size_t *const floats)
{
    size_t padded = 0;
    size_t weights = 0;
    return smi_add_size(features, SMI_STRIDE_STEP, &padded) &&
           smi_multiply_size(stride_of(features), classes, &weights) &&
           smi_add_size(weights, smi_round_up(classes, SMI_STRIDE_STEP), floats);
}

smi_affine smi_affine_over(float *const memory, const size_t features, const size_t classes)
{
    const size_t stride = stride_of(features);
    return (smi_affine){.features = features,
                        .classes = classes,
                        .stride = stride,
                        .weights = memory,
                        .bias = memory + classes * stride};
}

void smi_pack(const float *const parameters, const smi_scaling scaling, const smi_affine *const map)
{
    const size_t classes = map->classes;
    const float *const bias = parameters + map->features * classes;
    for (size_t c = 0; c < classes; c++) {
        double column_sum = 0.0;
        float *const weights = map->weights + c * map->stride;
        for (size_t f = 0; f < map->features; f++) {
            const float value = parameters[f * classes + c];
            column_sum += (double)value;
            weights[f] = value * scaling.scale;
        }
        map->bias[c] =
            (float)((double)bias[c] - (double)scaling.shift * (double)scaling.scale * column_sum);
    }
}

void smi_unpack_gradient(const double *const sums, const size_t features, const size_t classes,
                         const smi_scaling scaling, const double factor, float *const gradient)
{
    const size_t stride = stride_of(features);
    const double *const bias = sums + classes * stride;
    for (size_t f = 0; f < features; f++) {
        for (size_t c = 0; c < classes; c++) {
            const double centred = sums[c * stride + f] - (double)scaling.shift * bias[c];
            gradient[f * classes + c] = (float)(centred * (double)scaling.scale * factor);
        }
    }
    for (size_t c = 0; c < classes; c++) {
        gradient[features * classes + c] = (float)(bias[c] * factor);
    }
}
