/* What the rows of a table become: the arrays of a dataset. */
#ifndef SMI_DATA_TABLE_ENCODED_ROWS_H
#define SMI_DATA_TABLE_ENCODED_ROWS_H

#include <stdint.h>

#include "data/dataset.h"

/* Rows of up to so many columns are stored in full, whatever they hold. */
enum { SMI_NARROW_ROWS = 32 };

/* Made by smi_bytes() or smi_array(). */
typedef struct smi_encoded_rows {
    float *x; /* rows × features; NULL where they are sparse */
    smi_csr csr;
    int32_t *labels; /* NULL: none */
    float *weights;  /* NULL: all 1 */
} smi_encoded_rows;

void smi_encoded_rows_free(smi_encoded_rows *rows);

#endif
