/* What is known of an opened text table. */
#ifndef SMI_DATA_TABLE_CSV_TABLE_H
#define SMI_DATA_TABLE_CSV_TABLE_H

#include "data/table/csv.h"

struct smi_csv {
    smi_spool *spool;
    char delimiter;
    char comment; /* 0: none */
    bool of_query;
    size_t piece_size;
    bool header;
    uint64_t rows_at; /* where the rows begin, behind the header */
    size_t columns;
    const char **names; /* they lie in name_text */
    char *name_text;
};

#endif
