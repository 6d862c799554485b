/* For instruction sets that cannot press a vector to its front. */
#ifndef SMI_KERNEL_VECTOR_PRESS_H
#define SMI_KERNEL_VECTOR_PRESS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Writes the lanes that are not 0, and first + the number of the lane for each, one behind the
 * other; returns how many. There must be room for all lanes. */
static inline size_t smi_press(const smi_vector value, const size_t first, uint32_t *const columns,
                               float *const values)
{
    const unsigned all = (1U << SMI_LANES) - 1U;
    const unsigned zeros = smi_equal(value, smi_splat(0.0F));
    float lanes[SMI_LANES];
    size_t count = 0;
    smi_store(lanes, value);
    for (unsigned left = all & ~zeros; left != 0; left &= left - 1) {
        const size_t lane = (size_t)__builtin_ctz(left);
        columns[count] = (uint32_t)(first + lane);
        values[count] = lanes[lane];
        count++;
    }
    return count;
}

/* Of words, lane after lane: those of which the two bytes from bit `shift` on are not both 0.
 * Writes first + the number of the lane for each, and the bytes, scaled; returns how many. There
 * must be room for all lanes. */
static inline size_t smi_press_bytes(const float *const words, const unsigned shift,
                                     const size_t first, const float even_scale,
                                     const float odd_scale, uint32_t *const row_numbers,
                                     float *const values)
{
    uint32_t bits[SMI_LANES];
    size_t count = 0;
    memcpy(bits, words, sizeof bits);
    for (size_t lane = 0; lane < SMI_LANES; lane++) {
        const uint32_t both = bits[lane] >> shift & 0xffffU;
        row_numbers[count] = (uint32_t)(first + lane);
        values[2 * count] = (float)(int32_t)(both & 0xffU) * even_scale;
        values[2 * count + 1] = (float)(int32_t)(both >> 8) * odd_scale;
        count += both != 0;
    }
    return count;
}

#endif
