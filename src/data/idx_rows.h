/* The rows of IDX files, passing. */
#ifndef SMI_DATA_IDX_ROWS_H
#define SMI_DATA_IDX_ROWS_H

#include <softmax.h>

#include "data/rows.h"
#include "data/stream.h"

/* Features are read whenever they pass, from the file or from a copy of what cannot be read again;
 * labels, of the file labels_path (NULL: none), at once. */
sm_status smi_idx_rows(smi_stream *stream, const char *labels_path, sm_rows **rows);

#endif
