/* The dataset, as the rest of the library sees it: rows by pointer, classes by name. */
#ifndef SMI_DATA_DATASET_H
#define SMI_DATA_DATASET_H

#include <softmax.h>

#include "base/sparse_row.h"

typedef struct smi_content smi_content; /* data/content.h */

/* What several datasets may share: the arrays, and who frees them. */
typedef struct smi_storage smi_storage;

struct sm_dataset {
    smi_storage *storage;
    sm_element element;
    const void *x;            /* stored rows × features; SM_CSR: the values of the entries */
    size_t row_bytes;         /* from one stored row to the next; SM_CSR: 0 */
    const uint32_t *columns;  /* SM_CSR: of the entries */
    const size_t *row_starts; /* SM_CSR: stored rows + 1: where each row's entries begin */
    const int32_t *labels;    /* by stored row; NULL: none */
    const float *targets;     /* by stored row, × classes; NULL: none */
    const float *weights;     /* by stored row, > 0; NULL: all 1 */
    size_t rows;
    size_t *order;  /* row → stored row; NULL: the same */
    bool streamed;  /* it is read from a file anew in each pass: see data/streaming.h */
    sm_shape shape; /* its class_names are the storage's */
};

/* The most classes that labels may have. */
enum { SMI_MAX_CLASSES = SM_MOST_CLASSES };

/* Takes over x and labels (NULL: none), which smi_array() or smi_bytes() made, also on failure.
 * classes 0: the labels are arbitrary integers, whose distinct values, ascending, become the
 * classes; otherwise they are class indices below `classes`, not all of which need occur.
 * name: for messages. */
sm_status smi_dataset_take(const char *name, sm_element element, void *x, size_t rows,
                           size_t features, int32_t *labels, size_t classes, sm_dataset **dataset);

/* The arrays of compressed sparse rows, as sm_dataset_borrow_csr() describes them. */
typedef struct smi_csr {
    float *values;
    uint32_t *columns;
    size_t *row_starts;
} smi_csr;

void smi_csr_free(const smi_csr *x);

/* The same for compressed sparse rows, which are believed to be as they must. */
sm_status smi_dataset_take_csr(const char *name, const smi_csr *x, size_t rows, size_t features,
                               int32_t *labels, size_t classes, sm_dataset **dataset);

/* Give a dataset that shares its storage with no other what it is to keep; each is taken over,
 * made by smi_array() or smi_bytes(), and not given twice.
 *   weights  as sm_dataset_set_weights() has them; believed to be as they must
 *   scaling  shape.column_shift and behind it shape.column_scale: features of each
 *   columns  shape.columns
 *   missing  sm_dataset_missing(), for `count` features, and sm_dataset_left_out()
 *   notes    sm_dataset_notes(); NULL: none
 *   names    sm_dataset_row_name(), each made likewise */
void smi_dataset_keep_weights(sm_dataset *dataset, float *weights);
void smi_dataset_keep_scaling(sm_dataset *dataset, float *scaling);
void smi_dataset_keep_columns(sm_dataset *dataset, char *columns);
void smi_dataset_keep_missing(sm_dataset *dataset, size_t *missing, size_t count, size_t left_out);
void smi_dataset_keep_notes(sm_dataset *dataset, char *notes);
void smi_dataset_keep_row_names(sm_dataset *dataset, char **names);

/* Rows some of whose arrays are held in the content of a file. */
typedef struct smi_held_rows {
    sm_element element;
    const void *x; /* as in sm_dataset */
    const uint32_t *columns;
    const size_t *row_starts;
    size_t rows;
    size_t features;
    void *own[3];         /* those of the three that do not lie in the content, for smi_free() */
    smi_content *content; /* what the rest lies in */
} smi_held_rows;

/* Takes over the rows and the labels (NULL: none), also on failure. names NULL: as
 * smi_dataset_take() does with 0 classes; else the labels are indices of so many distinct `names`,
 * which are taken over as well. */
sm_status smi_dataset_take_held(const char *name, const smi_held_rows *held, int32_t *labels,
                                char **names, size_t classes, sm_dataset **dataset);

/* What some of the dataset's arrays lie in; NULL: none of them does. */
const smi_content *smi_dataset_content(const sm_dataset *dataset);

/* How many rows are stored, of which a part of the data has some. */
size_t smi_dataset_stored_rows(const sm_dataset *dataset);

/* Frees what smi_dataset_take_held() takes over. */
void smi_held_rows_free(const smi_held_rows *held);

/* The stored row that `row` stands for. */
static inline size_t smi_dataset_stored_row(const sm_dataset *const dataset, const size_t row)
{
    return dataset->order == NULL ? row : dataset->order[row];
}

/* A pointer to the features of a row. */
static inline const void *smi_dataset_x(const sm_dataset *const dataset, const size_t row)
{
    return (const char *)dataset->x + smi_dataset_stored_row(dataset, row) * dataset->row_bytes;
}

/* The entries of a row of SM_CSR. */
static inline smi_sparse_row smi_dataset_entries(const sm_dataset *const dataset, const size_t row)
{
    const size_t stored = smi_dataset_stored_row(dataset, row);
    const size_t begin = dataset->row_starts[stored];
    return (smi_sparse_row){.values = (const float *)dataset->x + begin,
                            .columns = dataset->columns + begin,
                            .count = dataset->row_starts[stored + 1] - begin};
}

/* Finds each of the dataset's classes among the model's `names`, and fails naming the first that
 * is not there. With targets both lists must be the same. map: the dataset's number of classes;
 * its class → the model's. */
sm_status smi_dataset_match_classes(const sm_dataset *dataset, const char *const *names,
                                    size_t count, int32_t *map);

/* Checks that the dataset can be used with a model of this many features, and, where
 * `needs_labels`, that it has labels. */
sm_status smi_dataset_check(const sm_dataset *dataset, size_t features, bool needs_labels);

/* Two parts: the rows that are not marked, and those that are; some are of either kind. */
sm_status smi_dataset_divide(const sm_dataset *dataset, const bool *marks, sm_dataset **unmarked,
                             sm_dataset **marked);

/* The part of the rows that `order` lists, sharing storage; NULL: all of a dataset that has no
 * order itself. Takes over `order`, which smi_array() made, also on failure. */
sm_status smi_dataset_part(const sm_dataset *dataset, size_t *order, size_t rows,
                           sm_dataset **part);

#endif
