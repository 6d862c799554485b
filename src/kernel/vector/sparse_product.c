/* Products with a matrix that is given as lists of entries of pairs of rows, lanes along columns.
 * Multiplying, two rows of c are finished in registers; spreading, two rows of b stay there while
 * they go to many rows of c. Either way b or c is meant to stay in the first-level cache, and the
 * other is passed over once. A pair, where it has both rows' entries, needs half the loads and
 * stores. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* Vectors of columns that are worked on at once. */
enum { TILE_VECTORS = 4 };

/* Pairs that will be needed so much later are asked for: they lie too far apart for processors to
 * guess. */
enum { PAIRS_AHEAD = 4 };

/* A pair of rows of the matrix that is passed over, b or c. */
typedef struct tile {
    size_t vectors;
    size_t rest; /* columns of the last vector that there are; 0: all */
    size_t rows; /* 2; of an odd last pair, 1 */
} tile;

/* The tile's vector v. */
SMI_TILE smi_vector load_vector(const tile of, const float *const row, const size_t v)
{
    const float *const from = row + v * SMI_LANES;
    return v + 1 == of.vectors && of.rest > 0 ? smi_load_some_f32(from, of.rest, 0.0F)
                                              : smi_load_f32(from);
}

SMI_TILE void store_vector(const tile of, float *const row, const size_t v, const smi_vector value)
{
    float *const to = row + v * SMI_LANES;
    if (v + 1 == of.vectors && of.rest > 0) {
        smi_store_some(to, of.rest, value);
    } else {
        smi_store(to, value);
    }
}

/* c: the pair's rows; b: from the tile's first column on. The list's own words are copied: beside
 * stores of vectors, which may be to anywhere, they would be fetched again for each entry. */
SMI_TILE void multiply_tile(const smi_sparse_product *const product, const tile of,
                            const smi_row_pair *const a, const float *const b, float *const c)
{
    const smi_row_pair entries = *a;
    const size_t stride = product->b_stride;
    smi_vector sums[2][TILE_VECTORS];
#pragma GCC unroll 2
    for (size_t r = 0; r < of.rows; r++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < of.vectors; v++) {
            sums[r][v] =
                product->add ? load_vector(of, c + r * product->c_stride, v) : smi_splat(0.0F);
        }
    }
    for (size_t i = 0; i < entries.count; i++) {
        const float *const row = b + entries.columns[i] * stride;
        const smi_vector first = smi_splat(entries.values[2 * i]);
        const smi_vector second = smi_splat(entries.values[2 * i + 1]);
#pragma GCC unroll 4
        for (size_t v = 0; v < of.vectors; v++) {
            const smi_vector value = smi_load_f32(row + v * SMI_LANES);
            sums[0][v] = smi_multiply_add(first, value, sums[0][v]);
            if (of.rows == 2) {
                sums[1][v] = smi_multiply_add(second, value, sums[1][v]);
            }
        }
    }
#pragma GCC unroll 2
    for (size_t r = 0; r < of.rows; r++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < of.vectors; v++) {
            store_vector(of, c + r * product->c_stride, v, sums[r][v]);
        }
    }
}

/* b: the pair's rows; c: from the tile's first column on. */
SMI_TILE void spread_tile(const smi_sparse_product *const product, const tile of,
                          const smi_row_pair *const a, const float *const b, float *const c)
{
    const smi_row_pair entries = *a;
    const size_t stride = product->c_stride;
    smi_vector values[2][TILE_VECTORS];
#pragma GCC unroll 2
    for (size_t r = 0; r < of.rows; r++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < of.vectors; v++) {
            values[r][v] = load_vector(of, b + r * product->b_stride, v);
        }
    }
    for (size_t i = 0; i < entries.count; i++) {
        float *const row = c + entries.columns[i] * stride;
        const smi_vector first = smi_splat(entries.values[2 * i]);
        const smi_vector second = smi_splat(entries.values[2 * i + 1]);
#pragma GCC unroll 4
        for (size_t v = 0; v < of.vectors; v++) {
            float *const to = row + v * SMI_LANES;
            smi_vector sum = smi_multiply_add(first, values[0][v], smi_load_f32(to));
            if (of.rows == 2) {
                sum = smi_multiply_add(second, values[1][v], sum);
            }
            smi_store(to, sum);
        }
    }
}

/* Asks for the rows of a later pair, to write to or to read. */
SMI_TILE void prefetch_pair(const float *const rows, const size_t stride, const size_t vectors,
                            const bool to_write)
{
#pragma GCC unroll 2
    for (size_t r = 0; r < 2; r++) {
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            const float *const line = rows + r * stride + v * SMI_LANES;
            if (to_write) {
                __builtin_prefetch(line, 1);
            } else {
                __builtin_prefetch(line);
            }
        }
    }
}

/* A tile of columns, from `column` on, of all pairs. */
SMI_TILE void work_on_tile(const smi_sparse_product *const product, const bool spreads,
                           const size_t vectors, const size_t column, const size_t rest)
{
    const size_t whole = product->rows / 2;
    tile of = {.vectors = vectors, .rest = rest, .rows = 2};
    const float *b = product->b + column;
    float *c = product->c + column;
    for (size_t p = 0; p < whole; p++) {
        const smi_row_pair *const a = &product->a[p];
        if (p + PAIRS_AHEAD < whole && (!spreads || a[PAIRS_AHEAD].count > 0)) {
            const size_t stride = spreads ? product->b_stride : product->c_stride;
            prefetch_pair((spreads ? b : c) + stride * 2 * PAIRS_AHEAD, stride, vectors, !spreads);
        }
        if (!spreads) {
            multiply_tile(product, of, a, b, c);
            c += 2 * product->c_stride;
        } else {
            if (a->count > 0) {
                spread_tile(product, of, a, b, c);
            }
            b += 2 * product->b_stride;
        }
    }
    if (product->rows % 2 != 0) {
        of.rows = 1;
        if (!spreads) {
            multiply_tile(product, of, &product->a[whole], b, c);
        } else {
            spread_tile(product, of, &product->a[whole], b, c);
        }
    }
}

/* All columns, a tile after the other. */
SMI_TILE void work_on_all(const smi_sparse_product *const of, const bool spreads)
{
    enum { TILE = TILE_VECTORS * SMI_LANES };
    size_t first = 0;
    for (; first + TILE <= of->columns; first += TILE) {
        work_on_tile(of, spreads, TILE_VECTORS, first, 0);
    }
    const size_t left = of->columns - first;
    const size_t rest = left % SMI_LANES;
    switch ((left + SMI_LANES - 1) / SMI_LANES) {
    case 1:
        work_on_tile(of, spreads, 1, first, rest);
        break;
    case 2:
        work_on_tile(of, spreads, 2, first, rest);
        break;
    case 3:
        work_on_tile(of, spreads, 3, first, rest);
        break;
    case 4:
        work_on_tile(of, spreads, TILE_VECTORS, first, rest);
        break;
    default:
        break;
    }
}

void SMI_FOR_ISA(smi_sparse_multiply)(const smi_sparse_product *const product)
{
    work_on_all(product, false);
}

void SMI_FOR_ISA(smi_sparse_spread)(const smi_sparse_product *const product)
{
    work_on_all(product, true);
}
