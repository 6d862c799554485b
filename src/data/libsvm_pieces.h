/* A LIBSVM text gone through in pieces of whole lines, several at once on the threads of a pool. */
#ifndef SMI_DATA_LIBSVM_PIECES_H
#define SMI_DATA_LIBSVM_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/pool.h"

/* What is known of the indices in some lines. */
typedef struct smi_libsvm_indices {
    bool any;
    uint32_t largest;
    size_t largest_line; /* where it is first */
    size_t zero_line;    /* where an index 0 is first; 0: nowhere */
    bool shown;          /* an entry with the largest is not 0 */
} smi_libsvm_indices;

/* What one piece of the text holds. */
typedef struct smi_libsvm_piece {
    float *values;
    uint32_t *columns;  /* indices, as the file has them */
    size_t *row_starts; /* rows + 1 */
    int32_t *labels;
    size_t rows;
    bool changed; /* work() may set it: the text is not what it was before */

    size_t room; /* for all that a text of so many bytes can hold */
    size_t lines;
    smi_libsvm_indices indices; /* lines count from 1 in the piece */
    const char *wrong; /* the line that is, trimmed; NULL: none, and then it is the last one */
    const char *wrong_end;
    bool out_of_memory;
} smi_libsvm_piece;

/* A way through the text. Both functions of pieces may change what a piece holds. */
typedef struct smi_libsvm_pass {
    const char *file;                                                         /* for messages */
    sm_status (*read)(void *context, void *buffer, size_t size, size_t *got); /* as smi_pieces */
    void (*work)(void *context, smi_libsvm_piece *piece); /* on any thread; NULL: nothing is done */
    sm_status (*merge)(void *context, smi_libsvm_piece *piece); /* in the order of the text */
    void *context;
} smi_libsvm_pass;

/* *indices: what is known of them in the whole text. Fails with the first line that is wrong. */
sm_status smi_libsvm_run(const smi_libsvm_pass *pass, smi_pool *pool, smi_libsvm_indices *indices);

/* What the first column is called, and how many there are. */
typedef struct smi_libsvm_columns {
    uint32_t base;
    size_t width;
    bool drop; /* there are columns beyond the width, to be left out */
} smi_libsvm_columns;

/* What the indices mean, by the options. */
sm_status smi_libsvm_choose_columns(const char *file, const smi_libsvm_indices *indices,
                                    const sm_open_options *options, smi_libsvm_columns *columns);

#endif
