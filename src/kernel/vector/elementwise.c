/* What a layer does number by number besides its activation: each is bound by loads and stores. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* Columns whose sums are in registers while all rows pass: enough vectors that their additions do
 * not wait for each other, and whole cache lines of each row. */
enum { SUM_VECTORS = 8 };

void SMI_FOR_ISA(smi_add_bias)(const float *const bias, const size_t units, const size_t rows,
                               float *const z, const size_t stride)
{
    const size_t whole = units / SMI_LANES * SMI_LANES;
    const size_t rest = units - whole;
    const smi_vector last = smi_load_some_f32(bias + whole, rest, 0.0F);
    for (size_t r = 0; r < rows; r++) {
        float *const row = z + r * stride;
        for (size_t u = 0; u < whole; u += SMI_LANES) {
            smi_store(row + u, smi_add(smi_load_f32(row + u), smi_load_f32(bias + u)));
        }
        if (rest > 0) {
            const smi_vector some = smi_load_some_f32(row + whole, rest, 0.0F);
            smi_store_some(row + whole, rest, smi_add(some, last));
        }
    }
}

SMI_TILE void sum_tile(const float *const delta, const size_t rows, const size_t units,
                       const size_t vectors, float *const sums)
{
    smi_vector sum[SUM_VECTORS];
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        sum[v] = smi_load_f32(sums + v * SMI_LANES);
    }
    for (size_t r = 0; r < rows; r++) {
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            sum[v] = smi_add(sum[v], smi_load_f32(delta + r * units + v * SMI_LANES));
        }
    }
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        smi_store(sums + v * SMI_LANES, sum[v]);
    }
}

/* The columns beyond the last whole vector: fewer than a vector has. */
static void sum_rest(const float *const delta, const size_t rows, const size_t units,
                     const size_t rest, float *const sums)
{
    smi_vector sum = smi_load_some_f32(sums, rest, 0.0F);
    for (size_t r = 0; r < rows; r++) {
        sum = smi_add(sum, smi_load_some_f32(delta + r * units, rest, 0.0F));
    }
    smi_store_some(sums, rest, sum);
}

void SMI_FOR_ISA(smi_column_sums)(const float *const delta, const size_t rows, const size_t units,
                                  float *const sums)
{
    enum { TILE = SUM_VECTORS * SMI_LANES };
    size_t u = 0;
    for (; u + TILE <= units; u += TILE) {
        sum_tile(delta + u, rows, units, SUM_VECTORS, sums + u);
    }
    for (; u + SMI_LANES <= units; u += SMI_LANES) {
        sum_tile(delta + u, rows, units, 1, sums + u);
    }
    if (u < units) {
        sum_rest(delta + u, rows, units, units - u, sums + u);
    }
}

void SMI_FOR_ISA(smi_multiply_by)(const float *const factors, const size_t count,
                                  float *const values)
{
    size_t i = 0;
    for (; i + SMI_LANES <= count; i += SMI_LANES) {
        smi_store(values + i, smi_multiply(smi_load_f32(values + i), smi_load_f32(factors + i)));
    }
    for (; i < count; i++) {
        values[i] *= factors[i];
    }
}
