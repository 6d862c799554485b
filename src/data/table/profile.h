/* What a table shows when it is gone through as a whole: how many rows it has and where, the labels
 * that occur, and what the features have to learn. */
#ifndef SMI_DATA_TABLE_PROFILE_H
#define SMI_DATA_TABLE_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/table/columns.h"
#include "data/table/number_rows.h"
#include "data/table/vocabulary.h"
#include "sys/pool.h"

/* A piece of the text, by its first row. */
typedef struct smi_piece_rows {
    uint64_t offset; /* of the row, be it kept or not */
    size_t first;    /* the number of the first one that is kept */
} smi_piece_rows;

/* Begins as all zero, but for `passing`. */
typedef struct smi_profile {
    bool passing;   /* rows are not kept, as there may be more of them than there is memory */
    size_t rows;    /* that are kept */
    size_t dropped; /* for want of a value */
    smi_vocabulary labels;
    size_t unlabelled;      /* rows; of data that is not learnt from, where they may be */
    smi_piece_rows *pieces; /* piece_count, by offset */
    size_t piece_count;
    size_t piece_room;
    smi_number_rows numbers; /* the rows themselves, where they were nothing but numbers */
} smi_profile;

/* Goes through the table, and where it is to be learnt from, once more for columns whose kind is
 * known only then. The features have learnt then, and the schema is laid out. */
sm_status smi_profile_make(smi_table *table, smi_pool *pool, const sm_open_options *options,
                           smi_notes *notes, smi_profile *profile);

void smi_profile_free(smi_profile *profile);

#endif
