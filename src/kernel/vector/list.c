/* What is not zero in a row, as a list. Each vector is pressed to its front, so that nothing
 * depends on a guess which entries those are. */
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

SMI_TILE size_t list(const void *const x, const bool bytes, const size_t features,
                     uint32_t *const columns, float *const values)
{
    size_t count = 0;
    size_t f = 0;
    for (; f + SMI_LANES <= features; f += SMI_LANES) {
        count += smi_press(smi_load_x(x, f, bytes), f, columns + count, values + count);
    }
    for (; f < features; f++) {
        const float value = bytes ? (float)((const uint8_t *)x)[f] : ((const float *)x)[f];
        columns[count] = (uint32_t)f;
        values[count] = value;
        count += value != 0.0F;
    }
    return count;
}

size_t SMI_FOR_ISA(smi_list_u8)(const void *const x, const size_t features, uint32_t *const columns,
                                float *const values)
{
    return list(x, true, features, columns, values);
}

size_t SMI_FOR_ISA(smi_list_f32)(const void *const x, const size_t features,
                                 uint32_t *const columns, float *const values)
{
    return list(x, false, features, columns, values);
}
