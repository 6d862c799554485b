/* What the text of a cell means. */
#ifndef SMI_DATA_TABLE_CELL_H
#define SMI_DATA_TABLE_CELL_H

#include <stdbool.h>

#include "data/table/csv.h"

/* True when the cell holds no value: it is empty, or one of NA, N/A, n/a, #N/A, <NA>, NaN, nan,
 * null, NULL, None and ? without quotes. */
bool smi_cell_is_missing(const smi_cell *cell);

/* Whether the first character of a text, which is not empty, is one of those words'. */
bool smi_begins_like_missing(char first);

typedef enum smi_reading {
    SMI_READ_NUMBER,
    SMI_READ_TOO_LARGE, /* a number that no finite float holds: 1e999, inf, nan */
    SMI_READ_TEXT
} smi_reading;

/* Reads the whole cell as a number; *number is written only when it is one. */
smi_reading smi_cell_number(const smi_cell *cell, float *number);

/* Says of a cell that it is no number (SMI_READ_TEXT) or not a finite one; the fault's column is
 * set, too. */
void smi_cell_fault(const smi_cell *cell, smi_reading reading, size_t column, smi_csv_fault *fault);

/* The cell's text for a message: what is longer is cut, at a character, and gets "...". */
enum { SMI_SHOWN_SIZE = 64 };
void smi_cell_show(const smi_cell *cell, char shown[SMI_SHOWN_SIZE]);

#endif
