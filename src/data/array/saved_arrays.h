/* Rows as the arrays that NPY and NPZ files hold of them: of each its type, its shape, and the
 * bytes that a block of rows adds to it. */
#ifndef SMI_DATA_ARRAY_SAVED_ARRAYS_H
#define SMI_DATA_ARRAY_SAVED_ARRAYS_H

#include <softmax.h>

#include "data/rows.h"

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
    size_t element_size;
    bool by_entries; /* extent[0] is how many entries the rows have, and known behind the last */
    /* What a block adds. NULL: the array is the same for all rows, and `fixed` is it. */
    sm_status (*add)(smi_saved_arrays *arrays, const smi_row_block *block, smi_take_bytes *take,
                     void *context);
    sm_status (*fixed)(const smi_saved_arrays *arrays, smi_take_bytes *take, void *context);
} smi_saved_array;

struct smi_saved_arrays {
    const sm_rows *rows;
    smi_saved_array list[SMI_MOST_SAVED_ARRAYS];
    size_t count;
    uint64_t entries;       /* of sparse rows that have been added to indptr */
    bool started;           /* the 0 that indptr begins with is there */
    bool integers;          /* the names of the classes are; */
    int64_t *values;        /* they are these, of each class, */
    char description[24];   /* or else texts of this type, */
    size_t name_characters; /* so many characters each */
    uint32_t *points;       /* room for one */
};

/* What is saved of rows: x, or what SciPy saves of sparse ones, and y unless there are no labels.
 * Fails for what arrays do not hold: soft targets and weights. To be freed also after failure; the
 * rows are borrowed. */
sm_status smi_saved_arrays_of(const sm_rows *rows, bool labels, smi_saved_arrays *arrays);
void smi_saved_arrays_free(smi_saved_arrays *arrays);

/* How many bytes the array has, its elements multiplied up; fails when memory cannot address them.
 */
sm_status smi_saved_array_bytes(const smi_saved_array *array, uint64_t *bytes);

#endif
