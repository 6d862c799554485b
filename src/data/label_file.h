/* Labels in a file of their own: IDX or NPY, which its first bytes tell. */
#ifndef SMI_DATA_LABEL_FILE_H
#define SMI_DATA_LABEL_FILE_H

#include "data/array/npy_values.h"

/* As many as there are rows: `features_name` has those. *labels is as smi_npy_take_labels() has it.
 */
sm_status smi_read_label_file(const char *path, size_t rows, const char *features_name,
                              smi_npy_labels *labels);

#endif
