#include "data/array/npy_transposed.h"

#include <string.h>

#include "base/memory.h"
#include "data/array/npy_decode.h"

/* An array in Fortran order is not transposed if there is but one way to go. */
bool smi_npy_is_transposed(const smi_npy *const array)
{
    return array->fortran && array->dimensions > 1;
}

/* Elements that a column has one behind the other, of which there are `rows`, come in the order of
 * Fortran, too; in the order of rows the last index changes fastest. */
static size_t column_of(const smi_npy *const array, size_t index)
{
    size_t column = 0;
    size_t step = array->elements / array->extent[0];
    for (size_t d = 1; d < array->dimensions; d++) {
        step /= array->extent[d];
        column += index % array->extent[d] * step;
        index /= array->extent[d];
    }
    return column;
}

size_t smi_npy_place_of(const smi_npy *const array, const size_t index)
{
    const size_t rows = array->extent[0];
    return smi_npy_is_transposed(array)
               ? index % rows * (array->elements / rows) + column_of(array, index / rows)
               : index;
}

void smi_npy_scatter(const smi_npy *const array, const void *const from, const size_t first,
                     const size_t count, const size_t size, const size_t first_row, void *const to)
{
    const size_t rows = array->extent[0];
    const size_t row_size = array->elements / rows;
    for (size_t i = 0; i < count;) {
        const size_t column = column_of(array, (first + i) / rows);
        const size_t row = (first + i) % rows;
        const size_t run = smi_min_size(count - i, rows - row);
        for (size_t r = 0; r < run; r++) {
            const size_t place = (row - first_row + r) * row_size + column;
            memcpy((char *)to + place * size, (const char *)from + (i + r) * size, size);
        }
        i += run;
    }
}

/* ---- rows out of columns ---- */

/* What is shorter is not worth asking the system whether it has it. */
enum { FETCHED = 4096 };

/* The rows' elements of one column, of which the first is element `index` of the array. */
static sm_status gather_column(smi_array_source *const source, const smi_npy *const array,
                               const smi_npy_features *const features, const size_t index,
                               const size_t count, const size_t first_row, void *const to)
{
    float values[SMI_NPY_TILE];
    sm_status status = SM_OK;
    if (features->element == SM_U8) {
        smi_npy_scatter(array, source->at, index, count, 1, first_row, to);
        return SM_OK;
    }
    for (size_t done = 0, some = 0; done < count && status == SM_OK; done += some) {
        some = smi_min_size(SMI_NPY_TILE, count - done);
        status = smi_npy_read_floats(source, array, index + done, some, features->features, values);
        if (status == SM_OK) {
            smi_npy_scatter(array, values, index + done, some, sizeof *values, first_row, to);
        }
    }
    return status;
}

sm_status smi_npy_gather(const smi_array_source *const source, const smi_npy *const array,
                         const smi_content *const content, const smi_npy_features *const features,
                         const size_t first, const size_t count, void *const to)
{
    const size_t bytes = count * array->size;
    sm_status status = SM_OK;
    for (size_t column = 0; column < features->features && status == SM_OK; column++) {
        const size_t index = column * features->rows + first;
        smi_array_source run =
            smi_array_source_over(source->name, source->at + index * array->size, bytes);
        if (bytes >= FETCHED) {
            smi_content_fetch(content, run.at, 0, bytes);
        }
        status = gather_column(&run, array, features, index, count, first, to);
    }
    return status;
}
