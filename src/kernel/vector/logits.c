/* logits[r][c] = bias[c] + Σ_f x[r][f] · weights[c][f], lanes along features: a tile of rows and
 * classes keeps one vector of partial sums for each pair, and adds its lanes up at the end. All
 * rows pass one tile of classes before the next, so that its weights stay in the first-level
 * cache. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

SMI_TILE void logits_tile(const smi_affine *const map, const void *const *const x, const bool bytes,
                          const size_t rows, const size_t first_class, const size_t classes,
                          float *const logits)
{
    const float *const weights = map->weights + first_class * map->stride;
    const size_t whole = map->features / SMI_LANES * SMI_LANES;
    smi_vector sums[SMI_TILE_ROWS][SMI_TILE_CLASSES];
    smi_vector values[SMI_TILE_ROWS];

#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++) {
#pragma GCC unroll 8
        for (size_t c = 0; c < classes; c++) {
            sums[r][c] = smi_splat(0.0F);
        }
    }
    for (size_t f = 0; f < whole; f += SMI_LANES) {
#pragma GCC unroll 8
        for (size_t r = 0; r < rows; r++) {
            values[r] = smi_load_x(x[r], f, bytes);
        }
#pragma GCC unroll 8
        for (size_t c = 0; c < classes; c++) {
            const smi_vector weight = smi_load_f32(weights + c * map->stride + f);
#pragma GCC unroll 8
            for (size_t r = 0; r < rows; r++) {
                sums[r][c] = smi_multiply_add(values[r], weight, sums[r][c]);
            }
        }
    }
    if (whole < map->features) {
        /* The weights are padded to whole vectors, x is not. */
        const size_t rest = map->features - whole;
#pragma GCC unroll 8
        for (size_t r = 0; r < rows; r++) {
            const smi_vector value = smi_load_some_x(x[r], whole, bytes, rest);
#pragma GCC unroll 8
            for (size_t c = 0; c < classes; c++) {
                const smi_vector weight = smi_load_f32(weights + c * map->stride + whole);
                sums[r][c] = smi_multiply_add(value, weight, sums[r][c]);
            }
        }
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++) {
        float totals[SMI_TILE_CLASSES];
        smi_add_lanes(sums[r], classes, totals);
#pragma GCC unroll 8
        for (size_t c = 0; c < classes; c++) {
            logits[r * map->classes + first_class + c] = map->bias[first_class + c] + totals[c];
        }
    }
}

SMI_TILE void logits_of_classes(const smi_affine *const map, const void *const *const x,
                                const bool bytes, const size_t rows, const size_t first_class,
                                const size_t classes, float *const logits)
{
    size_t r = 0;
    for (; r + SMI_TILE_ROWS <= rows; r += SMI_TILE_ROWS) {
        logits_tile(map, x + r, bytes, SMI_TILE_ROWS, first_class, classes,
                    logits + r * map->classes);
    }
    for (; r < rows; r++) {
        logits_tile(map, x + r, bytes, 1, first_class, classes, logits + r * map->classes);
    }
}

SMI_TILE void logits_of_block(const smi_affine *const map, const void *const *const x,
                              const bool bytes, const size_t rows, float *const logits)
{
    const size_t tiles = smi_class_tiles(map->classes);
    for (size_t tile = 0; tile < tiles; tile++) {
        const size_t first = smi_class_tile_begin(map->classes, tile);
        switch (smi_class_tile_begin(map->classes, tile + 1) - first) {
        case 1:
            logits_of_classes(map, x, bytes, rows, first, 1, logits);
            break;
        case 2:
            logits_of_classes(map, x, bytes, rows, first, 2, logits);
            break;
        case 3:
            logits_of_classes(map, x, bytes, rows, first, 3, logits);
            break;
        case 4:
            logits_of_classes(map, x, bytes, rows, first, 4, logits);
            break;
        default:
            logits_of_classes(map, x, bytes, rows, first, SMI_TILE_CLASSES, logits);
            break;
        }
    }
}

void SMI_FOR_ISA(smi_logits_u8)(const smi_affine *const map, const void *const *const x,
                                const size_t rows, float *const logits)
{
    logits_of_block(map, x, true, rows, logits);
}

void SMI_FOR_ISA(smi_logits_f32)(const smi_affine *const map, const void *const *const x,
                                 const size_t rows, float *const logits)
{
    logits_of_block(map, x, false, rows, logits);
}
