#include "data/open_file.h"

#include <string.h>

#include "base/status.h"
#include "data/array/npy_files.h"
#include "data/array/npz.h"
#include "data/idx_files.h"
#include "data/kind.h"
#include "data/libsvm.h"
#include "data/pictures/open_pictures.h"
#include "data/pictures/png.h"
#include "data/spool.h"
#include "data/stream.h"
#include "data/table/sqlite.h"
#include "data/table/table.h"

/* A file that has been looked at, and how it is to be read. */
typedef struct opened_file {
    smi_stream *stream;
    const char *path;
    smi_part part;
    const sm_open_options *options;
} opened_file;

/* A kind of file, and how it is told. */
typedef struct file_kind {
    smi_data_kind kind;
    const char *const *endings; /* of the file's name, before ".gz"; NULL at the end */
    bool name_decides;          /* of what looks right, whatever else it looks like */
    bool (*looks_right)(const uint8_t *bytes, size_t size); /* the first SMI_PEEKED */
    sm_status (*open)(const opened_file *file, smi_opened *opened);
} file_kind;

static bool looks_like_idx(const uint8_t *const bytes, const size_t size)
{
    return size >= 2 && bytes[0] == 0 && bytes[1] == 0;
}

static sm_status open_idx(const opened_file *const file, smi_opened *const opened)
{
    return smi_open_idx_file(file->stream, file->path, file->options->labels_path, opened);
}

static sm_status open_npy(const opened_file *const file, smi_opened *const opened)
{
    return smi_open_npy_file(file->stream, file->path, file->options, opened);
}

static sm_status open_npz(const opened_file *const file, smi_opened *const opened)
{
    return smi_open_npz_file(file->stream, file->part, file->options, opened);
}

static sm_status open_libsvm(const opened_file *const file, smi_opened *const opened)
{
    return opened->passing ? smi_libsvm_rows(file->stream, file->options, &opened->rows)
                           : smi_libsvm_read(file->stream, file->options, &opened->dataset);
}

/* Takes over the spool. */
static sm_status read_table(smi_spool *const spool, const sm_open_options *const options,
                            smi_opened *const opened)
{
    return opened->passing ? smi_table_rows(spool, options, &opened->rows)
                           : smi_table_read(spool, options, &opened->dataset);
}

static sm_status open_table(const opened_file *const file, smi_opened *const opened)
{
    smi_spool *spool = NULL;
    const sm_status status = smi_spool_stream(file->stream, &spool);
    return status == SM_OK ? read_table(spool, file->options, opened) : status;
}

static sm_status open_png(const opened_file *const file, smi_opened *const opened)
{
    return smi_open_picture(file->stream, file->options, &opened->dataset);
}

/* The result's text says all of itself: the first line is a header, commas lie between cells. That
 * it is one, the query says. */
static sm_status open_sqlite(const opened_file *const file, smi_opened *const opened)
{
    sm_open_options reading = *file->options;
    reading.delimiter = ',';
    reading.header = SM_HEADER_YES;
    smi_stream *result = NULL;
    smi_spool *spool = NULL;
    sm_status status = smi_sqlite_open(file->path, reading.query, &result);
    if (status == SM_OK) {
        status = smi_spool_stream(result, &spool);
    }
    smi_stream_close(result);
    reading.query = reading.query == NULL ? "" : reading.query;
    return status == SM_OK ? read_table(spool, &reading, opened) : status;
}

static const char *const idx_endings[] = {"-ubyte", "-float", "-int", NULL};
static const char *const npy_endings[] = {".npy", NULL};
static const char *const npz_endings[] = {".npz", NULL};
static const char *const libsvm_endings[] = {".svm", ".libsvm", ".svmlight", ".scale",
                                             ".t",   ".tr",     ".val",      NULL};
static const char *const png_endings[] = {".png", ".PNG", NULL};
static const char *const table_endings[] = {".csv", ".tsv", NULL};
static const char *const text_endings[] = {".tab", ".data", ".txt", NULL};

static const char *const sqlite_endings[] = {NULL}; /* the first bytes are enough */

static const file_kind kinds[] = {
    {SMI_DATA_SQLITE, sqlite_endings, false, smi_sqlite_looks_right, open_sqlite},
    {SMI_DATA_IDX, idx_endings, false, looks_like_idx, open_idx},
    {SMI_DATA_NPY, npy_endings, false, smi_npy_looks_right, open_npy},
    {SMI_DATA_NPZ, npz_endings, false, smi_zip_looks_right, open_npz},
    {SMI_DATA_PICTURES, png_endings, false, smi_png_looks_right, open_png},
    {SMI_DATA_LIBSVM, libsvm_endings, false, smi_libsvm_looks_right, open_libsvm},
    {SMI_DATA_TABLE, table_endings, true, smi_table_looks_right, open_table},
    {SMI_DATA_TABLE, text_endings, false, smi_table_looks_right, open_table},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Whether the first `length` characters of the name end so. */
static bool ends_in(const char *const name, const size_t length, const char *const ending)
{
    const size_t ending_length = strlen(ending);
    return length >= ending_length &&
           memcmp(name + length - ending_length, ending, ending_length) == 0;
}

/* The kind whose files have such names; NULL when there is none. */
static const file_kind *kind_by_name(const char *const path)
{
    size_t length = strlen(path);
    length -= ends_in(path, length, ".gz") ? 3 : 0;
    for (size_t k = 0; k < KINDS; k++) {
        for (size_t e = 0; kinds[k].endings[e] != NULL; e++) {
            if (ends_in(path, length, kinds[k].endings[e])) {
                return &kinds[k];
            }
        }
    }
    return NULL;
}

/* Lines that are to be skipped are a table's, and tell nothing of what follows them. */
static bool looks_like(const file_kind *const kind, const sm_open_options *const options,
                       const uint8_t *bytes, size_t size)
{
    const size_t skipped = kind->open == open_table ? options->skip_lines : 0;
    for (size_t line = 0; line < skipped && size > 0; line++) {
        const uint8_t *const end = memchr(bytes, '\n', size);
        const size_t length = end == NULL ? size : (size_t)(end - bytes) + 1;
        bytes += length;
        size -= length;
    }
    return kind->looks_right(bytes, size);
}

static const file_kind *kind_by_content(const sm_open_options *const options,
                                        const uint8_t *const bytes, const size_t size)
{
    for (size_t k = 0; k < KINDS; k++) {
        if (looks_like(&kinds[k], options, bytes, size)) {
            return &kinds[k];
        }
    }
    return NULL;
}

static sm_status open_stream(const opened_file *const file, smi_opened *const opened)
{
    const uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = smi_stream_peek(file->stream, &bytes, &size);
    if (status != SM_OK) {
        return status;
    }
    if (size == 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the file is empty", smi_stream_name(file->stream));
    }
    const file_kind *const by_name = kind_by_name(file->path);
    const file_kind *const by_content = kind_by_content(file->options, bytes, size);
    const bool named =
        by_name != NULL && by_name->name_decides && looks_like(by_name, file->options, bytes, size);
    const file_kind *const kind = by_content == NULL || named ? by_name : by_content;
    if (kind == NULL) {
        return smi_fail(
            SM_ERROR_FORMAT,
            "%s: neither an IDX, LIBSVM, NPY, NPZ, PNG or SQLite file nor a text table, as its "
            "first bytes would tell",
            smi_stream_name(file->stream));
    }
    status = smi_check_kind(smi_stream_name(file->stream), kind->kind, file->options);
    return status == SM_OK ? kind->open(file, opened) : status;
}

sm_status smi_open_file(const char *const path, const smi_part part,
                        const sm_open_options *const options, smi_opened *const opened)
{
    opened_file file = {.path = path, .part = part, .options = options};
    sm_status status = smi_stream_open_path(path, &file.stream);
    if (status == SM_OK) {
        status = open_stream(&file, opened);
    }
    smi_stream_close(file.stream);
    return status;
}

bool smi_file_has_parts(const char *const path)
{
    return smi_is_npz_file(path);
}
