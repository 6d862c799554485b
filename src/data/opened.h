/* What opening data comes to: rows that are held, or rows that pass. */
#ifndef SMI_DATA_OPENED_H
#define SMI_DATA_OPENED_H

#include <stdbool.h>

#include "data/rows.h"

/* Begins as {.passing = …}; neither rows nor dataset: there is no such part of the data. */
typedef struct smi_opened {
    bool passing;        /* rows are to pass, where data of their kind can; */
    sm_rows *rows;       /* these then do, */
    sm_dataset *dataset; /* or else these are held */
} smi_opened;

#endif
