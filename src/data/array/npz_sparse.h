/* Compressed sparse rows as SciPy's save_npz() writes them, held, or used where they lie. */
#ifndef SMI_DATA_ARRAY_NPZ_SPARSE_H
#define SMI_DATA_ARRAY_NPZ_SPARSE_H

#include "data/array/npz_lists.h"
#include "data/dataset.h"

/* Reads the lists into *matrix, whose content the archive's is: what lies in it ready for use stays
 * there. Fails on what sm_dataset_borrow_csr() does. What *matrix owns is to be freed by
 * smi_held_rows_free() also after failure. */
sm_status smi_npz_read_sparse(const smi_zip *zip, const smi_npz_lists *lists,
                              smi_held_rows *matrix);

#endif
