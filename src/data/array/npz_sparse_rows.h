/* Compressed sparse rows as SciPy's save_npz() writes them, that cannot be used where they lie, for
 * they are compressed or of other types: made block by block whenever they pass. */
#ifndef SMI_DATA_ARRAY_NPZ_SPARSE_ROWS_H
#define SMI_DATA_ARRAY_NPZ_SPARSE_ROWS_H

#include "data/array/npy_values.h"
#include "data/array/npz_lists.h"
#include "data/rows.h"

/* The lists of the archive that the content is. Takes over the content and the labels, also on
 * failure. labels_name: for messages. What is wrong with entries comes out when they pass. */
sm_status smi_npz_sparse_rows(smi_content *content, const smi_npz_lists *lists,
                              const char *labels_name, const smi_npy_labels *labels,
                              sm_rows **rows);

#endif
