/* A dataset as the arrays that NPY and NPZ files hold of it: of each its type, its shape, and its
 * bytes, piece by piece. */
#ifndef SMI_DATA_ARRAY_SAVED_ARRAYS_H
#define SMI_DATA_ARRAY_SAVED_ARRAYS_H

#include <softmax.h>

enum { SMI_MOST_SAVED_ARRAYS = 6 };

typedef struct smi_saved_arrays smi_saved_arrays;

/* Receives the next bytes of an array. */
typedef sm_status smi_take_bytes(void *context, const void *bytes, size_t size);

/* One array. */
typedef struct smi_saved_array {
    const char *name;        /* without ".npy" */
    const char *description; /* as NumPy spells types */
    size_t extent[4];
    size_t dimensions;
    uint64_t bytes; /* in all */
    sm_status (*write)(const smi_saved_arrays *arrays, smi_take_bytes *take, void *context);
} smi_saved_array;

struct smi_saved_arrays {
    const sm_dataset *dataset;
    smi_saved_array list[SMI_MOST_SAVED_ARRAYS];
    size_t count;
    size_t entries;         /* of sparse rows */
    bool integers;          /* the names of the classes are; */
    int64_t *values;        /* they are these, of each class, */
    char description[24];   /* or else texts of this type, */
    size_t name_characters; /* so many characters each */
};

/* What is saved of the dataset: x, or what SciPy saves of sparse rows, and y unless the data has no
 * labels. Fails for what arrays do not hold: soft targets and weights. To be freed also after
 * failure; the dataset is borrowed. */
sm_status smi_saved_arrays_of(const sm_dataset *dataset, bool labels, smi_saved_arrays *arrays);
void smi_saved_arrays_free(smi_saved_arrays *arrays);

#endif
