/* The result of a query on an SQLite database, as CSV text: a header, then a row a line. NULL is an
 * empty cell; numbers are exact. The database is only read. */
#ifndef SMI_DATA_TABLE_SQLITE_H
#define SMI_DATA_TABLE_SQLITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/stream.h"

/* Whether a file that begins with these bytes is a database. */
bool smi_sqlite_looks_right(const uint8_t *bytes, size_t size);

/* Opens the database at `path`, a plain file, and begins the query; NULL: all of its only table or
 * view. Rows are made while the stream is read. Fails, having run nothing, when the query is not
 * one statement that reads and does no more. */
sm_status smi_sqlite_open(const char *path, const char *query, smi_stream **stream);

/* The same with a database that lies in memory, for tests; the bytes are copied, and a query that
 * takes long is given up. */
sm_status smi_sqlite_over(const void *bytes, size_t size, const char *name, const char *query,
                          smi_stream **stream);

#endif
