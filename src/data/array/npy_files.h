/* NPY files of features, and the files of labels that belong to them. */
#ifndef SMI_DATA_ARRAY_NPY_FILES_H
#define SMI_DATA_ARRAY_NPY_FILES_H

#include "data/array/npy_values.h"
#include "data/opened.h"

/* Reads a file of features. Its labels are in the file options->labels_path, or else in one that
 * lies beside it: y.npy beside x.npy or X.npy, y_train.npy beside x_train.npy, …, and NAME_labels
 * .npy beside any NAME.npy; without such a file the data has none. */
sm_status smi_open_npy_file(smi_stream *stream, const char *path, const sm_open_options *options,
                            smi_opened *opened);

/* Reads a file of labels, as smi_npy_take_labels() does. */
sm_status smi_npy_read_label_file(smi_stream *stream, size_t rows, const char *features_name,
                                  smi_npy_labels *labels);

/* Makes a dataset of features in the content, which it takes over, and of labels, which it takes
 * over as well; also on failure. labels_name: for messages. */
sm_status smi_npy_make_dataset(const char *labels_name, const smi_npy_features *features,
                               smi_content *content, const smi_npy_labels *labels,
                               sm_dataset **dataset);

#endif
