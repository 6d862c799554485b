#include "data/libsvm.h"

#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/dataset.h"
#include "data/growing.h"
#include "data/libsvm_line.h"
#include "data/libsvm_pieces.h"
#include "data/reading_pool.h"

/* What has been read so far. Which column an index means is decided when all are known. */
typedef struct libsvm_rows {
    const char *file;
    smi_growing values;  /* float */
    smi_growing columns; /* uint32_t: indices */
    smi_growing ends;    /* size_t: entries up to the end of each row */
    smi_growing labels;  /* int32_t */
    smi_stream *stream;
} libsvm_rows;

static sm_status read_text(void *const context, void *const buffer, const size_t size,
                           size_t *const got)
{
    const libsvm_rows *const rows = context;
    return smi_stream_read(rows->stream, buffer, size, got);
}

static sm_status add_piece(void *const context, smi_libsvm_piece *const piece)
{
    libsvm_rows *const rows = context;
    const size_t entries = piece->row_starts[piece->rows];
    for (size_t r = 1; r <= piece->rows; r++) {
        piece->row_starts[r] += rows->values.count;
    }
    return smi_growing_append(&rows->values, piece->values, entries) &&
                   smi_growing_append(&rows->columns, piece->columns, entries) &&
                   smi_growing_append(&rows->ends, piece->row_starts + 1, piece->rows) &&
                   smi_growing_append(&rows->labels, piece->labels, piece->rows)
               ? SM_OK
               : smi_fail_memory(rows->file);
}

static sm_status read_lines(libsvm_rows *const rows, const sm_open_options *const options,
                            smi_libsvm_indices *const indices)
{
    const smi_libsvm_pass pass = {
        .file = rows->file, .read = read_text, .merge = add_piece, .context = rows};
    smi_pool *pool = NULL;
    sm_status status = smi_reading_pool(options, &pool);
    if (status == SM_OK) {
        status = smi_libsvm_run(&pass, pool, indices);
    }
    smi_pool_free(pool);
    return status;
}

/* ---- the dataset ---- */

/* row_starts: rows + 1, of which all but the first are there already, one place too early. */
static size_t *join_ends(smi_growing *const ends)
{
    const size_t rows = ends->count;
    size_t *const spare = smi_growing_room(ends, 1);
    if (spare == NULL) {
        return NULL;
    }
    *spare = 0;
    smi_growing_add(ends, 1);
    size_t *const row_starts = smi_growing_join(ends);
    if (row_starts != NULL) {
        memmove(row_starts + 1, row_starts, rows * sizeof *row_starts);
        row_starts[0] = 0;
    }
    return row_starts;
}

/* Turns indices into columns, and moves entries together where some are left out. */
static void place_entries(const smi_csr *const x, const size_t rows,
                          const smi_libsvm_columns *const columns)
{
    const size_t entries = x->row_starts[rows];
    for (size_t i = 0; columns->base != 0 && i < entries; i++) {
        x->columns[i] -= columns->base;
    }
    size_t kept = 0;
    size_t begin = 0;
    for (size_t r = 0; columns->drop && r < rows; r++) {
        const size_t end = x->row_starts[r + 1];
        for (size_t i = begin; i < end && x->columns[i] < columns->width; i++) {
            x->values[kept] = x->values[i];
            x->columns[kept++] = x->columns[i];
        }
        begin = end;
        x->row_starts[r + 1] = kept;
    }
}

static sm_status make_dataset(libsvm_rows *const read, const smi_libsvm_columns *const columns,
                              sm_dataset **const dataset)
{
    const size_t rows = read->labels.count;
    const smi_csr x = {.values = smi_growing_join(&read->values),
                       .columns = smi_growing_join(&read->columns),
                       .row_starts = join_ends(&read->ends)};
    int32_t *const labels = smi_growing_join(&read->labels);
    if (x.values == NULL || x.columns == NULL || x.row_starts == NULL || labels == NULL) {
        smi_csr_free(&x);
        smi_free(labels);
        return smi_fail_memory(read->file);
    }
    place_entries(&x, rows, columns);
    sm_dataset *created = NULL;
    const sm_status status =
        smi_dataset_take_csr(read->file, &x, rows, columns->width, labels, 0, &created);
    if (status == SM_OK) {
        created->shape.index_base = columns->base == 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE;
        *dataset = created;
    }
    return status;
}

sm_status smi_libsvm_read(smi_stream *const stream, const sm_open_options *const options,
                          sm_dataset **const dataset)
{
    libsvm_rows rows = {.file = smi_stream_name(stream),
                        .values = {.element_size = sizeof(float)},
                        .columns = {.element_size = sizeof(uint32_t)},
                        .ends = {.element_size = sizeof(size_t)},
                        .labels = {.element_size = sizeof(int32_t)},
                        .stream = stream};
    smi_libsvm_indices indices;
    smi_libsvm_columns columns = {0};
    sm_status status = smi_stream_finish(stream, read_lines(&rows, options, &indices));
    if (status == SM_OK && rows.labels.count == 0) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: the file holds no rows", rows.file);
    }
    if (status == SM_OK) {
        status = smi_libsvm_choose_columns(rows.file, &indices, options, &columns);
    }
    if (status == SM_OK) {
        status = make_dataset(&rows, &columns, dataset);
    }
    smi_growing_free(&rows.values);
    smi_growing_free(&rows.columns);
    smi_growing_free(&rows.ends);
    smi_growing_free(&rows.labels);
    return status;
}

bool smi_libsvm_looks_right(const uint8_t *const bytes, const size_t size)
{
    const char *at = (const char *)bytes;
    const char *const end = at + size;
    at += smi_byte_order_mark(at, end);
    while (at < end) {
        const char *begin = at;
        const char *behind = smi_libsvm_line_end(at, end);
        at = behind + 1;
        smi_libsvm_trim(&begin, &behind);
        if (smi_libsvm_begins_row(begin, behind)) {
            return true;
        }
        /* Nothing but rows without entries may come before. */
        float label = 0.0F;
        if (begin < behind && !(smi_take_float(&begin, behind, &label) && begin == behind)) {
            return false;
        }
    }
    return false;
}
