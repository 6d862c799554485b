#include "data/open_file.h"

#include <string.h>

#include "base/status.h"
#include "data/idx_files.h"
#include "data/libsvm.h"
#include "data/spool.h"
#include "data/stream.h"
#include "data/table/table.h"

/* A kind of file, and how it is told. */
typedef struct file_kind {
    const char *const *endings; /* of the file's name, before ".gz"; NULL at the end */
    bool name_decides;          /* of what looks right, whatever else it looks like */
    bool (*looks_right)(const uint8_t *bytes, size_t size); /* the first SMI_PEEKED */
    sm_status (*open)(smi_stream *stream, const char *path, const sm_open_options *options,
                      sm_dataset **dataset);
} file_kind;

static bool looks_like_idx(const uint8_t *const bytes, const size_t size)
{
    return size >= 2 && bytes[0] == 0 && bytes[1] == 0;
}

static sm_status open_idx(smi_stream *const stream, const char *const path,
                          const sm_open_options *const options, sm_dataset **const dataset)
{
    (void)options; /* the file says all of itself */
    return smi_open_idx_file(stream, path, dataset);
}

static sm_status open_libsvm(smi_stream *const stream, const char *const path,
                             const sm_open_options *const options, sm_dataset **const dataset)
{
    (void)path;
    return smi_libsvm_read(stream, options, dataset);
}

/* Tables are gone through more than once: standard input is kept, a file read where it lies. */
static sm_status open_table(smi_stream *const stream, const char *const path,
                            const sm_open_options *const options, sm_dataset **const dataset)
{
    smi_spool *spool = NULL;
    const sm_status status =
        strcmp(path, "-") == 0 ? smi_spool_stream(stream, &spool) : smi_spool_open(path, &spool);
    return status == SM_OK ? smi_table_read(spool, options, dataset) : status;
}

static const char *const idx_endings[] = {"-ubyte", "-float", "-int", NULL};
static const char *const libsvm_endings[] = {".svm", ".libsvm", ".svmlight", ".scale",
                                             ".t",   ".tr",     ".val",      NULL};
static const char *const table_endings[] = {".csv", ".tsv", NULL};
static const char *const text_endings[] = {".tab", ".data", ".txt", NULL};

static const file_kind kinds[] = {
    {idx_endings, false, looks_like_idx, open_idx},
    {libsvm_endings, false, smi_libsvm_looks_right, open_libsvm},
    {table_endings, true, smi_table_looks_right, open_table},
    {text_endings, false, smi_table_looks_right, open_table},
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

static const file_kind *kind_by_content(const uint8_t *const bytes, const size_t size)
{
    for (size_t k = 0; k < KINDS; k++) {
        if (kinds[k].looks_right(bytes, size)) {
            return &kinds[k];
        }
    }
    return NULL;
}

static sm_status open_stream(smi_stream *const stream, const char *const path,
                             const sm_open_options *const options, sm_dataset **const dataset)
{
    const uint8_t *bytes = NULL;
    size_t size = 0;
    const sm_status status = smi_stream_peek(stream, &bytes, &size);
    if (status != SM_OK) {
        return status;
    }
    if (size == 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the file is empty", smi_stream_name(stream));
    }
    const file_kind *const by_name = kind_by_name(path);
    const file_kind *const by_content = kind_by_content(bytes, size);
    const bool named =
        by_name != NULL && by_name->name_decides && by_name->looks_right(bytes, size);
    const file_kind *const kind = by_content == NULL || named ? by_name : by_content;
    if (kind == NULL) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: neither an IDX nor a LIBSVM file nor a text table, as its first "
                        "bytes would tell",
                        smi_stream_name(stream));
    }
    return kind->open(stream, path, options, dataset);
}

sm_status smi_open_file(const char *const path, const sm_open_options *const options,
                        sm_dataset **const dataset)
{
    smi_stream *stream = NULL;
    sm_status status = smi_stream_open_path(path, &stream);
    if (status == SM_OK) {
        status = open_stream(stream, path, options, dataset);
    }
    smi_stream_close(stream);
    return status;
}
