/* Text tables as datasets. */
#ifndef SMI_DATA_TABLE_TABLE_H
#define SMI_DATA_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/spool.h"

/* Reads a table. Takes over the spool, also on failure. */
sm_status smi_table_read(smi_spool *spool, const sm_open_options *options, sm_dataset **dataset);

/* Whether a file that begins so may be one: lines of text with a comma, semicolon or tab in the
 * first. */
bool smi_table_looks_right(const uint8_t *bytes, size_t size);

#endif
