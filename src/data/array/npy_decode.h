/* Some elements of an NPY array, in this machine's order of bytes, as other numbers. */
#ifndef SMI_DATA_ARRAY_NPY_DECODE_H
#define SMI_DATA_ARRAY_NPY_DECODE_H

#include "data/array/npy.h"

/* Elements that are decoded at a time. */
enum { SMI_NPY_TILE = 4096 };

/* Room for so many numbers as a file has them. */
typedef union smi_npy_tile {
    uint8_t bytes[8 * SMI_NPY_TILE];
    uint64_t numbers[SMI_NPY_TILE];
} smi_npy_tile;

/* Numbers of any kind as the nearest floats, infinite where there is none. */
void smi_npy_to_floats(const smi_npy *array, const smi_npy_tile *tile, size_t count, float *to);

/* Numbers that are whole and within 64 bits with a sign. Returns how many could be taken, before
 * the first that is not such a one. */
size_t smi_npy_to_integers(const smi_npy *array, const smi_npy_tile *tile, size_t count,
                           int64_t *to);

/* One number, for messages. */
double smi_npy_to_double(const smi_npy *array, const smi_npy_tile *tile, size_t index);

#endif
