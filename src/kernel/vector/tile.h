/* What the loops over tiles share. */
#ifndef SMI_KERNEL_VECTOR_TILE_H
#define SMI_KERNEL_VECTOR_TILE_H

#include <stdbool.h>

#include "simd.h"

/* A tile function is inlined into each caller, which passes constants for the tile's extents, so
 * that its sums live in registers and its inner loops unroll. */
#define SMI_TILE static inline __attribute__((always_inline))

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
