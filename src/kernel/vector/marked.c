/* Rows of bytes with a mark for each group of features that is not all zero: pictures are blank in
 * large parts, and groups without a mark are passed over. A group is one vector. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* Rows whose logits are summed together: they share weights, and pass over what neither has. */
enum { PAIR = 2 };

static size_t groups_of(const size_t features)
{
    return (features + SMI_LANES - 1) / SMI_LANES;
}

size_t SMI_FOR_ISA(smi_mark)(const void *const x, const size_t features, uint64_t *const marks)
{
    const unsigned all = (unsigned)((1ULL << SMI_LANES) - 1ULL);
    const size_t groups = groups_of(features);
    size_t marked = 0;
    for (size_t g = 0; g < groups; g++) {
        const size_t f = g * SMI_LANES;
        const size_t rest = features - f;
        const smi_vector value =
            rest < SMI_LANES ? smi_load_some_x(x, f, true, rest) : smi_load_x(x, f, true);
        const uint64_t mark = smi_equal(value, smi_splat(0.0F)) != all;
        marks[g / 64] = (g % 64 == 0 ? 0 : marks[g / 64]) | mark << g % 64;
        marked += mark;
    }
    return marked;
}

/* ---- logits ---- */

SMI_TILE void add_group(const smi_affine *const map, const void *const *const x, const size_t rows,
                        const size_t feature, const size_t rest, const size_t first_class,
                        const size_t classes, smi_vector sums[PAIR][SMI_MARKED_CLASSES])
{
    const float *const weights = map->weights + first_class * map->stride + feature;
    smi_vector values[PAIR];
#pragma GCC unroll 2
    for (size_t r = 0; r < rows; r++) {
        values[r] = rest == 0 ? smi_load_x(x[r], feature, true)
                              : smi_load_some_x(x[r], feature, true, rest);
    }
#pragma GCC unroll 16
    for (size_t c = 0; c < classes; c++) {
        const smi_vector weight = smi_load_f32(weights + c * map->stride);
#pragma GCC unroll 2
        for (size_t r = 0; r < rows; r++) {
            sums[r][c] = smi_multiply_add(values[r], weight, sums[r][c]);
        }
    }
}

SMI_TILE void logits_tile(const smi_affine *const map, const void *const *const x,
                          const uint64_t *const *const marks, const size_t rows,
                          const size_t first_class, const size_t classes, float *const logits)
{
    const size_t whole = map->features / SMI_LANES;
    const size_t rest = map->features % SMI_LANES;
    smi_vector sums[PAIR][SMI_MARKED_CLASSES];
#pragma GCC unroll 2
    for (size_t r = 0; r < rows; r++) {
#pragma GCC unroll 16
        for (size_t c = 0; c < classes; c++) {
            sums[r][c] = smi_splat(0.0F);
        }
    }
    for (size_t first = 0; first < whole; first += 64) {
        uint64_t left = marks[0][first / 64] | marks[rows - 1][first / 64];
        left &= whole - first < 64 ? (1ULL << (whole - first)) - 1 : ~0ULL;
        for (; left != 0; left &= left - 1) {
            const size_t group = first + (size_t)__builtin_ctzll(left);
            add_group(map, x, rows, group * SMI_LANES, 0, first_class, classes, sums);
        }
    }
    if (rest > 0) {
        add_group(map, x, rows, whole * SMI_LANES, rest, first_class, classes, sums);
    }
#pragma GCC unroll 2
    for (size_t r = 0; r < rows; r++) {
        float totals[SMI_MARKED_CLASSES];
        smi_add_lanes(sums[r], classes, totals);
#pragma GCC unroll 16
        for (size_t c = 0; c < classes; c++) {
            logits[r * map->classes + first_class + c] = map->bias[first_class + c] + totals[c];
        }
    }
}

SMI_TILE void logits_of_classes(const smi_affine *const map, const void *const *const x,
                                const uint64_t *const *const marks, const size_t rows,
                                const size_t first_class, const size_t classes, float *const logits)
{
    size_t r = 0;
    for (; r + PAIR <= rows; r += PAIR) {
        logits_tile(map, x + r, marks + r, PAIR, first_class, classes, logits + r * map->classes);
    }
    if (r < rows) {
        logits_tile(map, x + r, marks + r, 1, first_class, classes, logits + r * map->classes);
    }
}

/* ---- gradient ---- */

/* Hacker's Delight, 2nd edition, section 7-3: bit c of word r becomes bit r of word c. */
static void transpose(uint64_t words[64])
{
    uint64_t mask = 0x00000000ffffffffULL;
    for (size_t width = 32; width != 0; width /= 2, mask ^= mask << width) {
        for (size_t r = 0; r < 64; r = (r + width + 1) & ~width) {
            const uint64_t swapped = (words[r] >> width ^ words[r + width]) & mask;
            words[r] ^= swapped << width;
            words[r + width] ^= swapped;
        }
    }
}

/* One group of features; marked: a bit for each row of the block. */
SMI_TILE void gradient_tile(const smi_affine *const gradient, const void *const *const x,
                            uint64_t marked, const float *const delta, const size_t feature,
                            const size_t rest, const size_t first_class, const size_t classes)
{
    smi_vector sums[SMI_MARKED_CLASSES];
#pragma GCC unroll 16
    for (size_t c = 0; c < classes; c++) {
        sums[c] = smi_splat(0.0F);
    }
    for (; marked != 0; marked &= marked - 1) {
        const size_t r = (size_t)__builtin_ctzll(marked);
        const float *const row_delta = delta + r * gradient->classes + first_class;
        const smi_vector value = rest == 0 ? smi_load_x(x[r], feature, true)
                                           : smi_load_some_x(x[r], feature, true, rest);
#pragma GCC unroll 16
        for (size_t c = 0; c < classes; c++) {
            sums[c] = smi_multiply_add(smi_splat(row_delta[c]), value, sums[c]);
        }
    }
    float *const weights = gradient->weights + first_class * gradient->stride + feature;
#pragma GCC unroll 16
    for (size_t c = 0; c < classes; c++) {
        float *const to = weights + c * gradient->stride;
        smi_store(to, smi_add(smi_load_f32(to), sums[c]));
    }
}

SMI_TILE void gradient_of_classes(const smi_affine *const gradient, const void *const *const x,
                                  const uint64_t *const columns, const size_t first_group,
                                  const float *const delta, const size_t first_class,
                                  const size_t classes)
{
    const size_t whole = gradient->features / SMI_LANES;
    const size_t rest = gradient->features % SMI_LANES;
    for (size_t i = 0; i < 64 && first_group + i < whole; i++) {
        gradient_tile(gradient, x, columns[i], delta, (first_group + i) * SMI_LANES, 0, first_class,
                      classes);
    }
    if (rest > 0 && whole >= first_group && whole < first_group + 64) {
        gradient_tile(gradient, x, columns[whole - first_group], delta, whole * SMI_LANES, rest,
                      first_class, classes);
    }
}

/* ---- all tiles ---- */

/* What a tile of classes is of: rows to logits, or 64 groups of features to a gradient. */
typedef struct marked_block {
    const smi_affine *map;
    const void *const *x;
    const uint64_t *const *marks; /* logits: of each row */
    const uint64_t *columns;      /* gradient: of each group, a bit a row */
    size_t first_group;           /* gradient: of the groups */
    size_t rows;
    float *logits;
    const float *delta; /* NULL: logits are wanted */
} marked_block;

SMI_TILE void run_tile(const marked_block *const block, const size_t first, const size_t classes)
{
    if (block->delta == NULL) {
        logits_of_classes(block->map, block->x, block->marks, block->rows, first, classes,
                          block->logits);
    } else {
        gradient_of_classes(block->map, block->x, block->columns, block->first_group, block->delta,
                            first, classes);
    }
}

/* Each number of classes has code of its own, in which the sums stay in registers. */
static void run_tiles(const marked_block *const block)
{
    const size_t classes = block->map->classes;
    const size_t tiles = (classes + SMI_MARKED_CLASSES - 1) / SMI_MARKED_CLASSES;
    for (size_t tile = 0; tile < tiles; tile++) {
        const size_t first = classes * tile / tiles;
        switch (classes * (tile + 1) / tiles - first) {
        case 1:
            run_tile(block, first, 1);
            break;
        case 2:
            run_tile(block, first, 2);
            break;
        case 3:
            run_tile(block, first, 3);
            break;
        case 4:
            run_tile(block, first, 4);
            break;
#if SMI_MARKED_CLASSES > 5
        case 5:
            run_tile(block, first, 5);
            break;
        case 6:
            run_tile(block, first, 6);
            break;
        case 7:
            run_tile(block, first, 7);
            break;
        case 8:
            run_tile(block, first, 8);
            break;
        case 9:
            run_tile(block, first, 9);
            break;
#endif
        default:
            run_tile(block, first, SMI_MARKED_CLASSES);
            break;
        }
    }
}

void SMI_FOR_ISA(smi_marked_logits)(const smi_affine *const map, const void *const *const x,
                                    const uint64_t *const *const marks, const size_t rows,
                                    float *const logits)
{
    marked_block block = {.map = map, .x = x, .marks = marks, .rows = rows};
    block.logits = logits;
    run_tiles(&block);
}

void SMI_FOR_ISA(smi_marked_gradient)(const smi_affine *const gradient, const void *const *const x,
                                      const uint64_t *const *const marks, const size_t rows,
                                      const float *const delta)
{
    uint64_t columns[64];
    for (size_t first = 0; first < groups_of(gradient->features); first += 64) {
        for (size_t r = 0; r < 64; r++) {
            columns[r] = r < rows ? marks[r][first / 64] : 0;
        }
        transpose(columns);
        const marked_block block = {.map = gradient,
                                    .x = x,
                                    .columns = columns,
                                    .first_group = first,
                                    .rows = rows,
                                    .delta = delta};
        run_tiles(&block);
    }
    smi_add_columns(gradient, rows, delta);
}
