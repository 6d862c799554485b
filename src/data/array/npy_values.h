/* Elements of an NPY array as what a dataset is made of. All of these take every element there is,
 * and finish the source. */
#ifndef SMI_DATA_ARRAY_NPY_VALUES_H
#define SMI_DATA_ARRAY_NPY_VALUES_H

#include "data/array/npy.h"
#include "data/content.h"

/* Features: the first dimension is rows, the others are what makes up a row. */
typedef struct smi_npy_features {
    sm_element element; /* u8 stays u8, everything else becomes f32 */
    const void *x;      /* rows × features */
    void *memory;       /* what x lies in, made by smi_bytes(); NULL: in the content, as it is */
    size_t rows;
    size_t features;
    size_t height; /* of pictures: three dimensions, or four of which the last is 1; else 0 */
    size_t width;
} smi_npy_features;

/* Reads the header, and what it says of the features; x and memory stay NULL. The source is then at
 * the first element. */
sm_status smi_npy_begin_features(smi_array_source *source, smi_npy *array,
                                 smi_npy_features *features);

/* Behind that: whether they can be used where they lie. */
bool smi_npy_is_in_place(const smi_array_source *source, const smi_npy *array,
                         const smi_npy_features *features);

/* content: what the source's bytes lie in, and x may go on lying in. Fails on elements that no
 * finite float can hold. */
sm_status smi_npy_take_features(smi_array_source *source, const smi_content *content,
                                smi_npy_features *features);

/* Labels: one dimension, or a second one that is 1. */
typedef struct smi_npy_labels {
    int32_t *values; /* made by smi_array() */
    char **names;    /* of text: of the classes, ascending, which the values then are; else NULL */
    size_t classes;  /* of text */
} smi_npy_labels;

/* As many as there are rows: `features_name` has those. */
sm_status smi_npy_take_labels(smi_array_source *source, size_t rows, const char *features_name,
                              smi_npy_labels *labels);

/* Makes classes of labels that are numbers; texts, or none, stay. The labels are the caller's also
 * after failure. name: for messages. */
sm_status smi_npy_number_labels(const char *name, size_t rows, smi_npy_labels *labels);

void smi_npy_labels_free(const smi_npy_labels *labels);

/* Checks floats that lie in the content: `row_size` of them make up a row; 0: they are no rows. The
 * bytes pass through the source, which is finished. */
sm_status smi_npy_check_floats(smi_array_source *source, const smi_content *content,
                               const float *values, size_t count, size_t row_size);

/* Passes over the bytes that are left, which lie in the content and nobody has to look at but the
 * checksum. The source is finished. */
sm_status smi_npy_pass_bytes(smi_array_source *source, const smi_content *content);

/* Takes whole numbers, integers or floats, of least … most, as integers of `size` bytes, 4 or 8.
 * to: array->elements of those. */
sm_status smi_npy_take_integers(smi_array_source *source, const smi_npy *array, int64_t least,
                                int64_t most, size_t size, void *to);

/* The next `count` elements of those, of which `first` have been read. to: `count`. */
sm_status smi_npy_read_integers(smi_array_source *source, const smi_npy *array, size_t first,
                                size_t count, int64_t least, int64_t most, size_t size, void *to);

/* Reads the next `count` elements, of which `first` have been read, as floats. Fails on elements
 * that no finite float can hold; row_size of them make up a row, or 0, for the message. */
sm_status smi_npy_read_floats(smi_array_source *source, const smi_npy *array, size_t first,
                              size_t count, size_t row_size, float *to);

/* The same of all of them, whatever their order; the source is finished. */
sm_status smi_npy_take_floats(smi_array_source *source, const smi_npy *array, size_t row_size,
                              float *to);

/* Whether the elements that are left lie in memory, and as this machine has such ones. */
bool smi_npy_lies_ready(const smi_array_source *source, const smi_npy *array);

#endif
