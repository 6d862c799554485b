/* What a column of numbers shows; of use also while it is not known whether it is one. */
#ifndef SMI_DATA_TABLE_NUMERIC_H
#define SMI_DATA_TABLE_NUMERIC_H

#include "data/table/feature.h"

/* A slot sums up distances from its first number, so that large numbers with small differences lose
 * nothing. */
struct smi_numeric_notes {
    uint64_t count; /* numbers */
    uint64_t zeros; /* of them */
    uint64_t missing;
    double origin;  /* what distances are taken from; of all rows: their mean */
    double sum;     /* of the distances; of all rows: 0 */
    double squares; /* of the distances */
};

static inline void smi_numeric_note(smi_numeric_notes *const notes, const float number)
{
    if (notes->count == 0) {
        notes->origin = (double)number;
    }
    const double distance = (double)number - notes->origin;
    notes->sum += distance;
    notes->squares += distance * distance;
    notes->zeros += number == 0.0F;
    notes->count++;
}

/* Notes the numbers of `count` columns that lie beside each other. x: rows × columns, `stride`
 * apart; NaN: missing. The notes are empty before, and as if each number had been noted by itself.
 */
void smi_numeric_note_rows(smi_numeric_notes *notes, const float *x, size_t rows, size_t stride,
                           size_t count);

/* Adds a piece's notes to those of all before it, and empties them. */
void smi_numeric_merge(smi_numeric_notes *all, smi_numeric_notes *notes);

/* Makes the feature numeric, as these notes of all rows say. */
sm_status smi_numeric_finish(smi_feature *feature, const smi_numeric_notes *all,
                             const smi_learnt *learnt);

#endif
