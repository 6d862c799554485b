/* IDX files, as MNIST came in: 00 00, element type, number of dimensions, the dimensions as u32,
 * then the elements in C order; all big-endian. */
#ifndef SMI_DATA_IDX_H
#define SMI_DATA_IDX_H

#include <softmax.h>

#include "data/stream.h"

typedef struct smi_idx_features {
    sm_element element; /* u8 stays u8, everything else becomes f32 */
    void *x;            /* rows × features, made by smi_array() or smi_bytes() */
    size_t rows;
    size_t features;
    size_t height; /* of pictures: files of three dimensions; else 0 */
    size_t width;
} smi_idx_features;

/* Two or more dimensions: rows, then what makes up a row. Fails unless the file ends where its
 * header says; on elements that no finite float can hold. */
sm_status smi_idx_read_features(smi_stream *stream, smi_idx_features *features);

/* One dimension of u8, i8, i16 or i32. *rows is their number as the header gives it, before any is
 * read; when that is not `wanted`, none is, and *labels is NULL. Else it is made by smi_array(). */
sm_status smi_idx_read_labels(smi_stream *stream, size_t wanted, int32_t **labels, size_t *rows);

#endif
