#include "kernel/pack.h"

#include "base/memory.h"

/* By feature, few classes lie close, so that a wide map stays in the cache; more are padded to
 * whole vectors of eight. */
static size_t class_stride(const size_t classes)
{
    return classes <= 2 ? 2 : classes <= 4 ? 4 : smi_round_up(classes, 8);
}

static size_t stride_of(const smi_layout layout, const size_t features, const size_t classes)
{
    return layout == SMI_BY_CLASS ? smi_round_up(features, SMI_STRIDE_STEP) : class_stride(classes);
}

bool smi_affine_floats(const smi_layout layout, const size_t features, const size_t classes,
                       size_t *const floats)
{
    const size_t lines = layout == SMI_BY_CLASS ? classes : features;
    size_t padded = 0;
    size_t weights = 0;
    return smi_add_size(features, SMI_STRIDE_STEP, &padded) &&
           smi_add_size(classes, SMI_STRIDE_STEP, &padded) &&
           smi_multiply_size(stride_of(layout, features, classes), lines, &weights) &&
           smi_add_size(weights, SMI_STRIDE_STEP, &padded) &&
           smi_add_size(smi_round_up(weights, SMI_STRIDE_STEP),
                        smi_round_up(classes, SMI_STRIDE_STEP), floats);
}

smi_affine smi_affine_over(const smi_layout layout, float *const memory, const size_t features,
                           const size_t classes)
{
    const size_t stride = stride_of(layout, features, classes);
    const size_t weights = stride * (layout == SMI_BY_CLASS ? classes : features);
    return (smi_affine){.layout = layout,
                        .features = features,
                        .classes = classes,
                        .stride = stride,
                        .weights = memory,
                        .bias = memory + smi_round_up(weights, SMI_STRIDE_STEP)};
}

/* Where the weight of a feature and a class lies. */
static inline size_t place(const smi_affine *const map, const size_t feature, const size_t class)
{
    return map->layout == SMI_BY_CLASS ? class * map->stride + feature
                                       : feature * map->stride + class;
}

/* One set of parameters into `classes` of the map's classes, from first_class on. */
static void pack_classes(const float *const parameters, const smi_scaling *const scaling,
                         const smi_affine *const map, const size_t first_class,
                         const size_t classes)
{
    enum { SLICE = 16 }; /* classes at a time: their sums of Σ shift · scale · kernel */
    const float *const bias = parameters + map->features * classes;
    const bool shifted = scaling->column_shift != NULL || scaling->shift != 0.0F;
    for (size_t begin = 0; begin < classes; begin += SLICE) {
        const size_t count = smi_min_size(SLICE, classes - begin);
        double shifts[SLICE] = {0.0};
        for (size_t f = 0; f < map->features; f++) {
            const float *const kernel = parameters + f * classes + begin;
            const float scale = smi_scale_of(scaling, f);
            for (size_t c = 0; c < count; c++) {
                map->weights[place(map, f, first_class + begin + c)] = kernel[c] * scale;
            }
            if (shifted) {
                const double factor = (double)smi_shift_of(scaling, f) * (double)scale;
                for (size_t c = 0; c < count; c++) {
                    shifts[c] += factor * (double)kernel[c];
                }
            }
        }
        for (size_t c = 0; c < count; c++) {
            map->bias[first_class + begin + c] = (float)((double)bias[begin + c] - shifts[c]);
        }
    }
}

void smi_pack(const float *const parameters, const smi_scaling *const scaling,
              const smi_affine *const map)
{
    pack_classes(parameters, scaling, map, 0, map->classes);
}

void smi_pack_pair(const float *const first, const float *const second,
                   const smi_scaling *const scaling, const smi_affine *const map)
{
    const size_t classes = map->classes / 2;
    pack_classes(first, scaling, map, 0, classes);
    pack_classes(second, scaling, map, classes, classes);
}

void smi_unpack_gradient(const smi_affine *const map, const double *const sums,
                         const smi_scaling *const scaling, const double factor,
                         float *const gradient)
{
    const size_t features = map->features;
    const size_t classes = map->classes;
    const double *const bias = sums + (map->bias - map->weights);
    for (size_t f = 0; f < features; f++) {
        const double shift = (double)smi_shift_of(scaling, f);
        const double scale = (double)smi_scale_of(scaling, f) * factor;
        for (size_t c = 0; c < classes; c++) {
            const double centred = sums[place(map, f, c)] - shift * bias[c];
            gradient[f * classes + c] = (float)(centred * scale);
        }
    }
    for (size_t c = 0; c < classes; c++) {
        gradient[features * classes + c] = (float)(bias[c] * factor);
    }
}

void smi_unpack_gradient_f32(const smi_affine *const map, const smi_scaling *const scaling,
                             const double factor, float *const gradient)
{
    const size_t features = map->features;
    const size_t classes = map->classes;
    for (size_t f = 0; f < features; f++) {
        const double shift = (double)smi_shift_of(scaling, f);
        const double scale = (double)smi_scale_of(scaling, f) * factor;
        for (size_t c = 0; c < classes; c++) {
            const double centred =
                (double)map->weights[place(map, f, c)] - shift * (double)map->bias[c];
            gradient[f * classes + c] = (float)(centred * scale);
        }
    }
    for (size_t c = 0; c < classes; c++) {
        gradient[features * classes + c] = (float)((double)map->bias[c] * factor);
    }
}
