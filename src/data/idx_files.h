/* Which IDX files belong together, by MNIST's way of naming them. */
#ifndef SMI_DATA_IDX_FILES_H
#define SMI_DATA_IDX_FILES_H

#include <stdbool.h>

#include <softmax.h>

#include "data/opened.h"
#include "data/part.h"
#include "data/stream.h"

/* Whether a folder has one of MNIST's files of features. */
bool smi_is_idx_folder(const char *folder);

/* Opens one part of a folder with MNIST's four files: "train" and "t10k", each with
 * "-images-idx3-ubyte" (or "-features-idx2-…") and "-labels-idx1-…", raw or with ".gz". Says
 * which file is missing. */
sm_status smi_open_idx_folder(const char *folder, smi_part part, smi_opened *opened);

/* Reads an IDX file of features, with the labels of the file labels_path or, where that is NULL, of
 * one that lies beside it: the same name with "labels" for "images" or "features". Without such a
 * file the data has no labels. */
sm_status smi_open_idx_file(smi_stream *stream, const char *path, const char *labels_path,
                            smi_opened *opened);

#endif
