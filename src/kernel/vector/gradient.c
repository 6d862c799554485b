/* weights[c][f] += Σ_r delta[r][c] · x[r][f], lanes along features: a tile of classes and a strip
 * of features keeps its sums in registers while all rows of the block pass, and adds them to
 * memory once. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* One tile. rest: 0, or the number of features in the strip's only vector, which is the last. */
SMI_TILE void gradient_tile(const smi_affine *const gradient, const void *const *const x,
                            const bool bytes, const size_t rows, const float *const delta,
                            const size_t feature, const size_t vectors, const size_t rest,
                            const size_t first_class, const size_t classes)
{
    smi_vector sums[SMI_TILE_CLASSES][SMI_TILE_VECTORS];
    smi_vector values[SMI_TILE_VECTORS];

#pragma GCC unroll 8
    for (size_t c = 0; c < classes; c++) {
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            sums[c][v] = smi_splat(0.0F);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        const float *const row_delta = delta + r * gradient->classes + first_class;
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            values[v] = rest == 0 ? smi_load_x(x[r], feature + v * SMI_LANES, bytes)
                                  : smi_load_some_x(x[r], feature, bytes, rest);
        }
#pragma GCC unroll 8
        for (size_t c = 0; c < classes; c++) {
            const smi_vector factor = smi_splat(row_delta[c]);
#pragma GCC unroll 8
            for (size_t v = 0; v < vectors; v++) {
                sums[c][v] = smi_multiply_add(factor, values[v], sums[c][v]);
            }
        }
    }
#pragma GCC unroll 8
    for (size_t c = 0; c < classes; c++) {
        float *const weights = gradient->weights + (first_class + c) * gradient->stride + feature;
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            float *const to = weights + v * SMI_LANES;
            smi_store(to, smi_add(smi_load_f32(to), sums[c][v]));
        }
    }
}

SMI_TILE void gradient_strip(const smi_affine *const gradient, const void *const *const x,
                             const bool bytes, const size_t rows, const float *const delta,
                             const size_t feature, const size_t vectors, const size_t rest)
{
    const size_t tiles = smi_class_tiles(gradient->classes);
    for (size_t tile = 0; tile < tiles; tile++) {
        const size_t first = smi_class_tile_begin(gradient->classes, tile);
        switch (smi_class_tile_begin(gradient->classes, tile + 1) - first) {
        case 1:
            gradient_tile(gradient, x, bytes, rows, delta, feature, vectors, rest, first, 1);
            break;
        case 2:
            gradient_tile(gradient, x, bytes, rows, delta, feature, vectors, rest, first, 2);
            break;
        case 3:
            gradient_tile(gradient, x, bytes, rows, delta, feature, vectors, rest, first, 3);
            break;
        case 4:
            gradient_tile(gradient, x, bytes, rows, delta, feature, vectors, rest, first, 4);
            break;
        default:
            gradient_tile(gradient, x, bytes, rows, delta, feature, vectors, rest, first,
                          SMI_TILE_CLASSES);
            break;
        }
    }
}

SMI_TILE void gradient_of_block(const smi_affine *const gradient, const void *const *const x,
                                const bool bytes, const size_t rows, const float *const delta)
{
    const size_t features = gradient->features;
    const size_t strip = (size_t)SMI_TILE_VECTORS * SMI_LANES;
    size_t f = 0;
    for (; f + strip <= features; f += strip) {
        gradient_strip(gradient, x, bytes, rows, delta, f, SMI_TILE_VECTORS, 0);
    }
    for (; f + SMI_LANES <= features; f += SMI_LANES) {
        gradient_strip(gradient, x, bytes, rows, delta, f, 1, 0);
    }
    if (f < features) {
        gradient_strip(gradient, x, bytes, rows, delta, f, 1, features - f);
    }
    smi_add_columns(gradient, rows, delta);
}

void SMI_FOR_ISA(smi_gradient_u8)(const smi_affine *const gradient, const void *const *const x,
                                  const size_t rows, const float *const delta)
{
    gradient_of_block(gradient, x, true, rows, delta);
}

void SMI_FOR_ISA(smi_gradient_f32)(const smi_affine *const gradient, const void *const *const x,
                                   const size_t rows, const float *const delta)
{
    gradient_of_block(gradient, x, false, rows, delta);
}
