/* What a table's columns mean: which is the label, what features the others become. It is made from
 * a table that is trained on, travels as JSON text in sm_shape.columns (docs/model-format.md), and
 * then tells how later tables are read. */
#ifndef SMI_DATA_TABLE_SCHEMA_H
#define SMI_DATA_TABLE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "data/table/feature.h"

/* The most bytes that a schema may come to in a model file, whose header is at most 16 MiB. */
enum { SMI_MOST_DESCRIPTION = 12 << 20 };

/* Where there is no such column. */
#define SMI_NO_COLUMN SIZE_MAX

typedef struct smi_schema {
    char **columns; /* the names of all of the table's columns, in its order */
    size_t column_count;
    bool header;   /* the names stood in the table; otherwise they are "1", "2", … */
    size_t label;  /* the place of the column, or SMI_NO_COLUMN */
    size_t weight; /* likewise */
    sm_missing missing;
    smi_feature *features; /* in the order of x */
    size_t feature_count;
    size_t width; /* of x */
} smi_schema;

/* A schema of these columns, whose names are copied, with room for `most_features`, none yet. */
sm_status smi_schema_create(const char *const *columns, size_t column_count, size_t most_features,
                            smi_schema **schema);
void smi_schema_free(smi_schema *schema); /* NULL is accepted */

/* Gives each feature its place in x. Fails when there is none, or x gets too wide. file: for
 * messages. */
sm_status smi_schema_lay_out(smi_schema *schema, const char *file);

/* *text: JSON, freed by smi_free(). */
sm_status smi_schema_write(const smi_schema *schema, char **text);

/* The text may be anything. name: of what it comes from, for messages. */
sm_status smi_schema_read(const char *text, const char *name, smi_schema **schema);

/* shift, scale: width each. */
void smi_schema_scaling(const smi_schema *schema, float *shift, float *scale);

#endif
