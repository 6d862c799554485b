/* LIBSVM files, also called SVMlight: a row a line, its label first, then the entries that are not
 * zero as index:value. */
#ifndef SMI_DATA_LIBSVM_H
#define SMI_DATA_LIBSVM_H

#include <softmax.h>

#include "data/rows.h"
#include "data/stream.h"

/* Reads all of the stream into a dataset of SM_CSR. */
sm_status smi_libsvm_read(smi_stream *stream, const sm_open_options *options, sm_dataset **dataset);

/* Goes through all of the stream to find out what its rows will be; they pass from the file, or
 * from a copy of what cannot be read again. Not for data that is to be like other data. */
sm_status smi_libsvm_rows(smi_stream *stream, const sm_open_options *options, sm_rows **rows);

/* Whether a file that begins with these bytes is one: its first row with entries looks so. */
bool smi_libsvm_looks_right(const uint8_t *bytes, size_t size);

#endif
