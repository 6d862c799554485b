/* Compressed sparse rows as SciPy's save_npz() writes them: the arrays data, indices, indptr, shape
 * and format. */
#ifndef SMI_DATA_ARRAY_NPZ_SPARSE_H
#define SMI_DATA_ARRAY_NPZ_SPARSE_H

#include "data/array/zip.h"
#include "data/dataset.h"

/* Whether the archive has such arrays. */
bool smi_npz_is_sparse(const smi_zip *zip);

/* Reads them into *matrix, whose content the archive's is: arrays that lie in it ready for use stay
 * there. Fails on what sm_dataset_borrow_csr() does. What *matrix owns is to be freed by
 * smi_held_rows_free() also after failure. */
sm_status smi_npz_read_sparse(const smi_zip *zip, smi_held_rows *matrix);

#endif
