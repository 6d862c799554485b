/* Which rows a split holds out. */
#ifndef SMI_DATA_SPLIT_H
#define SMI_DATA_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

/* Rows to be split, and the class of each. */
typedef struct smi_split_rows {
    size_t rows;
    size_t classes; /* looked at only to stratify */
    int32_t (*label)(const void *context, size_t row);
    const void *context;
} smi_split_rows;

/* marks: rows; true where a row is held out. Fails when the options do not fit the rows. */
sm_status smi_mark_held_out(const smi_split_rows *rows, const sm_split_options *options,
                            bool *marks);

#endif
