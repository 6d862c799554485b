#include "data/table/sqlite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/csv_quotes.h"
#include "data/table/sqlite_query.h"
#include "sys/file.h"
#include "sys/folder.h"

/* How every database begins, its NUL included. */
static const char magic[] = "SQLite format 3";

bool smi_sqlite_looks_right(const uint8_t *const bytes, const size_t size)
{
    return size >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

/* A result on its way: the text of the row at hand, and how much of it has been handed out. */
typedef struct result {
    char *file;     /* for messages */
    smi_file *kept; /* what no lock keeps from changing; NULL: a lock does */
    sqlite3 *database;
    sqlite3_stmt *statement;
    uint64_t rows; /* begun */
    int calls;     /* of give_up() */
    bool header_done;
    bool ended;
    char *text;
    size_t room;
    size_t length;
    size_t taken;
} result;

static void result_close(void *const context)
{
    result *const closed = context;
    if (closed == NULL) {
        return;
    }
    (void)sqlite3_finalize(closed->statement);
    (void)sqlite3_close(closed->database);
    smi_file_close(closed->kept);
    smi_free(closed->text);
    smi_free(closed->file);
    smi_free(closed);
}

/* ---- a row as text ---- */

static sm_status add(result *const into, const char *const text, const size_t length)
{
    if (into->room - into->length < length) {
        const size_t room = 2 * (into->length + length) + 1024;
        char *const larger = smi_bytes(room);
        if (larger == NULL) {
            return smi_fail_memory(into->file);
        }
        if (into->length > 0) {
            memcpy(larger, into->text, into->length);
        }
        smi_free(into->text);
        into->text = larger;
        into->room = room;
    }
    if (length > 0) {
        memcpy(into->text + into->length, text, length);
        into->length += length;
    }
    return SM_OK;
}

static sm_status add_quoted(result *const into, const char *text, size_t length)
{
    sm_status status = add(into, "\"", 1);
    while (status == SM_OK) {
        const char *const quote = memchr(text, '"', length);
        if (quote == NULL) {
            break;
        }
        const size_t piece = (size_t)(quote - text) + 1;
        status = add(into, text, piece);
        status = status == SM_OK ? add(into, "\"", 1) : status;
        text += piece;
        length -= piece;
    }
    status = status == SM_OK ? add(into, text, length) : status;
    return status == SM_OK ? add(into, "\"", 1) : status;
}

/* All names are quoted: no result then begins like something else than text. */
static sm_status add_header(result *const into)
{
    const int columns = sqlite3_column_count(into->statement);
    sm_status status = SM_OK;
    for (int c = 0; c < columns && status == SM_OK; c++) {
        const char *const name = sqlite3_column_name(into->statement, c);
        status = name == NULL ? smi_fail_memory(into->file) : SM_OK;
        if (status == SM_OK && c > 0) {
            status = add(into, ",", 1);
        }
        if (status == SM_OK) {
            status = add_quoted(into, name, strlen(name));
        }
    }
    return status == SM_OK ? add(into, "\n", 1) : status;
}

static sm_status add_real(result *const into, const double value)
{
    char text[SMI_NUMBER_TEXT_SIZE];
    if (!isfinite(value)) { /* SQLite has no NaN */
        return value < 0.0 ? add(into, "-inf", 4) : add(into, "inf", 3);
    }
    return add(into, text, smi_double_text(value, text));
}

static sm_status add_text(result *const into, const int column)
{
    const char *const text = (const char *)sqlite3_column_text(into->statement, column);
    const size_t length = (size_t)sqlite3_column_bytes(into->statement, column);
    if (text == NULL) {
        return smi_fail_memory(into->file);
    }
    return smi_csv_needs_quotes(text, length, ',') ? add_quoted(into, text, length)
                                                   : add(into, text, length);
}

static sm_status add_cell(result *const into, const int column)
{
    sqlite3_stmt *const statement = into->statement;
    char text[SMI_NUMBER_TEXT_SIZE];
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        return SM_OK;
    case SQLITE_INTEGER:
        return add(into, text, smi_integer_text(sqlite3_column_int64(statement, column), text));
    case SQLITE_FLOAT:
        return add_real(into, sqlite3_column_double(statement, column));
    case SQLITE_TEXT:
        return add_text(into, column);
    default:
        return smi_fail(SM_ERROR_DATA,
                        "%s: row %llu: column '%s': a blob is neither a number nor text; leave the "
                        "column out of the query",
                        into->file, (unsigned long long)into->rows,
                        sqlite3_column_name(statement, column));
    }
}

/* A line without any text would be passed over as blank: the one column's empty cell gets quotes.
 */
static sm_status add_row(result *const into)
{
    const int columns = sqlite3_data_count(into->statement);
    sm_status status = SM_OK;
    for (int c = 0; c < columns && status == SM_OK; c++) {
        if (c > 0) {
            status = add(into, ",", 1);
        }
        if (status == SM_OK) {
            status = add_cell(into, c);
        }
    }
    if (status == SM_OK && into->length == 0) {
        status = add(into, "\"\"", 2);
    }
    return status == SM_OK ? add(into, "\n", 1) : status;
}

/* ---- the stream ---- */

static sm_status next_text(result *const from)
{
    from->length = 0;
    from->taken = 0;
    if (!from->header_done) {
        from->header_done = true;
        return add_header(from);
    }
    switch (sqlite3_step(from->statement)) {
    case SQLITE_ROW:
        from->rows++;
        return add_row(from);
    case SQLITE_DONE:
        from->ended = true;
        return from->kept == NULL ? SM_OK : smi_file_check_unchanged(from->kept);
    default:
        return smi_sqlite_fail(from->database, from->file);
    }
}

static sm_status result_read(void *const context, void *const buffer, const size_t size,
                             size_t *const got)
{
    result *const from = context;
    if (from->taken == from->length && !from->ended) {
        const sm_status status = next_text(from);
        if (status != SM_OK) {
            return status;
        }
    }
    const size_t taken = smi_min_size(size, from->length - from->taken);
    if (taken > 0) {
        memcpy(buffer, from->text + from->taken, taken);
        from->taken += taken;
    }
    *got = taken;
    return SM_OK;
}

static sm_status result_new(const char *const name, result **const made)
{
    result *const created = smi_array(1, sizeof *created);
    char *const file = smi_copy_text(name);
    if (created == NULL || file == NULL) {
        smi_free(created);
        smi_free(file);
        return smi_fail_memory(name);
    }
    created->file = file;
    *made = created;
    return SM_OK;
}

/* Begins the query on the result's database, whose opening gave `code`; takes over the result. */
static sm_status start(result *const begun, const int code, const char *const query,
                       smi_stream **const stream)
{
    sm_status status = begun->database == NULL ? smi_fail_memory(begun->file)
                       : code != SQLITE_OK     ? smi_sqlite_fail(begun->database, begun->file)
                                               : SM_OK;
    if (status == SM_OK) {
        status = smi_sqlite_prepare(begun->database, begun->file, query, &begun->statement);
    }
    if (status != SM_OK) {
        result_close(begun);
        return status;
    }
    const smi_input_source source = {.read = result_read, .close = result_close, .context = begun};
    smi_input *input = NULL;
    status = smi_input_from(&source, begun->file, &input);
    return status == SM_OK ? smi_stream_open(input, stream) : status;
}

/* What of its header is looked at: the name, how large pages are, and how it is read. */
enum { PAGE_SIZE = 16, READ_VERSION = 19, HEADER_END = 20, HAS_LOG = 2 };

/* SQLite takes what a last page lacks for zeros, which become rows without values. */
static sm_status check_pages(const uint8_t header[HEADER_END], const smi_input *const input)
{
    const unsigned stored = (unsigned)header[PAGE_SIZE] << 8 | header[PAGE_SIZE + 1];
    const size_t page = stored == 1 ? 65536 : stored;
    const size_t rest = page == 0 ? 0 : (size_t)(smi_input_size(input) % page);
    if (rest == 0) {
        return SM_OK;
    }
    char size[SMI_COUNTED_SIZE];
    char last[SMI_NUMBER_TEXT_SIZE];
    return smi_fail(SM_ERROR_FORMAT,
                    "%s: the database breaks off: it is made of pages of %s, and the last has %s",
                    smi_input_name(input), smi_counted_text(page, "byte", size),
                    smi_grouped_text(rest, last));
}

/* Whether the database has changes written to a log beside it, and there is none now. SQLite would
 * make one even to read, and leave it there, or fail where it must not. Through a symbolic link the
 * log is where that leads to, which SQLite finds. */
static bool lacks_log(const uint8_t header[HEADER_END], const char *const path)
{
    static const char ending[] = "-wal";
    const size_t length = strlen(path);
    const bool may = header[READ_VERSION] == HAS_LOG && !smi_is_link(path);
    char *const log = may ? smi_bytes(length + sizeof ending) : NULL;
    if (log == NULL) {
        return false;
    }
    memcpy(log, path, length);
    memcpy(log + length, ending, sizeof ending);
    const bool lacks = !smi_is_file(log);
    smi_free(log);
    return lacks;
}

/* Whether the file itself, and not only what decompression makes of it, is a database. *kept is the
 * file where it is to be read without a log, and so without locks; else NULL. */
static sm_status check_file(const char *const path, smi_file **const kept)
{
    smi_input *input = NULL;
    uint8_t first[HEADER_END] = {0};
    size_t got = 0;
    sm_status status = smi_input_open(path, &input);
    if (status != SM_OK) {
        return status;
    }
    const bool plain = smi_input_size(input) != UINT64_MAX;
    status = plain ? smi_input_read(input, first, sizeof first, &got) : SM_OK;
    if (status == SM_OK && !smi_sqlite_looks_right(first, got)) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: an SQLite database is read where it lies: it must be a file, and "
                          "not compressed",
                          smi_input_name(input));
    }
    if (status == SM_OK) {
        status = check_pages(first, input);
    }
    *kept = NULL;
    if (status == SM_OK && lacks_log(first, path)) {
        uint64_t from = 0;
        status = smi_file_of(input, kept, &from);
    }
    smi_input_close(input);
    return status;
}

/* The path as a URI, which nothing but a file's name can be taken for, as ":memory:" could.
 * immutable: nobody is held to write to the file. */
static char *uri_of(const char *const path, const bool immutable)
{
    static const char digits[] = "0123456789abcdef";
    const char *const begin = path[0] == '/' ? "file://" : "file:./";
    const char *const end = immutable ? "?immutable=1" : "";
    const size_t length = strlen(path);
    char *const uri = smi_bytes(strlen(begin) + 3 * length + strlen(end) + 1);
    if (uri == NULL) {
        return NULL;
    }
    char *to = stpcpy(uri, begin);
    for (size_t i = 0; i < length; i++) {
        if (strchr("%?#", path[i]) == NULL) {
            *to++ = path[i];
        } else {
            *to++ = '%';
            *to++ = digits[(unsigned char)path[i] >> 4];
            *to++ = digits[path[i] & 15];
        }
    }
    (void)stpcpy(to, end);
    return uri;
}

sm_status smi_sqlite_open(const char *const path, const char *const query,
                          smi_stream **const stream)
{
    result *begun = NULL;
    smi_file *kept = NULL;
    sm_status status = check_file(path, &kept);
    if (status == SM_OK) {
        status = result_new(path, &begun);
    }
    if (status != SM_OK) {
        smi_file_close(kept);
        return status;
    }
    begun->kept = kept;
    char *const uri = uri_of(path, kept != NULL);
    if (uri == NULL) {
        result_close(begun);
        return smi_fail_memory(path);
    }
    const int code = sqlite3_open_v2(
        uri, &begun->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    smi_free(uri);
    return start(begun, code, query, stream);
}

static int give_up(void *const calls)
{
    enum { MOST_CALLS = 30 };
    return ++*(int *)calls > MOST_CALLS;
}

sm_status smi_sqlite_over(const void *const bytes, const size_t size, const char *const name,
                          const char *const query, smi_stream **const stream)
{
    result *begun = NULL;
    const sm_status status = result_new(name, &begun);
    if (status != SM_OK) {
        return status;
    }
    int code =
        sqlite3_open_v2(":memory:", &begun->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL);
    unsigned char *const copy = code == SQLITE_OK ? sqlite3_malloc64(size + 1) : NULL;
    if (code == SQLITE_OK) {
        sqlite3_progress_handler(begun->database, 10000, give_up, &begun->calls);
    }
    if (copy != NULL) { /* which the database then owns, whatever comes of it */
        memcpy(copy, bytes, size);
        code = sqlite3_deserialize(begun->database, "main", copy, (sqlite3_int64)size,
                                   (sqlite3_int64)size,
                                   SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    } else if (code == SQLITE_OK) {
        result_close(begun);
        return smi_fail_memory(name);
    }
    return start(begun, code, query, stream);
}
