#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "data/table/sqlite.h"

/* A database with what these statements put into it. */
static scratch_path make_database(const char *const folder, const char *const name,
                                  const char *const statements)
{
    const scratch_path path = path_in(folder, name);
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path.text, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, statements, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return path;
}

/* All of a query's text, to be freed; NULL when it fails. */
static char *text_of(const char *const path, const char *const query)
{
    enum { MOST = 1 << 20 };
    smi_stream *stream = NULL;
    size_t got = 0;
    if (smi_sqlite_open(path, query, &stream) != SM_OK) {
        return NULL;
    }
    char *const text = malloc(MOST + 1);
    assert_non_null(text);
    const sm_status status = smi_stream_read(stream, text, MOST, &got);
    smi_stream_close(stream);
    if (status != SM_OK) {
        free(text);
        return NULL;
    }
    text[got] = '\0';
    return text;
}

static void assert_result(const char *const path, const char *const query,
                          const char *const expected)
{
    char *const text = text_of(path, query);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void assert_refused(const char *const path, const char *const query,
                           const sm_status expected)
{
    smi_stream *stream = NULL;
    assert_int_equal(smi_sqlite_open(path, query, &stream), expected);
    assert_null(stream);
}

static const char flowers[] =
    "CREATE TABLE flowers (length REAL, petals INTEGER, species TEXT);"
    "INSERT INTO flowers VALUES (0.1, 5, 'rose'), (2.0, NULL, 'a \"b\", c'), "
    "(NULL, -9223372036854775808, ' blank'), (0.30000000000000004, 4, '');";

static void a_result_is_csv_text(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    static const char all[] = "\"length\",\"petals\",\"species\"\n"
                              "0.1,5,rose\n"
                              "2,,\"a \"\"b\"\", c\"\n"
                              ",-9223372036854775808,\" blank\"\n"
                              "0.30000000000000004,4,\n";
    assert_result(path.text, NULL, all);
    assert_result(path.text, "SELECT * FROM flowers", all);
    assert_result(path.text, "SELECT petals + 1 AS \"a \"\"b\"\"\" FROM flowers WHERE petals = 5",
                  "\"a \"\"b\"\"\"\n6\n");
    assert_result(path.text, "SELECT 1 WHERE 0", "\"1\"\n");
    assert_result(path.text,
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) "
                  "SELECT i FROM n; -- and no more",
                  "\"i\"\n1\n2\n3\n");
    assert_result(path.text, "SELECT 9e999 AS a, -9e999 AS b", "\"a\",\"b\"\ninf,-inf\n");
}

/* A line without text would be passed over by those who read it. */
static void a_single_empty_cell_is_still_a_row(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    assert_result(path.text, "SELECT petals FROM flowers WHERE petals IS NOT 4 ORDER BY 1 DESC",
                  "\"petals\"\n5\n-9223372036854775808\n\"\"\n");
}

static void a_database_is_known_by_its_first_bytes(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    size_t size = 0;
    uint8_t *const bytes = read_file(path.text, &size);
    assert_true(smi_sqlite_looks_right(bytes, size));
    assert_false(smi_sqlite_looks_right(bytes, 15));
    free(bytes);
}

static void without_a_query_there_must_be_one_table(void **state)
{
    const scratch_path two =
        make_database(*state, "two.db",
                      "CREATE TABLE b (x); CREATE TABLE a (y); CREATE VIEW c AS SELECT * FROM a");
    const scratch_path odd = make_database(
        *state, "odd.db", "CREATE TABLE \"o'd \"\"d\" (x); INSERT INTO \"o'd \"\"d\" VALUES (1)");
    const scratch_path none = make_database(*state, "none.db", "CREATE TABLE a (x); DROP TABLE a");
    assert_refused(two.text, NULL, SM_ERROR_ARGUMENT);
    assert_message(
        "%s: the database has 3 tables: a, b, c; a query says which rows are meant, such "
        "as SELECT * FROM a",
        two.text);
    assert_result(odd.text, NULL, "\"x\"\n1\n");
    assert_refused(none.text, NULL, SM_ERROR_DATA);
    assert_message("%s: the database has no tables", none.text);
}

/* The file must be the same bytes afterwards, and nothing may lie beside it. */
static void nothing_is_written(void **state)
{
    static const struct {
        const char *query;
        const char *would;
    } cases[] = {
        {"INSERT INTO flowers VALUES (1, 2, 'x')", "write"},
        {"INSERT INTO flowers VALUES (1, 2, 'x') RETURNING length", "write"},
        {"WITH a AS (SELECT 1) DELETE FROM flowers", "write"},
        {"UPDATE flowers SET petals = 0", "write"},
        {"DROP TABLE flowers", "write"},
        {"CREATE TABLE t (x)", "write"},
        {"CREATE TEMP TABLE t AS SELECT * FROM flowers", "write"},
        {"ATTACH 'other.db' AS other", "open other files"},
        {"VACUUM INTO 'copy.db'", "write"},
        {"PRAGMA user_version = 7", "use PRAGMA"},
        {"PRAGMA table_info(flowers)", "use PRAGMA"},
        {"BEGIN", "begin or end a transaction"},
        {"SELECT load_extension('x')", "load code"},
    };
    const scratch_path path = make_database(*state, "a.db", flowers);
    size_t size = 0;
    uint8_t *const before = read_file(path.text, &size);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(path.text, cases[i].query, SM_ERROR_ARGUMENT);
        assert_message("%s: the query would %s; it may only read, by one SELECT", path.text,
                       cases[i].would);
    }
    size_t size_after = 0;
    uint8_t *const after = read_file(path.text, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, before, size);
    assert_int_equal(count_entries(*state), 1);
    free(before);
    free(after);
}

static void a_query_is_one_statement_that_gives_rows(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    assert_refused(path.text, "SELECT 1; SELECT 2", SM_ERROR_ARGUMENT);
    assert_message("%s: more than one statement in the query; give one SELECT", path.text);
    assert_refused(path.text, "SELECT 1; DROP TABLE flowers", SM_ERROR_ARGUMENT);
    assert_message("%s: more than one statement in the query; give one SELECT", path.text);
    assert_refused(path.text, " -- nothing", SM_ERROR_ARGUMENT);
    assert_message("%s: the query is empty", path.text);
    assert_refused(path.text, "EXPLAIN SELECT 1", SM_ERROR_ARGUMENT);
    assert_message("%s: the query gives no rows of data; it should be a SELECT", path.text);
    assert_refused(path.text, "SELECT * FROM flowers WHERE petals > ?", SM_ERROR_ARGUMENT);
    assert_message("%s: the query has parameters (such as ?), for which there are no values",
                   path.text);
    assert_refused(path.text, "SELECT * FROM trees", SM_ERROR_ARGUMENT);
    assert_message("%s: SQLite: no such table: trees", path.text);
    assert_refused(path.text, "SELEKT", SM_ERROR_ARGUMENT);
    assert_message("%s: SQLite: near \"SELEKT\": syntax error", path.text);
}

static void a_blob_is_refused_by_name(void **state)
{
    const scratch_path path = make_database(
        *state, "a.db", "CREATE TABLE t (a, picture); INSERT INTO t VALUES (1, 2), (3, x'00ff')");
    assert_null(text_of(path.text, NULL));
    assert_message("%s: row 2: column 'picture': a blob is neither a number nor text; leave the "
                   "column out of the query",
                   path.text);
    assert_result(path.text, "SELECT a FROM t", "\"a\"\n1\n3\n");
}

static void what_goes_wrong_on_the_way_is_told(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    assert_null(text_of(path.text, "SELECT abs(petals) FROM flowers"));
    assert_message("%s: SQLite: integer overflow", path.text);
}

static void what_is_no_database_is_told(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    const scratch_path cut = path_in(*state, "cut.db");
    const scratch_path other = path_in(*state, "other.db");
    const scratch_path missing = path_in(*state, "missing.db");
    size_t size = 0;
    uint8_t *const bytes = read_file(path.text, &size);
    write_file(cut.text, bytes, 200);
    write_file(other.text, "x,y\n", 4);
    free(bytes);
    assert_refused(cut.text, NULL, SM_ERROR_FORMAT);
    assert_refused(other.text, NULL, SM_ERROR_FORMAT);
    assert_message("%s: an SQLite database is read where it lies: it must be a file, and not "
                   "compressed",
                   other.text);
    assert_refused(missing.text, NULL, SM_ERROR_IO);
    assert_message("cannot open '%s': No such file or directory", missing.text);
    assert_int_equal(count_entries(*state), 3);
}

static void a_database_in_memory_is_read_alike(void **state)
{
    const scratch_path path = make_database(*state, "a.db", flowers);
    smi_stream *stream = NULL;
    char text[64];
    size_t size = 0;
    size_t got = 0;
    uint8_t *const bytes = read_file(path.text, &size);
    assert_int_equal(
        smi_sqlite_over(bytes, size, "memory", "SELECT petals FROM flowers LIMIT 1", &stream),
        SM_OK);
    free(bytes);
    assert_int_equal(smi_stream_read(stream, text, sizeof text, &got), SM_OK);
    assert_int_equal(got, 11);
    assert_memory_equal(text, "\"petals\"\n5\n", 11);
    smi_stream_close(stream);
    assert_int_equal(smi_sqlite_over("nonsense", 8, "memory", NULL, &stream), SM_ERROR_FORMAT);
    assert_message("memory: SQLite: file is not a database");
}

/* What one statement sees does not change while it runs; it is more than a stream reads ahead. */
static void rows_that_come_meanwhile_do_not_matter(void **state)
{
    const scratch_path path = make_database(
        *state, "a.db",
        "PRAGMA journal_mode = WAL; CREATE TABLE t (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n LIMIT 50000) INSERT INTO t SELECT i FROM n");
    enum { MOST = 1 << 20 };
    sqlite3 *writer = NULL;
    smi_stream *stream = NULL;
    char *const text = malloc(MOST);
    size_t got = 0;
    assert_non_null(text);
    assert_int_equal(sqlite3_open(path.text, &writer), SQLITE_OK);
    assert_int_equal(smi_sqlite_open(path.text, NULL, &stream), SM_OK);
    assert_int_equal(sqlite3_exec(writer, "INSERT INTO t VALUES (3)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(smi_stream_read(stream, text, MOST, &got), SM_OK);
    assert_in_range(got, 6, MOST - 1);
    assert_memory_equal(text + got - 6, "50000\n", 6);
    smi_stream_close(stream);
    assert_int_equal(sqlite3_close(writer), SQLITE_OK);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(a_result_is_csv_text),
        scratch_test(a_single_empty_cell_is_still_a_row),
        scratch_test(a_database_is_known_by_its_first_bytes),
        scratch_test(without_a_query_there_must_be_one_table),
        scratch_test(nothing_is_written),
        scratch_test(a_query_is_one_statement_that_gives_rows),
        scratch_test(a_blob_is_refused_by_name),
        scratch_test(what_goes_wrong_on_the_way_is_told),
        scratch_test(what_is_no_database_is_told),
        scratch_test(a_database_in_memory_is_read_alike),
        scratch_test(rows_that_come_meanwhile_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
