/* From a table's cells to a dataset, by a schema that has learnt. */
#ifndef SMI_DATA_TABLE_ENCODE_H
#define SMI_DATA_TABLE_ENCODE_H

#include <stdbool.h>

#include <softmax.h>

#include "data/rows.h"
#include "data/table/columns.h"
#include "data/table/encoded_rows.h"
#include "data/table/profile.h"
#include "sys/pool.h"

/* Goes through the table once more, unless the profile has kept its rows, which it then gives away.
 * classes: what labels are found among; the profile says that all of them are there. */
sm_status smi_encode(const smi_table *table, smi_pool *pool, smi_profile *profile,
                     const smi_vocabulary *classes, bool sparse, smi_notes *notes,
                     smi_encoded_rows *rows);

/* The same, as often as it is called, of rows that pass: each piece of the text becomes a block. */
sm_status smi_encode_passing(const smi_table *table, smi_pool *pool, const smi_profile *profile,
                             const smi_vocabulary *classes, bool sparse, smi_take_rows *take,
                             void *context);

#endif
