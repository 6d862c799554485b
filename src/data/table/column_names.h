/* A table's columns by name, and as the user calls them. */
#ifndef SMI_DATA_TABLE_COLUMN_NAMES_H
#define SMI_DATA_TABLE_COLUMN_NAMES_H

#include <stddef.h>

#include <softmax.h>

#include "data/table/csv.h"
#include "data/table/vocabulary.h"

typedef struct smi_column_names {
    const char *file;
    const char *const *names;
    size_t count;
    bool named;            /* by a header; else the names are the columns' numbers */
    smi_vocabulary places; /* the number of each name is its column */
} smi_column_names;

/* The names are the table's. Fails where two are the same. index->places is to be freed, also on
 * failure. */
sm_status smi_column_names_find(const smi_csv *csv, smi_column_names *index);

/* The column of this name, or SMI_NO_COLUMN. */
size_t smi_column_named(const smi_column_names *index, const char *name);

/* The column that the user means: by name, or by number; SMI_NO_COLUMN: there is none. */
size_t smi_column_meant(const smi_column_names *index, const char *word);

/* What could be the matter where a column is not found: how a message ends, or "". */
const char *smi_column_advice(const smi_column_names *index);

/* There is no such column; `why` is what it is for, or "". */
sm_status smi_fail_no_column(const smi_column_names *index, const char *name, const char *why);

#endif
