#include "data/table/sqlite_query.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

/* ---- what a query may do ---- */

enum {
    LONGEST_QUERY = 1 << 20,  /* bytes */
    LONGEST_VALUE = 64 << 20, /* likewise: what a row of CSV text may have */
    MOST_COLUMNS = 32767,
    DEEPEST_EXPRESSION = 1000,
    MOST_JOINED = 500,
    PATIENCE = 5000 /* milliseconds that another program's lock is waited for */
};

/* SQLite asks for everything that a statement would do while it compiles it, before anything runs.
 * What is not reading is refused, and told where the context points to, if anywhere. */
static int allow_reading(void *const context, const int action, const char *const first,
                         const char *const second, const char *const schema,
                         const char *const trigger)
{
    const char *what = "write";
    (void)first, (void)schema, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        if (second == NULL || sqlite3_stricmp(second, "load_extension") != 0) {
            return SQLITE_OK;
        }
        what = "load code";
        break;
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        what = "open other files";
        break;
    case SQLITE_PRAGMA:
        what = "use PRAGMA";
        break;
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        what = "begin or end a transaction";
        break;
    default:
        break;
    }
    if (context != NULL) {
        *(const char **)context = what;
    }
    return SQLITE_DENY;
}

static void confine(sqlite3 *const database)
{
    static const struct {
        int what;
        int most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, LONGEST_VALUE},          {SQLITE_LIMIT_SQL_LENGTH, LONGEST_QUERY},
        {SQLITE_LIMIT_COLUMN, MOST_COLUMNS},           {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_EXPR_DEPTH, DEEPEST_EXPRESSION}, {SQLITE_LIMIT_COMPOUND_SELECT, MOST_JOINED},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        (void)sqlite3_limit(database, limits[i].what, limits[i].most);
    }
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    (void)sqlite3_busy_timeout(database, PATIENCE);
}

/* ---- compiling it ---- */

sm_status smi_sqlite_fail(sqlite3 *const database, const char *const file)
{
    const int code = sqlite3_errcode(database);
    if (code == SQLITE_NOMEM) {
        return smi_fail_memory(file);
    }
    return smi_fail(code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? SM_ERROR_FORMAT
                    : code == SQLITE_ERROR                          ? SM_ERROR_ARGUMENT
                                                                    : SM_ERROR_IO,
                    "%s: SQLite: %s", file, sqlite3_errmsg(database));
}

/* Nothing but blanks and comments may follow the statement. */
static sm_status check_end(sqlite3 *const database, const char *const file, const char *const rest)
{
    sqlite3_stmt *next = NULL;
    const int code = sqlite3_prepare_v2(database, rest, -1, &next, NULL);
    const bool nothing = code == SQLITE_OK && next == NULL;
    (void)sqlite3_finalize(next);
    if (code == SQLITE_NOMEM) {
        return smi_fail_memory(file);
    }
    return nothing ? SM_OK
                   : smi_fail(SM_ERROR_ARGUMENT,
                              "%s: more than one statement in the query; give one SELECT", file);
}

static sm_status check_statement(sqlite3 *const database, const char *const file,
                                 sqlite3_stmt *const statement, const char *const rest)
{
    if (statement == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the query is empty", file);
    }
    if (sqlite3_stmt_readonly(statement) == 0) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the query would write; it may only read, by one "
                        "SELECT",
                        file);
    }
    if (sqlite3_stmt_isexplain(statement) != 0 || sqlite3_column_count(statement) == 0) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the query gives no rows of data; it should be a "
                        "SELECT",
                        file);
    }
    const sm_status status = check_end(database, file, rest);
    if (status != SM_OK) {
        return status;
    }
    if (sqlite3_bind_parameter_count(statement) > 0) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the query has parameters (such as ?), for which there are no values",
                        file);
    }
    return SM_OK;
}

static sm_status compile(sqlite3 *const database, const char *const file, const char *const query,
                         sqlite3_stmt **const statement)
{
    sqlite3_stmt *compiled = NULL;
    const char *rest = NULL;
    const char *refused = NULL;
    (void)sqlite3_set_authorizer(database, allow_reading, &refused);
    const int code = sqlite3_prepare_v2(database, query, -1, &compiled, &rest);
    if (code != SQLITE_OK && refused != NULL) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the query would %s; it may only read, by one SELECT", file, refused);
    }
    const sm_status status = code == SQLITE_OK ? check_statement(database, file, compiled, rest)
                                               : smi_sqlite_fail(database, file);
    /* A statement is compiled again while it runs, should tables have changed meanwhile. */
    (void)sqlite3_set_authorizer(database, allow_reading, NULL);
    if (status != SM_OK) {
        (void)sqlite3_finalize(compiled);
        return status;
    }
    *statement = compiled;
    return SM_OK;
}

/* ---- without a query ---- */

/* The names of tables and views, as far as they fit a message. */
typedef struct table_list {
    size_t count;
    char first[256];
    char names[512];
} table_list;

static void add_name(table_list *const list, const char *const name)
{
    const size_t used = strlen(list->names);
    if (list->count == 0) {
        (void)snprintf(list->first, sizeof list->first, "%s", name);
    }
    (void)snprintf(list->names + used, sizeof list->names - used, "%s%s", used == 0 ? "" : ", ",
                   name);
    list->count++;
}

static sm_status list_tables(sqlite3 *const database, const char *const file,
                             table_list *const list)
{
    static const char query[] =
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE "
        "'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    sqlite3_stmt *statement = NULL;
    sm_status status = compile(database, file, query, &statement);
    if (status != SM_OK) {
        return status;
    }
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        const char *const name =
            code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
        if (name != NULL) {
            add_name(list, name);
        }
    }
    status = code == SQLITE_DONE ? SM_OK : smi_sqlite_fail(database, file);
    (void)sqlite3_finalize(statement);
    return status;
}

static sm_status prepare_only_table(sqlite3 *const database, const char *const file,
                                    sqlite3_stmt **const statement)
{
    table_list list = {0};
    const sm_status status = list_tables(database, file, &list);
    if (status != SM_OK) {
        return status;
    }
    if (list.count == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: the database has no tables", file);
    }
    if (list.count > 1) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the database has %zu tables: %s; a query says which rows are meant, "
                        "such as SELECT * FROM %s",
                        file, list.count, list.names, list.first);
    }
    char query[2 * sizeof list.first + 32];
    (void)sqlite3_snprintf(sizeof query, query, "SELECT * FROM \"%w\"", list.first);
    return compile(database, file, query, statement);
}

sm_status smi_sqlite_prepare(sqlite3 *const database, const char *const file,
                             const char *const query, sqlite3_stmt **const statement)
{
    confine(database);
    return query == NULL ? prepare_only_table(database, file, statement)
                         : compile(database, file, query, statement);
}
