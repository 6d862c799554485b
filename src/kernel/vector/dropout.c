/* Dropout, two vectors of units for each vector of counters. The loops are plain; what makes them
 * quick is that the compiler turns the inner ones, of constant length, into vectors. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

enum { CHUNK = 2 * SMI_DROPOUT_APART };

/* factors: of CHUNK units. */
SMI_TILE void factors_of_chunk(const smi_dropout *const dropout, const uint32_t row,
                               const size_t chunk, float *const factors)
{
    const smi_dropout of = *dropout;
    const uint32_t first = (uint32_t)(chunk * SMI_DROPOUT_APART);
    for (uint32_t i = 0; i < SMI_DROPOUT_APART; i++) {
        const smi_two_words words = smi_threefry(of.key, (smi_two_words){{row, first + i}});
        factors[i] = words.word[0] < of.threshold ? 0.0F : of.scale;
        factors[SMI_DROPOUT_APART + i] = words.word[1] < of.threshold ? 0.0F : of.scale;
    }
}

SMI_TILE void multiply(float *const values, const float *const factors, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i] *= factors[i];
    }
}

void SMI_FOR_ISA(smi_dropout)(const smi_dropout *const dropout, const size_t first_row,
                              const size_t rows, const size_t units, float *const values,
                              float *const derivatives)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t u = 0; u < units; u += CHUNK) {
            const size_t at = r * units + u;
            const size_t count = units - u < CHUNK ? units - u : CHUNK;
            float factors[CHUNK];
            factors_of_chunk(dropout, (uint32_t)(first_row + r), u / CHUNK, factors);
            multiply(values + at, factors, count);
            if (derivatives != NULL) {
                multiply(derivatives + at, factors, count);
            }
        }
    }
}
