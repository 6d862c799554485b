/* A query on an SQLite database that can do nothing but read. */
#ifndef SMI_DATA_TABLE_SQLITE_QUERY_H
#define SMI_DATA_TABLE_SQLITE_QUERY_H

#include <sqlite3.h>

#include <softmax.h>

/* Compiles the query; NULL: all of the only table or view. From then on the connection lets nothing
 * compile that does more than read, and what the database brings along (triggers, views with
 * functions that reach outside) does not get it to either. file: for messages. */
sm_status smi_sqlite_prepare(sqlite3 *database, const char *file, const char *query,
                             sqlite3_stmt **statement);

/* Fails with what SQLite says went wrong. */
sm_status smi_sqlite_fail(sqlite3 *database, const char *file);

#endif
