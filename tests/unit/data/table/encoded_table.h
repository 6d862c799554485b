/* A table taken through both passes, to learn from it and to encode it, with all that comes of it
 * in the open, for tests that compare this with what other threads or other ways make of it. */
#ifndef TESTS_UNIT_DATA_TABLE_ENCODED_TABLE_H
#define TESTS_UNIT_DATA_TABLE_ENCODED_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/table/encode.h"

/* How it is read. */
typedef struct table_reading {
    const sm_open_options *options; /* NULL: the default */
    size_t threads;
    size_t piece_size;
    bool sparse;
    bool forget; /* the rows that the profile has kept, so that there is a second pass */
} table_reading;

typedef struct encoded_table {
    bool kept;     /* the profile had its rows */
    size_t pieces; /* of the text */
    char *columns;
    smi_encoded_rows rows;
    size_t count;
    size_t width;
} encoded_table;

/* Fails the test where there is an error. Freed by free_encoded_table(). */
encoded_table encode_table(const char *text, const table_reading *how);
void free_encoded_table(encoded_table *table);

#endif
