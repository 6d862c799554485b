/* What a column of categories shows; of use also while it is not known whether it is one. */
#ifndef SMI_DATA_TABLE_CATEGORICAL_H
#define SMI_DATA_TABLE_CATEGORICAL_H

#include "data/table/feature.h"
#include "data/table/vocabulary.h"

/* The most categories of a column. */
enum { SMI_MOST_CATEGORIES = 1000000 };

typedef struct smi_categorical_notes {
    smi_vocabulary words;
    uint64_t cells; /* that have one */
    uint64_t missing;
} smi_categorical_notes;

/* False with a fault when there is not the memory. */
bool smi_categorical_note(smi_categorical_notes *notes, const smi_cell *cell, smi_csv_fault *fault);

/* Adds a piece's notes to those of all before it, and empties them. */
sm_status smi_categorical_merge(const smi_feature *feature, smi_categorical_notes *all,
                                smi_categorical_notes *notes, const smi_learnt *learnt);

/* Makes the feature categorical, as these notes of all rows say; takes their words. */
sm_status smi_categorical_finish(smi_feature *feature, smi_categorical_notes *all,
                                 const smi_learnt *learnt);

void smi_categorical_notes_clear(smi_categorical_notes *notes); /* and frees what they hold */

#endif
