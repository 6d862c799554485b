/* What the loops over tiles share. */
#ifndef SMI_KERNEL_VECTOR_TILE_H
#define SMI_KERNEL_VECTOR_TILE_H

#include <stdbool.h>

#include "kernel/kernel.h"
#include "simd.h"

/* A tile function is inlined into each caller, which passes constants for the tile's extents, so
 * that its sums live in registers and its inner loops unroll. Where all is checked, and compiling
 * the copies would take minutes, SMI_ONE_COPY makes it a function like others, with the same lines.
 */
#ifdef SMI_ONE_COPY
#define SMI_TILE static inline
#else
#define SMI_TILE static inline __attribute__((always_inline))
#endif

SMI_TILE smi_vector smi_load_x(const void *const row, const size_t feature, const bool bytes)
{
    return bytes ? smi_load_u8((const uint8_t *)row + feature)
                 : smi_load_f32((const float *)row + feature);
}

SMI_TILE smi_vector smi_load_some_x(const void *const row, const size_t feature, const bool bytes,
                                    const size_t count)
{
    return bytes ? smi_load_some_u8((const uint8_t *)row + feature, count)
                 : smi_load_some_f32((const float *)row + feature, count, 0.0F);
}

/* The sum over the lanes of each class, four at a time. */
SMI_TILE void smi_add_lanes(const smi_vector *const sums, const size_t classes, float *const totals)
{
    const size_t fours = classes / 4 * 4;
#pragma GCC unroll 2
    for (size_t c = 0; c < fours; c += 4) {
        smi_sum_four(sums[c], sums[c + 1], sums[c + 2], sums[c + 3], totals + c);
    }
#pragma GCC unroll 4
    for (size_t c = fours; c < classes; c++) {
        totals[c] = smi_sum(sums[c]);
    }
}

/* bias[c] += Σ_r delta[r][c], lanes along classes. */
static inline void smi_add_columns(const smi_affine *const gradient, const size_t rows,
                                   const float *const delta)
{
    const size_t classes = gradient->classes;
    size_t c = 0;
    for (; c + SMI_LANES <= classes; c += SMI_LANES) {
        smi_vector sum = smi_splat(0.0F);
        for (size_t r = 0; r < rows; r++) {
            sum = smi_add(sum, smi_load_f32(delta + r * classes + c));
        }
        smi_store(gradient->bias + c, smi_add(smi_load_f32(gradient->bias + c), sum));
    }
    if (c < classes) {
        const size_t rest = classes - c;
        smi_vector sum = smi_splat(0.0F);
        for (size_t r = 0; r < rows; r++) {
            sum = smi_add(sum, smi_load_some_f32(delta + r * classes + c, rest, 0.0F));
        }
        float *const to = gradient->bias + c;
        smi_store_some(to, rest, smi_add(smi_load_some_f32(to, rest, 0.0F), sum));
    }
}

/* Classes are cut into the fewest tiles that fit, as even as can be: where tile t begins. */
static inline size_t smi_class_tiles(const size_t classes)
{
    return (classes + SMI_TILE_CLASSES - 1) / SMI_TILE_CLASSES;
}

static inline size_t smi_class_tile_begin(const size_t classes, const size_t tile)
{
    return classes * tile / smi_class_tiles(classes);
}

#endif
