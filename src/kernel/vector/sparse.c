/* Rows as lists of entries, lanes along classes: each entry meets one short row of weights.
 *
 * Compiled once for each width: SMI_WIDTH floats make a vector, and divide the map's stride. */
#include <string.h>

#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* So many vectors of classes are worked on at once, and each with so many sums side by side that
 * an addition need not wait for the one before. */
enum { TILE_VECTORS = 4, SUMS_OF_FEW = 4, SUMS_OF_MANY = 2 };

typedef float lanes __attribute__((vector_size(SMI_WIDTH * sizeof(float)), aligned(4), may_alias));
typedef int32_t lane_bits __attribute__((vector_size(SMI_WIDTH * sizeof(float))));

static inline lanes load(const float *const from)
{
    return *(const lanes *)from;
}

static inline void store(float *const to, const lanes value)
{
    *(lanes *)to = value;
}

/* value in every lane. */
static inline lanes splat(const float value)
{
    return value - (lanes){0.0F};
}

/* The first `count` lanes, none when it is negative; the others become 0. */
static inline lanes keep(const lanes values, const int32_t count)
{
    lane_bits lane;
    for (int i = 0; i < SMI_WIDTH; i++) {
        lane[i] = i;
    }
    return (lanes)((lane_bits)values & (lane < count));
}

/* Classes, up to the end of their last vector. A map may be some classes of a wider one: its stride
 * does not tell. */
static inline size_t whole_vectors(const size_t classes)
{
    return (classes + SMI_WIDTH - 1) / SMI_WIDTH * SMI_WIDTH;
}

/* Vectors of z or delta that reach beyond the array's end go through here. */
typedef struct edge {
    float values[TILE_VECTORS * SMI_WIDTH];
} edge;

/* One row's logits of `vectors` vectors of classes. z: where they go; room: floats from there to
 * the end of the array. What is written beyond the row's classes belongs to later rows, which
 * come later. */
SMI_TILE void logits_tile(const smi_affine *const map, const smi_sparse_row *const x,
                          const size_t first_class, const size_t vectors, const size_t side_by_side,
                          float *const z, const size_t room)
{
    const float *const weights = map->weights + first_class;
    const size_t stride = map->stride;
    const size_t whole = x->count / side_by_side * side_by_side;
    lanes sums[SUMS_OF_FEW][TILE_VECTORS];
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        sums[0][v] = load(map->bias + first_class + v * SMI_WIDTH);
#pragma GCC unroll 4
        for (size_t s = 1; s < side_by_side; s++) {
            sums[s][v] = splat(0.0F);
        }
    }
    for (size_t i = 0; i < whole; i += side_by_side) {
#pragma GCC unroll 4
        for (size_t s = 0; s < side_by_side; s++) {
            const float *const row = weights + x->columns[i + s] * stride;
            const lanes value = splat(x->values[i + s]);
#pragma GCC unroll 4
            for (size_t v = 0; v < vectors; v++) {
                sums[s][v] += value * load(row + v * SMI_WIDTH);
            }
        }
    }
    for (size_t i = whole; i < x->count; i++) {
        const float *const row = weights + x->columns[i] * stride;
        const lanes value = splat(x->values[i]);
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            sums[0][v] += value * load(row + v * SMI_WIDTH);
        }
    }
    edge last;
    float *const to = room >= vectors * SMI_WIDTH ? z : last.values;
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        lanes sum = sums[0][v] + sums[1][v];
        if (side_by_side == SUMS_OF_FEW) {
            sum += sums[2][v] + sums[3][v];
        }
        store(to + v * SMI_WIDTH, sum);
    }
    if (to != z) {
        memcpy(z, last.values, room * sizeof *z);
    }
}

static void logits_of_row(const smi_affine *const map, const smi_sparse_row *const x,
                          float *const z, const size_t room)
{
    enum { TILE = TILE_VECTORS * SMI_WIDTH };
    const size_t padded = whole_vectors(map->classes);
    size_t c = 0;
    for (; c + TILE <= padded; c += TILE) {
        logits_tile(map, x, c, TILE_VECTORS, SUMS_OF_MANY, z + c, room - c);
    }
    switch ((padded - c) / SMI_WIDTH) {
    case 1:
        logits_tile(map, x, c, 1, SUMS_OF_FEW, z + c, room - c);
        break;
    case 2:
        logits_tile(map, x, c, 2, SUMS_OF_FEW, z + c, room - c);
        break;
    case 3:
        logits_tile(map, x, c, 3, SUMS_OF_MANY, z + c, room - c);
        break;
    default:
        break;
    }
}

void SMI_FOR_WIDTH(smi_sparse_logits)(const smi_affine *const map, const smi_sparse_row *const x,
                                      const size_t rows, float *const logits)
{
    for (size_t r = 0; r < rows; r++) {
        logits_of_row(map, &x[r], logits + r * map->classes, (rows - r) * map->classes);
    }
}

/* Adds one row to the gradient of `vectors` vectors of classes. delta, room: as z above; count: how
 * many of its floats are this row's. */
SMI_TILE void gradient_tile(const smi_affine *const gradient, const smi_sparse_row *const x,
                            const size_t first_class, const size_t vectors,
                            const float *const delta, const size_t room, const size_t count)
{
    float *const weights = gradient->weights + first_class;
    float *const bias = gradient->bias + first_class;
    const size_t stride = gradient->stride;
    edge last = {{0.0F}};
    const float *from = delta;
    if (room < vectors * SMI_WIDTH) {
        memcpy(last.values, delta, room * sizeof *delta);
        from = last.values;
    }
    lanes deltas[TILE_VECTORS];
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        deltas[v] = load(from + v * SMI_WIDTH);
    }
    if (count < vectors * SMI_WIDTH) {
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            deltas[v] = keep(deltas[v], (int32_t)count - (int32_t)(v * SMI_WIDTH));
        }
    }
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        store(bias + v * SMI_WIDTH, load(bias + v * SMI_WIDTH) + deltas[v]);
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < x->count; i++) {
        float *const row = weights + x->columns[i] * stride;
        const lanes value = splat(x->values[i]);
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            float *const to = row + v * SMI_WIDTH;
            store(to, load(to) + value * deltas[v]);
        }
    }
}

static void gradient_of_row(const smi_affine *const gradient, const smi_sparse_row *const x,
                            const float *const delta, const size_t room)
{
    enum { TILE = TILE_VECTORS * SMI_WIDTH };
    const size_t classes = gradient->classes;
    const size_t padded = whole_vectors(classes);
    size_t c = 0;
    for (; c + TILE <= padded; c += TILE) {
        gradient_tile(gradient, x, c, TILE_VECTORS, delta + c, room - c, classes - c);
    }
    switch ((padded - c) / SMI_WIDTH) {
    case 1:
        gradient_tile(gradient, x, c, 1, delta + c, room - c, classes - c);
        break;
    case 2:
        gradient_tile(gradient, x, c, 2, delta + c, room - c, classes - c);
        break;
    case 3:
        gradient_tile(gradient, x, c, 3, delta + c, room - c, classes - c);
        break;
    default:
        break;
    }
}

void SMI_FOR_WIDTH(smi_sparse_gradient)(const smi_affine *const gradient,
                                        const smi_sparse_row *const x, const size_t rows,
                                        const float *const delta)
{
    for (size_t r = 0; r < rows; r++) {
        gradient_of_row(gradient, &x[r], delta + r * gradient->classes,
                        (rows - r) * gradient->classes);
    }
}
