/* The lists that SciPy saves of a matrix of compressed sparse rows, each a member of the archive:
 * the values and the columns of all entries, and where each row's begin. */
#ifndef SMI_DATA_ARRAY_NPZ_LISTS_H
#define SMI_DATA_ARRAY_NPZ_LISTS_H

#include "data/array/npy.h"
#include "data/array/zip.h"

typedef struct smi_npz_lists {
    smi_zip_member values;
    smi_zip_member columns;
    smi_zip_member row_starts;
    size_t rows;
    size_t features;
    size_t entries;
    bool in_place; /* all three lie in the archive as a dataset has them */
} smi_npz_lists;

/* Whether the members are there that make up such a matrix, or a sparse one of another kind. */
bool smi_npz_is_sparse(const smi_zip *zip);

/* Finds them, and fails unless they are all there and their sizes belong together. What is in the
 * lists is yet to be looked at. */
sm_status smi_npz_find_lists(const smi_zip *zip, smi_npz_lists *lists);

/* Opens a list that has been found to have `count` elements, and reads its header. */
sm_status smi_npz_open_list(const smi_zip *zip, const smi_zip_member *list, size_t count,
                            smi_array_source *source, smi_npy *array);

/* Whether the list's elements are floats, or integers of `size` bytes, that lie ready. */
bool smi_npz_list_has_floats(const smi_array_source *source, const smi_npy *array);
bool smi_npz_list_has_integers(const smi_array_source *source, const smi_npy *array, size_t size);

/* The answer to row starts that do not ascend from 0 to the number of entries. */
sm_status smi_npz_fail_row_starts(const smi_npz_lists *lists);

/* Fails unless the columns of a row are features, and ascend. */
sm_status smi_npz_check_row(const smi_npz_lists *lists, size_t row, const uint32_t *columns,
                            size_t count);

#endif
