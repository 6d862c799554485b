/* Arrays in Fortran order: the first index changes fastest, so that a row's elements lie far apart
 * and the first row is complete only with the last of them. */
#ifndef SMI_DATA_ARRAY_NPY_TRANSPOSED_H
#define SMI_DATA_ARRAY_NPY_TRANSPOSED_H

#include "data/array/npy_values.h"

/* Whether elements come in another order than that of rows. */
bool smi_npy_is_transposed(const smi_npy *array);

/* Where the element that is `index`-th in the file is in the order of rows. */
size_t smi_npy_place_of(const smi_npy *array, size_t index);

/* Puts elements first … first + count − 1 of a transposed array, `size` bytes each, in their
 * places. to: rows from first_row on. */
void smi_npy_scatter(const smi_npy *array, const void *from, size_t first, size_t count,
                     size_t size, size_t first_row, void *to);

/* Gathers rows first … first + count − 1 of a transposed array whose first element is the source's
 * next, in memory: the content's, whose bytes are fetched for it. Fails on elements that no finite
 * float can hold. to: count × features, bytes or floats. */
sm_status smi_npy_gather(const smi_array_source *source, const smi_npy *array,
                         const smi_content *content, const smi_npy_features *features, size_t first,
                         size_t count, void *to);

#endif
