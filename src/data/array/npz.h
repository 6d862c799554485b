/* NPZ files: zip archives of NPY arrays, which NumPy, Keras and SciPy save data in. */
#ifndef SMI_DATA_ARRAY_NPZ_H
#define SMI_DATA_ARRAY_NPZ_H

#include <softmax.h>

#include "data/array/zip.h"
#include "data/opened.h"
#include "data/part.h"

/* Reads one part of an archive: train and test parts under names like Keras's x_train, y_train,
 * x_test, y_test; or one matrix x, or SciPy's compressed sparse rows, and the labels y. Nothing is
 * opened, with SM_OK, when the test part is asked for and there are no parts. */
sm_status smi_open_npz_file(smi_stream *stream, smi_part part, const sm_open_options *options,
                            smi_opened *opened);

/* The same of its content, which it takes over, also on failure. */
sm_status smi_npz_read(smi_content *content, smi_part part, const char *labels_path,
                       smi_opened *opened);

/* Whether there is a file of this kind at the path. */
bool smi_is_npz_file(const char *path);

#endif
