/* Which column is what: by the user's word, or by a schema. */
#ifndef SMI_DATA_TABLE_COLUMNS_H
#define SMI_DATA_TABLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "data/notes.h"
#include "data/table/csv.h"
#include "data/table/schema.h"

/* A table at hand, and what its columns are. */
typedef struct smi_table {
    const smi_csv *csv;
    smi_schema *schema; /* whose features' places are those of this table */
    size_t label;       /* the place of the column here, or SMI_NO_COLUMN */
    size_t weight;      /* likewise */
    bool learning;      /* the schema is made from this table */
    sm_missing missing; /* for cells of features; SM_MISSING_DROP only where rows may be left out */
} smi_table;

/* Makes the schema, whose features are still to be learnt, as the options say. label_needed: fail
 * where they name none and no column is called like one. */
sm_status smi_columns_choose(const smi_csv *csv, const sm_open_options *options, bool label_needed,
                             smi_table *table);

/* Finds the schema's columns in another table: by name where both have names, by position
 * otherwise. Columns left out are noted. Takes over the schema, also on failure. rule:
 * SM_MISSING_DROP leaves rows out where that is the schema's rule, too; any other keeps them all.
 */
sm_status smi_columns_match(const smi_csv *csv, smi_schema *schema, sm_missing rule,
                            smi_notes *notes, smi_table *table);

/* What is to be done with a row. */
typedef enum smi_row_use { SMI_ROW_KEEP, SMI_ROW_DROP, SMI_ROW_FAULT } smi_row_use;

/* Looks for cells without a value where the rule forbids them. */
smi_row_use smi_columns_look(const smi_table *table, const smi_cell *cells, smi_csv_fault *fault);

/* Whether the row has no value for the feature. */
bool smi_columns_lack(const smi_feature *feature, const smi_cell *cells);

#endif
