/* From a table's cells to a dataset, by a schema that has learnt. */
#ifndef SMI_DATA_TABLE_ENCODE_H
#define SMI_DATA_TABLE_ENCODE_H

#include <stdbool.h>

#include <softmax.h>

#include "data/dataset.h"
#include "data/table/columns.h"
#include "data/table/profile.h"
#include "sys/pool.h"

/* The arrays of a dataset, made by smi_bytes() or smi_array(). */
typedef struct smi_encoded_rows {
    float *x; /* rows × features; NULL where they are sparse */
    smi_csr csr;
    int32_t *labels; /* NULL: none */
    float *weights;  /* NULL: all 1 */
} smi_encoded_rows;

/* Goes through the table once more. classes: what labels are found among; the profile says that all
 * of them are there. */
sm_status smi_encode(const smi_table *table, smi_pool *pool, const smi_profile *profile,
                     const smi_vocabulary *classes, bool sparse, smi_notes *notes,
                     smi_encoded_rows *rows);

void smi_encoded_rows_free(smi_encoded_rows *rows);

#endif
