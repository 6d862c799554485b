#include "data/libsvm.h"

#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/growing.h"
#include "data/libsvm_line.h"
#include "data/pieces.h"
#include "data/reading_pool.h"

/* What is known of the indices in some lines. */
typedef struct libsvm_indices {
    bool any;
    uint32_t largest;
    size_t largest_line; /* where it is first */
    size_t zero_line;    /* where an index 0 is first; 0: nowhere */
} libsvm_indices;

/* What one piece of the text holds. Lines count from 1 in each piece. */
typedef struct libsvm_piece {
    size_t room; /* of entries; of rows there is room for all that can be in a piece, too */
    float *values;
    uint32_t *columns; /* indices, as the file has them */
    size_t *ends;      /* entries up to the end of each row */
    int32_t *labels;
    size_t rows;
    size_t lines;
    libsvm_indices indices;
    const char *wrong; /* the line that is, trimmed; NULL: none, and then it is the last one */
    const char *wrong_end;
    bool out_of_memory;
} libsvm_piece;

/* What has been read so far. Which column an index means is decided when all are known. */
typedef struct libsvm_rows {
    smi_libsvm_place place; /* behind the pieces that have been merged */
    smi_growing values;     /* float */
    smi_growing columns;    /* uint32_t: indices */
    smi_growing ends;       /* size_t: entries up to the end of each row */
    smi_growing labels;     /* int32_t */
    libsvm_indices indices;
    smi_stream *stream;
    libsvm_piece *pieces; /* one a slot */
} libsvm_rows;

/* ---- a piece ---- */

static void free_piece(libsvm_piece *const piece)
{
    smi_free(piece->values);
    smi_free(piece->columns);
    smi_free(piece->ends);
    smi_free(piece->labels);
    *piece = (libsvm_piece){0};
}

/* Room for all that a text of this length can hold. */
static bool make_room(libsvm_piece *const piece, const size_t length)
{
    const size_t room = smi_libsvm_most_entries(length);
    const size_t line_room = length / 2 + 1; /* a label and a newline */
    if (room > piece->room) {
        free_piece(piece);
        piece->values = smi_bytes(room * sizeof *piece->values);
        piece->columns = smi_bytes(room * sizeof *piece->columns);
        piece->ends = smi_bytes(line_room * sizeof *piece->ends);
        piece->labels = smi_bytes(line_room * sizeof *piece->labels);
        if (piece->values == NULL || piece->columns == NULL || piece->ends == NULL ||
            piece->labels == NULL) {
            free_piece(piece);
            return false;
        }
        piece->room = room;
    }
    return true;
}

/* The index base and the width are decided by what is noted here. */
static void note_indices(libsvm_piece *const piece, const smi_libsvm_line *const line)
{
    libsvm_indices *const indices = &piece->indices;
    if (!line->any) {
        return;
    }
    if (line->first == 0 && indices->zero_line == 0) {
        indices->zero_line = piece->lines;
    }
    if (!indices->any || line->last > indices->largest) {
        indices->largest = line->last;
        indices->largest_line = piece->lines;
    }
    indices->any = true;
}

/* Where the line's entries go: behind those that are there. */
static smi_libsvm_line next_line(const libsvm_piece *const piece)
{
    const size_t entries = piece->rows == 0 ? 0 : piece->ends[piece->rows - 1];
    return (smi_libsvm_line){.values = piece->values + entries,
                             .indices = piece->columns + entries};
}

/* False: it is wrong. */
static bool read_line(libsvm_piece *const piece, const smi_libsvm_place *const place,
                      const char *at, const char *end)
{
    piece->lines++;
    smi_libsvm_trim(&at, &end);
    if (at == end) {
        return true;
    }
    smi_libsvm_line line = next_line(piece);
    const size_t before = (size_t)(line.values - piece->values);
    if (smi_libsvm_parse_line(place, at, end, &line) != SM_OK) {
        piece->wrong = at;
        piece->wrong_end = end;
        return false;
    }
    piece->ends[piece->rows] = before + line.count;
    piece->labels[piece->rows] = line.label;
    piece->rows++;
    note_indices(piece, &line);
    return true;
}

/* The end of the line that begins at `at`: its newline, or the end of the text. */
static const char *line_end(const char *const at, const char *const end)
{
    const char *const newline = memchr(at, '\n', (size_t)(end - at));
    return newline == NULL ? end : newline;
}

static void work(void *const context, const smi_piece *const text)
{
    const libsvm_rows *const rows = context;
    libsvm_piece *const piece = &rows->pieces[text->slot];
    piece->out_of_memory = !make_room(piece, (size_t)(text->end - text->at));
    piece->rows = 0;
    piece->lines = 0;
    piece->indices = (libsvm_indices){0};
    bool fine = !piece->out_of_memory;
    for (const char *at = text->at; fine && at < text->end;) {
        const char *const end = line_end(at, text->end);
        fine = read_line(piece, &rows->place, at, end);
        at = end + 1;
    }
}

/* ---- all of them ---- */

static sm_status read_text(void *const context, void *const buffer, const size_t size,
                           size_t *const got)
{
    const libsvm_rows *const rows = context;
    return smi_stream_read(rows->stream, buffer, size, got);
}

static size_t cut(void *const context, const char *const text, const size_t seen, const size_t size)
{
    (void)context;
    for (size_t i = size; i > seen; i--) {
        if (text[i - 1] == '\n') {
            return i;
        }
    }
    return 0;
}

static void add_indices(libsvm_rows *const rows, const libsvm_indices *const indices)
{
    libsvm_indices *const all = &rows->indices;
    if (all->zero_line == 0 && indices->zero_line != 0) {
        all->zero_line = rows->place.line + indices->zero_line;
    }
    if (indices->any && (!all->any || indices->largest > all->largest)) {
        all->largest = indices->largest;
        all->largest_line = rows->place.line + indices->largest_line;
    }
    all->any = all->any || indices->any;
}

static sm_status merge(void *const context, const smi_piece *const text)
{
    libsvm_rows *const rows = context;
    libsvm_piece *const piece = &rows->pieces[text->slot];
    if (piece->out_of_memory) {
        return smi_fail_memory(rows->place.file);
    }
    if (piece->wrong != NULL) { /* once more, for the message, as now the line is known */
        const smi_libsvm_place place = {rows->place.file, rows->place.line + piece->lines};
        smi_libsvm_line line = next_line(piece);
        return smi_libsvm_parse_line(&place, piece->wrong, piece->wrong_end, &line);
    }
    const size_t entries = piece->rows == 0 ? 0 : piece->ends[piece->rows - 1];
    for (size_t r = 0; r < piece->rows; r++) {
        piece->ends[r] += rows->values.count;
    }
    if (!smi_growing_append(&rows->values, piece->values, entries) ||
        !smi_growing_append(&rows->columns, piece->columns, entries) ||
        !smi_growing_append(&rows->ends, piece->ends, piece->rows) ||
        !smi_growing_append(&rows->labels, piece->labels, piece->rows)) {
        return smi_fail_memory(rows->place.file);
    }
    add_indices(rows, &piece->indices);
    rows->place.line += piece->lines;
    return SM_OK;
}

static sm_status read_pieces(libsvm_rows *const rows, smi_pool *const pool)
{
    enum { PIECE_SIZE = 256 << 10 }; /* so that what becomes of it stays in the L2 cache, too */
    const smi_pieces pieces = {.piece_size = PIECE_SIZE,
                               .slots = 2 * smi_pool_threads(pool),
                               .most_pending = SIZE_MAX,
                               .read = read_text,
                               .cut = cut,
                               .work = work,
                               .merge = merge,
                               .context = rows};
    rows->pieces = smi_array(pieces.slots, sizeof *rows->pieces);
    if (rows->pieces == NULL) {
        return smi_fail_memory(rows->place.file);
    }
    const sm_status status = smi_pieces_run(&pieces, pool);
    for (size_t s = 0; s < pieces.slots; s++) {
        free_piece(&rows->pieces[s]);
    }
    smi_free(rows->pieces);
    return status;
}

static sm_status read_lines(libsvm_rows *const rows, const sm_open_options *const options)
{
    smi_pool *pool = NULL;
    sm_status status = smi_reading_pool(options, &pool);
    if (status == SM_OK) {
        status = read_pieces(rows, pool);
    }
    smi_pool_free(pool);
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
    return rows->indices.zero_line != 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE;
}

static sm_status choose_columns(const libsvm_rows *const rows, const sm_open_options *const options,
                                libsvm_columns *const columns)
{
    const smi_libsvm_place *const place = &rows->place;
    columns->base = choose_base(rows, options) == SM_INDEX_FROM_ONE ? 1 : 0;
    if (columns->base == 1 && rows->indices.zero_line != 0) {
        return smi_fail(SM_ERROR_DATA, "%s:%zu: index 0, but indices are to begin with 1%s",
                        place->file, rows->indices.zero_line,
                        options->index_base == SM_INDEX_AUTO
                            ? ", as in the data that the model was made for"
                            : "");
    }
    const size_t own = rows->indices.any ? (size_t)rows->indices.largest + 1 - columns->base : 0;
    columns->width = options->like == NULL ? own : options->like->features;
    columns->drop = own > columns->width;
    if (columns->drop && !options->ignore_extra) {
        return smi_fail(SM_ERROR_DATA,
                        "%s:%zu: index %u, but the model has %zu features, up to index %zu; "
                        "--ignore-extra leaves others out",
                        place->file, rows->indices.largest_line, (unsigned)rows->indices.largest,
                        columns->width, columns->width - 1 + columns->base);
    }
    if (columns->width == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: no row has an entry, so that there are no features",
                        place->file);
    }
    return SM_OK;
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
                       .columns = smi_growing_join(&read->columns),
                       .row_starts = join_ends(&read->ends)};
    int32_t *const labels = smi_growing_join(&read->labels);
    if (x.values == NULL || x.columns == NULL || x.row_starts == NULL || labels == NULL) {
        smi_csr_free(&x);
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
                        .columns = {.element_size = sizeof(uint32_t)},
                        .ends = {.element_size = sizeof(size_t)},
                        .labels = {.element_size = sizeof(int32_t)},
                        .stream = stream};
    libsvm_columns columns = {0};
    sm_status status = read_lines(&rows, options);
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
    smi_growing_free(&rows.columns);
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
