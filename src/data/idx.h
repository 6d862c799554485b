/* IDX files, as MNIST came in: 00 00, element type, number of dimensions, the dimensions as u32,
 * then the elements in C order; all big-endian. */
#ifndef SMI_DATA_IDX_H
#define SMI_DATA_IDX_H

#include <softmax.h>

#include "data/stream.h"

enum { SMI_IDX_MAX_DIMENSIONS = 8 };

/* Element types, as byte 2 gives them. */
enum {
    SMI_IDX_U8 = 0x08,
    SMI_IDX_I8 = 0x09,
    SMI_IDX_I16 = 0x0b,
    SMI_IDX_I32 = 0x0c,
    SMI_IDX_F32 = 0x0d,
    SMI_IDX_F64 = 0x0e
};

typedef struct smi_idx_header {
    uint8_t type;        /* of the elements */
    size_t element_size; /* bytes */
    size_t dimensions;
    size_t extent[SMI_IDX_MAX_DIMENSIONS];
    size_t elements; /* the product of the extents */
} smi_idx_header;

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

/* The same step by step: the header, what it says (x: NULL), whether the `size` bytes that follow
 * are as many as it says, and elements first … first + count − 1, at `bytes`, as floats. Elements
 * of SM_U8 are as they are to be. name: for messages. */
sm_status smi_idx_begin_features(smi_stream *stream, smi_idx_header *header);
smi_idx_features smi_idx_shape(const smi_idx_header *header);
sm_status smi_idx_check_size(const smi_idx_header *header, const char *name, uint64_t size);
sm_status smi_idx_decode(const smi_idx_header *header, const char *name, const uint8_t *bytes,
                         size_t first, size_t count, float *to);

/* One dimension of u8, i8, i16 or i32. *rows is their number as the header gives it, before any is
 * read; when that is not `wanted`, none is, and *labels is NULL. Else it is made by smi_array(). */
sm_status smi_idx_read_labels(smi_stream *stream, size_t wanted, int32_t **labels, size_t *rows);

#endif
