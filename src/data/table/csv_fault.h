/* What can be wrong with a record, whatever its cells mean. */
#ifndef SMI_DATA_TABLE_CSV_FAULT_H
#define SMI_DATA_TABLE_CSV_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "data/table/csv_record.h"

/* Whether the record that begins at `begin` cannot be used as it is, because of its length, its
 * quotes, or the byte at `bad`, the first of the text that is no UTF-8. fault: what is wrong, and
 * *at where. The record's cells are of no use then. */
bool smi_csv_is_damaged(const smi_csv_record *record, char delimiter, const char *begin,
                        const char *bad, smi_csv_fault *fault, const char **at);

/* The fault of a record that is too long. quoted: it ends, if at all, within quotes. */
void smi_csv_set_too_long(smi_csv_fault *fault, bool quoted);

/* The fault of a record that has not `columns` cells. */
void smi_csv_set_ragged(smi_csv_fault *fault, size_t cells, size_t columns, char delimiter);

#endif
