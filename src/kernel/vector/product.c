/* c = a · b in tiles of c whose sums live in registers: six rows by a few vectors of columns, one
 * multiply-add for each with a value of a, spread over the lanes, and a vector of b.
 *
 *     for each block of columns of c
 *         for each part of the depth    panels of b, packed: they stay in the second-level cache
 *             for each six rows         their values of a stay in the first-level cache
 *                 for each panel        a tile of c
 *
 * A tile's sums begin with 0 and are added to what c holds, but for the first part of a product
 * that is not added. Values of a are read one by one, which packing would not make faster. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

enum {
    TILE_ROWS = 6,
    MOST_VECTORS = 4, /* of SMI_PRODUCT_VECTORS */
    MOST_PANELS = SMI_PRODUCT_COLUMNS / (SMI_LANES * SMI_PRODUCT_VECTORS),

    /* A vector of b that meets so few rows, or rows of b that lie so close, are read where they
     * are. Farther apart, they crowd each other out of a few sets of the caches. */
    DIRECT_ROWS = 128,
    DIRECT_STRIDE = 768,

    PREFETCHED = 8 /* rows of b, while packing */
};

/* Where part p of `parts`, as even as can be, begins. */
static inline size_t part_begin(const size_t total, const size_t parts, const size_t part)
{
    return total * part / parts;
}

static inline size_t parts_of(const size_t total, const size_t most)
{
    return (total + most - 1) / most;
}

/* ---- a tile ---- */

typedef struct tile {
    const float *a; /* element (r, k): a[r · a_row + k · a_step] */
    size_t a_row;
    size_t a_step;
    const float *b; /* whole vectors of row k: b + k · b_step */
    size_t b_step;
    size_t depth;
    float *c;
    size_t c_stride;
    size_t rest; /* columns of the last vector that c has; 0: all */
    bool add;
} tile;

/* rest: columns to store; 0: a whole vector. */
SMI_TILE void store(float *const to, const size_t rest, const smi_vector value)
{
    if (rest == 0) {
        smi_store(to, value);
    } else {
        smi_store_some(to, rest, value);
    }
}

SMI_TILE void store_sum(float *const to, const size_t rest, const smi_vector sum, const bool add)
{
    if (!add) {
        store(to, rest, sum);
    } else {
        const smi_vector before = rest == 0 ? smi_load_f32(to) : smi_load_some_f32(to, rest, 0.0F);
        store(to, rest, smi_add(before, sum));
    }
}

SMI_TILE void multiply_tile(const tile *const of, const size_t rows, const size_t vectors)
{
    smi_vector sums[TILE_ROWS][MOST_VECTORS];
    smi_vector values[MOST_VECTORS];
    const float *a = of->a;
    const float *b = of->b;
    const size_t a_row = of->a_row;

#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++) {
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            sums[r][v] = smi_splat(0.0F);
        }
    }
    for (size_t k = 0; k < of->depth; k++) {
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            values[v] = smi_load_f32(b + v * SMI_LANES);
        }
#pragma GCC unroll 8
        for (size_t r = 0; r < rows; r++) {
            const smi_vector factor = smi_splat(a[r * a_row]);
#pragma GCC unroll 8
            for (size_t v = 0; v < vectors; v++) {
                sums[r][v] = smi_multiply_add(factor, values[v], sums[r][v]);
            }
        }
        a += of->a_step;
        b += of->b_step;
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++) {
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            store_sum(of->c + r * of->c_stride + v * SMI_LANES, v + 1 < vectors ? 0 : of->rest,
                      sums[r][v], of->add);
        }
    }
}

SMI_TILE void multiply_rows(const tile *const of, const size_t rows, const size_t vectors)
{
    switch (rows) {
    case 1:
        multiply_tile(of, 1, vectors);
        break;
    case 2:
        multiply_tile(of, 2, vectors);
        break;
    case 3:
        multiply_tile(of, 3, vectors);
        break;
    case 4:
        multiply_tile(of, 4, vectors);
        break;
    case 5:
        multiply_tile(of, 5, vectors);
        break;
    default:
        multiply_tile(of, TILE_ROWS, vectors);
        break;
    }
}

static void multiply(const tile *const of, const size_t rows, const size_t vectors)
{
    if (vectors == 1) {
        multiply_rows(of, rows, 1);
    } else if (vectors == 2) {
        multiply_rows(of, rows, 2);
    } else if (vectors == 3 && SMI_PRODUCT_VECTORS >= 3) {
        multiply_rows(of, rows, 3);
    } else if (SMI_PRODUCT_VECTORS >= 4) {
        multiply_rows(of, rows, MOST_VECTORS);
    }
}

/* ---- packing ---- */

/* Lines of `depth` values that are to lie side by side: to[k · width + i], for line i, becomes
 * from[i · line_stride + k · step]. */
typedef struct lines {
    const float *from;
    size_t line_stride;
    size_t step;
    size_t count;
    size_t depth;
} lines;

static void pack_one_by_one(const lines *const of, float *const to, const size_t width)
{
    for (size_t k = 0; k < of->depth; k++) {
        for (size_t i = 0; i < of->count; i++) {
            to[k * width + i] = of->from[i * of->line_stride + k * of->step];
        }
    }
}

/* For step = 1 and at least four lines of four values. The last four of either overlap those before
 * if need be. */
static void pack_transposed(const lines *const of, float *const to, const size_t width)
{
    for (size_t i = 0; i < of->count; i += 4) {
        const size_t line = i + 4 <= of->count ? i : of->count - 4;
        const float *const from = of->from + line * of->line_stride;
        for (size_t k = 0; k + 4 <= of->depth; k += 4) {
            smi_transpose_four(from + k, of->line_stride, to + k * width + line, width);
        }
        const size_t last = of->depth - 4;
        smi_transpose_four(from + last, of->line_stride, to + last * width + line, width);
    }
}

/* For line_stride = 1. */
static void pack_copied(const lines *const of, float *const to, const size_t width)
{
    const size_t whole = of->count / SMI_LANES * SMI_LANES;
    const size_t rest = of->count - whole;
    for (size_t k = 0; k < of->depth; k++) {
        const float *const from = of->from + k * of->step;
        float *const line = to + k * width;
        for (size_t i = 0; i < whole; i += SMI_LANES) {
            __builtin_prefetch(from + PREFETCHED * of->step + i);
            smi_store(line + i, smi_load_f32(from + i));
        }
        if (rest != 0) {
            const smi_vector last = smi_load_some_f32(from + whole, rest, 0.0F);
            store(line + whole, whole + SMI_LANES <= width ? 0 : rest, last);
        }
    }
}

/* to: depth × width; what is beyond the lines becomes 0. */
static void pack(const lines *const of, float *const to, const size_t width)
{
    if (of->line_stride == 1) {
        pack_copied(of, to, width);
        return;
    }
    if (of->step == 1 && of->count >= 4 && of->depth >= 4) {
        pack_transposed(of, to, width);
    } else {
        pack_one_by_one(of, to, width);
    }
    for (size_t k = 0; k < of->depth && of->count < width; k++) {
        for (size_t i = of->count; i < width; i++) {
            to[k * width + i] = 0.0F;
        }
    }
}

/* ---- a block ---- */

/* A few whole vectors of columns of b. */
typedef struct panel {
    const float *values;
    size_t step; /* from one row to the next */
    size_t first_column;
    size_t vectors;
    size_t rest; /* columns of the last vector that there are; 0: all */
} panel;

/* A part of the depth, for a block of columns. */
typedef struct block {
    const smi_product *product;
    size_t first_k;
    size_t depth;
    panel panels[MOST_PANELS];
    size_t panel_count;
    bool add;
} block;

static bool is_direct(const smi_product *const of)
{
    return of->b.column_stride == 1 &&
           (of->rows <= DIRECT_ROWS || of->b.row_stride <= DIRECT_STRIDE);
}

/* The panels of vectors first … end − 1 of columns. packed: whole vectors × depth */
static void make_panels(block *const of, const size_t first, const size_t end, float *packed)
{
    const smi_product *const product = of->product;
    const smi_matrix *const b = &product->b;
    const bool direct = is_direct(product);
    of->panel_count = parts_of(end - first, SMI_PRODUCT_VECTORS);
    for (size_t p = 0; p < of->panel_count; p++) {
        const size_t begin = first + part_begin(end - first, of->panel_count, p);
        const size_t vectors = first + part_begin(end - first, of->panel_count, p + 1) - begin;
        const size_t width = vectors * SMI_LANES;
        const size_t column = begin * SMI_LANES;
        const size_t left = product->columns - column;
        const float *const from =
            b->values + of->first_k * b->row_stride + column * b->column_stride;
        panel *const made = &of->panels[p];
        *made = (panel){.values = from,
                        .step = b->row_stride,
                        .first_column = column,
                        .vectors = vectors,
                        .rest = left < width ? left % SMI_LANES : 0};
        if (!direct || made->rest != 0) {
            const lines columns = {.from = from,
                                   .line_stride = b->column_stride,
                                   .step = b->row_stride,
                                   .count = left < width ? left : width,
                                   .depth = of->depth};
            pack(&columns, packed, width);
            made->values = packed;
            made->step = width;
            packed += width * of->depth;
        }
    }
}

/* Rows first … first + rows − 1 of c, for all panels. */
static void multiply_panels(const block *const of, const size_t first, const size_t rows)
{
    const smi_product *const product = of->product;
    const smi_matrix *const a = &product->a;
    tile next = {.a = a->values + first * a->row_stride + of->first_k * a->column_stride,
                 .a_row = a->row_stride,
                 .a_step = a->column_stride,
                 .depth = of->depth,
                 .c_stride = product->c_stride,
                 .add = of->add};
    for (size_t p = 0; p < of->panel_count; p++) {
        const panel *const columns = &of->panels[p];
        next.b = columns->values;
        next.b_step = columns->step;
        next.c = product->c + first * product->c_stride + columns->first_column;
        next.rest = columns->rest;
        multiply(&next, rows, columns->vectors);
    }
}

/* Vectors first … end − 1 of columns. */
static void multiply_block(const smi_product *const product, const size_t first, const size_t end,
                           float *const scratch)
{
    const size_t parts = product->depth == 0 ? 1 : parts_of(product->depth, SMI_PRODUCT_DEPTH);
    const size_t tiles = parts_of(product->rows, TILE_ROWS);
    block now = {.product = product};
    for (size_t part = 0; part < parts; part++) {
        now.first_k = part_begin(product->depth, parts, part);
        now.depth = part_begin(product->depth, parts, part + 1) - now.first_k;
        now.add = product->add || part > 0;
        make_panels(&now, first, end, scratch);
        for (size_t t = 0; t < tiles; t++) {
            const size_t row = part_begin(product->rows, tiles, t);
            multiply_panels(&now, row, part_begin(product->rows, tiles, t + 1) - row);
        }
    }
}

void SMI_FOR_ISA(smi_product_blocked)(const smi_product *const product, void *const scratch)
{
    const size_t vectors = parts_of(product->columns, SMI_LANES);
    const size_t blocks = parts_of(vectors, SMI_PRODUCT_COLUMNS / SMI_LANES);
    for (size_t b = 0; b < blocks; b++) {
        multiply_block(product, part_begin(vectors, blocks, b), part_begin(vectors, blocks, b + 1),
                       scratch);
    }
}
