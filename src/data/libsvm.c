#include "data/libsvm.h"

#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/growing.h"
#include "data/libsvm_line.h"
#include "data/text.h"

/* What has been read so far. Which column an index means is decided when all are known. */
typedef struct libsvm_rows {
    smi_libsvm_place place;
    smi_growing values;  /* float */
    smi_growing indices; /* uint32_t */
    smi_growing ends;    /* size_t: entries up to the end of each row */
    smi_growing labels;  /* int32_t */
    bool any;            /* an index */
    uint32_t largest;    /* index, */
    size_t largest_line; /* and where it is first */
    size_t zero_line;    /* where an index 0 is first; 0: nowhere */
} libsvm_rows;

/* ---- lines ---- */

/* The index base and the width are decided by what is noted here. */
static void note_indices(libsvm_rows *const rows, const smi_libsvm_line *const line)
{
    if (!line->any) {
        return;
    }
    if (line->first == 0 && rows->zero_line == 0) {
        rows->zero_line = rows->place.line;
    }
    if (!rows->any || line->last > rows->largest) {
        rows->largest = line->last;
        rows->largest_line = rows->place.line;
    }
    rows->any = true;
}

static sm_status read_line(libsvm_rows *const rows, const char *at, const char *end)
{
    smi_libsvm_trim(&at, &end);
    if (at == end) {
        return SM_OK;
    }
    const size_t most = smi_libsvm_most_entries((size_t)(end - at));
    smi_libsvm_line line = {.values = smi_growing_room(&rows->values, most),
                            .indices = smi_growing_room(&rows->indices, most)};
    size_t *const row_end = smi_growing_room(&rows->ends, 1);
    int32_t *const label = smi_growing_room(&rows->labels, 1);
    if (line.values == NULL || line.indices == NULL || row_end == NULL || label == NULL) {
        return smi_fail_memory(rows->place.file);
    }
    const sm_status status = smi_libsvm_parse_line(&rows->place, at, end, &line);
    if (status != SM_OK) {
        return status;
    }
    smi_growing_add(&rows->values, line.count);
    smi_growing_add(&rows->indices, line.count);
    *row_end = rows->values.count;
    *label = line.label;
    smi_growing_add(&rows->ends, 1);
    smi_growing_add(&rows->labels, 1);
    note_indices(rows, &line);
    return SM_OK;
}

/* The end of the line that begins at `at`: its newline, or the end of the text. */
static const char *line_end(const char *const at, const char *const end)
{
    const char *const newline = memchr(at, '\n', (size_t)(end - at));
    return newline == NULL ? end : newline;
}

static sm_status read_lines(libsvm_rows *const rows, smi_stream *const stream)
{
    smi_text text = {.stream = stream};
    smi_text_piece piece = {0};
    sm_status status = SM_OK;
    do {
        status = smi_text_next(&text, &piece);
        for (const char *at = piece.at; status == SM_OK && at < piece.end;) {
            const char *const end = line_end(at, piece.end);
            rows->place.line++;
            status = read_line(rows, at, end);
            at = end + 1;
        }
    } while (status == SM_OK && piece.at < piece.end);
    smi_text_free(&text);
    return status;
}

/* ---- what the indices mean ---- */

/* What the first column is called, and how many there are. */
typedef struct libsvm_columns {
    uint32_t base;
    size_t width;
    bool drop; /* there are columns beyond the width, to be left out */
} libsvm_columns;

static sm_index_base choose_base(const libsvm_rows *const rows,
                                 const sm_open_options *const options)
{
    if (options->index_base != SM_INDEX_AUTO) {
        return options->index_base;
    }
    if (options->like != NULL && options->like->index_base != SM_INDEX_AUTO) {
        return options->like->index_base;
    }
    return rows->zero_line != 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE;
}

static sm_status choose_columns(const libsvm_rows *const rows, const sm_open_options *const options,
                                libsvm_columns *const columns)
{
    const smi_libsvm_place *const place = &rows->place;
    columns->base = choose_base(rows, options) == SM_INDEX_FROM_ONE ? 1 : 0;
    if (columns->base == 1 && rows->zero_line != 0) {
        return smi_fail(SM_ERROR_DATA, "%s:%zu: index 0, but indices are to begin with 1%s",
                        place->file, rows->zero_line,
                        options->index_base == SM_INDEX_AUTO
                            ? ", as in the data that the model was made for"
                            : "");
    }
    const size_t own = rows->any ? (size_t)rows->largest + 1 - columns->base : 0;
    columns->width = options->like == NULL ? own : options->like->features;
    columns->drop = own > columns->width;
    if (columns->drop && !options->ignore_extra) {
        return smi_fail(SM_ERROR_DATA,
                        "%s:%zu: index %u, but the model has %zu features, up to index %zu; "
                        "--ignore-extra leaves others out",
                        place->file, rows->largest_line, (unsigned)rows->largest, columns->width,
                        columns->width - 1 + columns->base);
    }
    if (columns->width == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: no row has an entry, so that there are no features",
                        place->file);
    }
    return SM_OK;
}

/* ---- the dataset ---- */

static void free_csr(const smi_csr *const x)
{
    smi_free(x->values);
    smi_free(x->columns);
    smi_free(x->row_starts);
}

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
                          const libsvm_columns *const columns)
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

static sm_status make_dataset(libsvm_rows *const read, const libsvm_columns *const columns,
                              sm_dataset **const dataset)
{
    const size_t rows = read->labels.count;
    const smi_csr x = {.values = smi_growing_join(&read->values),
                       .columns = smi_growing_join(&read->indices),
                       .row_starts = join_ends(&read->ends)};
    int32_t *const labels = smi_growing_join(&read->labels);
    if (x.values == NULL || x.columns == NULL || x.row_starts == NULL || labels == NULL) {
        free_csr(&x);
        smi_free(labels);
        return smi_fail_memory(read->place.file);
    }
    place_entries(&x, rows, columns);
    sm_dataset *created = NULL;
    const sm_status status =
        smi_dataset_take_csr(read->place.file, &x, rows, columns->width, labels, 0, &created);
    if (status == SM_OK) {
        created->shape.index_base = columns->base == 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE;
        *dataset = created;
    }
    return status;
}

sm_status smi_libsvm_read(smi_stream *const stream, const sm_open_options *const options,
                          sm_dataset **const dataset)
{
    libsvm_rows rows = {.place = {.file = smi_stream_name(stream)},
                        .values = {.element_size = sizeof(float)},
                        .indices = {.element_size = sizeof(uint32_t)},
                        .ends = {.element_size = sizeof(size_t)},
                        .labels = {.element_size = sizeof(int32_t)}};
    libsvm_columns columns = {0};
    sm_status status = read_lines(&rows, stream);
    if (status == SM_OK && rows.labels.count == 0) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: the file holds no rows", rows.place.file);
    }
    if (status == SM_OK) {
        status = choose_columns(&rows, options, &columns);
    }
    if (status == SM_OK) {
        status = make_dataset(&rows, &columns, dataset);
    }
    smi_growing_free(&rows.values);
    smi_growing_free(&rows.indices);
    smi_growing_free(&rows.ends);
    smi_growing_free(&rows.labels);
    return status;
}

bool smi_libsvm_looks_right(const uint8_t *const bytes, const size_t size)
{
    const char *at = (const char *)bytes;
    const char *const end = at + size;
    while (at < end) {
        const char *begin = at;
        const char *behind = line_end(at, end);
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
