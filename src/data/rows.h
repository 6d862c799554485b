/* Rows that pass: what is written of data goes from its source to its file in blocks, so that never
 * more of it than a few blocks is in memory. A dataset's rows can pass, too. */
#ifndef SMI_DATA_ROWS_H
#define SMI_DATA_ROWS_H

#include <softmax.h>

#include "base/sparse_row.h"

/* Some rows, valid during the call that hands them out. */
typedef struct smi_row_block {
    size_t rows;              /* 1 or more */
    const void *x;            /* rows × features; SM_CSR: the values of the entries */
    const uint32_t *columns;  /* SM_CSR: of the entries */
    const size_t *row_starts; /* SM_CSR: rows + 1: where in x each row's entries begin */
    const int32_t *labels;    /* NULL: none */
    const float *weights;     /* NULL: all 1 */
} smi_row_block;

/* Gets the rows, block by block in their order. What it fails with ends the pass, and is what the
 * pass returns. */
typedef sm_status smi_take_rows(void *context, const smi_row_block *block);

/* Where rows come from. */
typedef struct smi_row_source {
    /* All rows from the first on, as often as it is called. */
    sm_status (*pass)(void *source, smi_take_rows *take, void *context);
    void (*free)(void *source); /* NULL: there is nothing to free */
} smi_row_source;

/* A source fills this in when it has found out what its rows will be. */
struct sm_rows {
    sm_element element;
    sm_shape shape; /* what it points to is the source's */
    size_t rows;
    bool labelled;
    bool weighted;
    bool soft_targets;
    bool shows_width;  /* it is known that a row has no 0 in the last column */
    const char *name;  /* for messages; the source's */
    const char *notes; /* as sm_dataset_notes(); the source's; NULL: none */
    const smi_row_source *from;
    void *source;

    char **class_names; /* those that the user gave, where there are any */
};

/* The dataset's rows, in its order; the dataset is borrowed. Nothing has to be freed. */
sm_rows smi_rows_over(const sm_dataset *dataset);

/* The dataset's rows; takes over the dataset, also on failure. */
sm_status smi_rows_take(sm_dataset *dataset, sm_rows **rows);

/* A copy of what the source has filled in; takes over the source, also on failure. */
sm_status smi_rows_new(const sm_rows *filled, sm_rows **rows);

/* Hands out all rows. Fails when the source has come to another number of them than it said. */
sm_status smi_rows_pass(const sm_rows *rows, smi_take_rows *take, void *context);

/* The features of one row of a block, which are not sparse. */
static inline const void *smi_block_x(const sm_rows *const rows, const smi_row_block *const block,
                                      const size_t row)
{
    const size_t size = rows->element == SM_U8 ? 1 : sizeof(float);
    return (const char *)block->x + row * rows->shape.features * size;
}

/* The entries of one row of a block of SM_CSR. */
static inline smi_sparse_row smi_block_entries(const smi_row_block *const block, const size_t row)
{
    const size_t begin = block->row_starts[row];
    return (smi_sparse_row){.values = (const float *)block->x + begin,
                            .columns = block->columns + begin,
                            .count = block->row_starts[row + 1] - begin};
}

#endif
