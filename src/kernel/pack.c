#include "kernel/pack.h"

#include "base/memory.h"
#include "sys/pool.h"

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

/* Features that are moved together, so that each side of a transposition is read or written in
 * whole cache lines. */
enum { TILE = 16 };

/* What is shared among threads: parts of so many features, if there are weights enough. */
enum { PART_FEATURES = 1024, LEAST_SHARED = 131072 };

/* The weights of features first … first + count − 1, scaled. */
static void pack_tile(const float *const kernel, const smi_scaling *const scaling,
                      const smi_affine *const map, const size_t first, const size_t count,
                      const size_t first_class, const size_t classes)
{
    float scales[TILE];
    for (size_t f = 0; f < count; f++) {
        scales[f] = smi_scale_of(scaling, first + f);
    }
    if (map->layout == SMI_BY_FEATURE) {
        for (size_t f = 0; f < count; f++) {
            const float *const from = kernel + (first + f) * classes;
            float *const to = map->weights + (first + f) * map->stride + first_class;
            for (size_t c = 0; c < classes; c++) {
                to[c] = from[c] * scales[f];
            }
        }
        return;
    }
    for (size_t c = 0; c < classes; c++) {
        const float *const from = kernel + first * classes + c;
        float *const to = map->weights + (first_class + c) * map->stride + first;
        for (size_t f = 0; f < count; f++) {
            to[f] = from[f * classes] * scales[f];
        }
    }
}

/* bias − Σ shift · scale · kernel */
static void pack_bias(const float *const kernel, const float *const own,
                      const smi_scaling *const scaling, const size_t features, const size_t classes,
                      float *const bias)
{
    const bool shifted = scaling->column_shift != NULL || scaling->shift != 0.0F;
    for (size_t begin = 0; begin < classes; begin += TILE) {
        const size_t count = smi_min_size(TILE, classes - begin);
        double sums[TILE] = {0.0};
        for (size_t f = 0; shifted && f < features; f++) {
            const float *const weights = kernel + f * classes + begin;
            const double factor =
                (double)smi_shift_of(scaling, f) * (double)smi_scale_of(scaling, f);
            for (size_t c = 0; c < count; c++) {
                sums[c] += factor * (double)weights[c];
            }
        }
        for (size_t c = 0; c < count; c++) {
            bias[begin + c] = (float)((double)own[begin + c] - sums[c]);
        }
    }
}

/* One set of parameters that goes into `classes` of the map's classes, from first_class on. */
typedef struct packing {
    const float *kernel;
    const smi_scaling *scaling;
    const smi_affine *map;
    size_t first_class;
    size_t classes;
} packing;

static void pack_features(const packing *const of, const size_t begin, const size_t end)
{
    for (size_t f = begin; f < end; f += TILE) {
        pack_tile(of->kernel, of->scaling, of->map, f, smi_min_size(TILE, end - f), of->first_class,
                  of->classes);
    }
}

static void pack_part(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const packing *const of = context;
    const size_t end = (task + 1) * PART_FEATURES;
    pack_features(of, task * PART_FEATURES, smi_min_size(end, of->map->features));
}

static void pack_classes(packing *const of, const float *const bias, smi_pool *const pool)
{
    const size_t features = of->map->features;
    if (pool != NULL && features > PART_FEATURES && features * of->classes >= LEAST_SHARED) {
        smi_pool_run(pool, (features + PART_FEATURES - 1) / PART_FEATURES, pack_part, of);
    } else {
        pack_features(of, 0, features);
    }
    pack_bias(of->kernel, bias, of->scaling, features, of->classes,
              of->map->bias + of->first_class);
}

void smi_pack_layer(const float *const kernel, const float *const bias,
                    const smi_scaling *const scaling, const smi_affine *const map)
{
    packing all = {.kernel = kernel, .scaling = scaling, .map = map, .classes = map->classes};
    pack_classes(&all, bias, NULL);
}

void smi_pack(const float *const parameters, const smi_scaling *const scaling, smi_pool *const pool,
              const smi_affine *const map)
{
    packing all = {.kernel = parameters, .scaling = scaling, .map = map, .classes = map->classes};
    pack_classes(&all, parameters + map->features * map->classes, pool);
}

void smi_pack_pair(const float *const first, const float *const second,
                   const smi_scaling *const scaling, smi_pool *const pool,
                   const smi_affine *const map)
{
    const size_t classes = map->classes / 2;
    const float *const both[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        packing half = {.kernel = both[i],
                        .scaling = scaling,
                        .map = map,
                        .first_class = i * classes,
                        .classes = classes};
        pack_classes(&half, both[i] + map->features * classes, pool);
    }
}

/* Where the sum of a feature and a class lies, and the next feature's. */
typedef struct line {
    size_t begin;
    size_t step;
} line;

static line line_of(const smi_affine *const map, const size_t feature, const size_t class)
{
    return map->layout == SMI_BY_CLASS ? (line){class * map->stride + feature, 1}
                                       : (line){feature * map->stride + class, map->stride};
}

void smi_unpack_gradient(const smi_affine *const map, const double *const sums,
                         const smi_scaling *const scaling, const double factor,
                         float *const gradient)
{
    const size_t features = map->features;
    const size_t classes = map->classes;
    const double *const bias = sums + (map->bias - map->weights);
    for (size_t first = 0; first < features; first += TILE) {
        const size_t count = smi_min_size(TILE, features - first);
        for (size_t c = 0; c < classes; c++) {
            const line from = line_of(map, first, c);
            for (size_t f = 0; f < count; f++) {
                const double shift = (double)smi_shift_of(scaling, first + f);
                const double scale = (double)smi_scale_of(scaling, first + f) * factor;
                const double centred = sums[from.begin + f * from.step] - shift * bias[c];
                gradient[(first + f) * classes + c] = (float)(centred * scale);
            }
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
    for (size_t first = 0; first < features; first += TILE) {
        const size_t count = smi_min_size(TILE, features - first);
        float shifts[TILE];
        float scales[TILE];
        for (size_t f = 0; f < count; f++) {
            shifts[f] = smi_shift_of(scaling, first + f);
            scales[f] = (float)((double)smi_scale_of(scaling, first + f) * factor);
        }
        for (size_t c = 0; c < classes; c++) {
            const line from = line_of(map, first, c);
            float *const to = gradient + first * classes + c;
            for (size_t f = 0; f < count; f++) {
                const float centred =
                    map->weights[from.begin + f * from.step] - shifts[f] * map->bias[c];
                to[f * classes] = centred * scales[f];
            }
        }
    }
    for (size_t c = 0; c < classes; c++) {
        gradient[features * classes + c] = (float)((double)map->bias[c] * factor);
    }
}
