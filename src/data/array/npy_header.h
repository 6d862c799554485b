/* How an NPY array that is written begins: a magic number, a version, and what it holds as the
 * text of a Python dictionary, padded to a multiple of 64 bytes. */
#ifndef SMI_DATA_ARRAY_NPY_HEADER_H
#define SMI_DATA_ARRAY_NPY_HEADER_H

#include <stddef.h>
#include <stdint.h>

/* Enough for four dimensions, and what bytes it comes to. */
enum { SMI_NPY_HEADER_SIZE = 256 };

/* Writes the header of a C-order array: description as NumPy spells types, "<f4"; dimensions: at
 * most four. Returns its size. */
size_t smi_npy_make_header(const char *description, const size_t *extent, size_t dimensions,
                           uint8_t header[SMI_NPY_HEADER_SIZE]);

#endif
