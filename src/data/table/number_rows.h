/* The rows of a table that holds nothing but numbers, kept while they are learnt from. The profile
 * has read all that the data will be made of then, so that the text need not be gone through again.
 *
 * It is a bet that costs little: rows are kept until the first cell of a feature that is neither a
 * number nor missing, and as long as they take no more memory than the data will in the end, be it
 * dense or sparse. Then all of them are let go, and the table is read twice, as others are. */
#ifndef SMI_DATA_TABLE_NUMBER_ROWS_H
#define SMI_DATA_TABLE_NUMBER_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/growing.h"
#include "data/table/columns.h"
#include "data/table/encoded_rows.h"
#include "data/table/numeric.h"
#include "data/table/vocabulary.h"

/* The rows of one piece; begins as all zero. */
typedef struct smi_number_piece {
    bool kept; /* nothing but numbers so far; set anew for each piece */
    smi_numeric_notes
        *notes;         /* by feature: what its cells have shown, where no one else notes it */
    const char **begin; /* by feature: the text of a cell */
    const char **end;
    float *x;         /* rows × features; NaN: no value */
    uint32_t *labels; /* numbers in the piece's own vocabulary */
    float *weights;
    size_t rows;
    size_t room; /* for rows */
} smi_number_piece;

/* Those of all pieces before; begins as all zero. */
typedef struct smi_number_rows {
    const struct smi_kernels *kernels;
    bool kept;            /* false: there are none any more */
    bool only_noted;      /* there never are, but pieces note their numbers as if they were kept */
    size_t longest;       /* the most numbers of a piece */
    smi_growing x;        /* float, as those of pieces; a piece's rows lie in one block */
    smi_growing labels;   /* int32_t: numbers in `words` */
    smi_growing weights;  /* float */
    smi_vocabulary words; /* labels, in the order in which they came */
    uint64_t entries;     /* of x that are not 0 */
    uint64_t missing;     /* of x that have no value */
} smi_number_rows;

/* Begins to keep rows where the features may all be numbers; only_noted: to do as if. Fails as
 * smi_kernels_choose() does. */
sm_status smi_number_rows_begin(smi_number_rows *rows, const smi_table *table, bool only_noted);

/* What a piece needs; false when there is not the memory. */
bool smi_number_piece_make(smi_number_piece *piece, const smi_schema *schema);
void smi_number_piece_free(smi_number_piece *piece);

/* Keeps a row of a piece that is `kept`. label: its number in the piece's vocabulary. Returns how
 * many features have a number, or nothing, in it. With fewer than all, the piece is no longer kept,
 * and the row has to be learnt from by the others. */
size_t smi_number_piece_add(smi_number_piece *piece, const smi_number_rows *rows,
                            const smi_table *table, const smi_cell *cells, uint32_t label);

/* Notes what the rows have shown, and the first features of the row that was not kept. */
void smi_number_piece_note(smi_number_piece *piece, const smi_schema *schema, size_t features);

/* Makes room for one more row; false when there is not the memory. */
bool smi_number_piece_reserve(smi_number_piece *piece, const smi_table *table);

/* Adds the rows of a piece whose notes are still its own, and whose labels these are, or lets all
 * rows go. The piece has no rows then. */
sm_status smi_number_rows_merge(smi_number_rows *rows, smi_number_piece *piece,
                                const smi_table *table, const smi_vocabulary *labels);

/* Has memory ready for the next `pieces` pieces, while rows are added to these. */
void smi_number_rows_prepare(const smi_number_rows *rows, size_t pieces);

/* Makes data of the rows, which are `kept`; they are not any more, also on failure. classes: what
 * labels are found among. */
sm_status smi_number_rows_place(smi_number_rows *rows, const smi_table *table,
                                const smi_vocabulary *classes, smi_encoded_rows *encoded);

void smi_number_rows_free(smi_number_rows *rows);

#endif
