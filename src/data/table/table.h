/* Text tables as datasets, and as rows that pass. */
#ifndef SMI_DATA_TABLE_TABLE_H
#define SMI_DATA_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/rows.h"
#include "data/spool.h"

/* Reads a table. Takes over the spool, also on failure. */
sm_status smi_table_read(smi_spool *spool, const sm_open_options *options, sm_dataset **dataset);

/* Goes through it as far as to know what its rows will be; takes over the spool likewise. Not for
 * tables that are to be like others. */
sm_status smi_table_rows(smi_spool *spool, const sm_open_options *options, sm_rows **rows);

/* Whether a file that begins so may be one: lines of text with a comma, semicolon or tab in the
 * first. */
bool smi_table_looks_right(const uint8_t *bytes, size_t size);

#endif
