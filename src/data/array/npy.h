/* NPY files, as NumPy saves an array: a magic number, a version, a header in the form of a Python
 * dictionary, then the elements. */
#ifndef SMI_DATA_ARRAY_NPY_H
#define SMI_DATA_ARRAY_NPY_H

#include <softmax.h>

#include "data/array/array_source.h"

typedef enum smi_npy_kind {
    SMI_NPY_BOOL,
    SMI_NPY_UNSIGNED, /* of 1, 2, 4 or 8 bytes */
    SMI_NPY_SIGNED,   /* likewise */
    SMI_NPY_FLOAT,    /* of 2, 4 or 8 bytes */
    SMI_NPY_BYTES,    /* text of any length, padded with zeros: bytes, */
    SMI_NPY_UNICODE   /* or code points of 4 bytes */
} smi_npy_kind;

enum { SMI_NPY_DIMENSIONS = 8, SMI_NPY_LONGEST_HEADER = 10000 };

/* What a header says. */
typedef struct smi_npy {
    smi_npy_kind kind;
    size_t size;  /* bytes of an element */
    bool swapped; /* its bytes, or its code points', are the wrong way round for this machine */
    bool fortran; /* the first index is the one that changes fastest */
    size_t dimensions;
    size_t extent[SMI_NPY_DIMENSIONS];
    size_t elements; /* the product of the extents */
} smi_npy;

/* Whether a file that begins so is one. */
bool smi_npy_looks_right(const uint8_t *bytes, size_t size);

/* Reads the header, behind which the source then is. Fails unless exactly the elements are left. */
sm_status smi_npy_read_header(smi_array_source *source, smi_npy *array);

/* The bytes of `count` elements, the next ones, as this machine has them. to: aligned. */
sm_status smi_npy_read(smi_array_source *source, const smi_npy *array, size_t count, void *to);

static inline bool smi_npy_is_text(const smi_npy *const array)
{
    return array->kind == SMI_NPY_BYTES || array->kind == SMI_NPY_UNICODE;
}

#endif
