#include "data/libsvm_pieces.h"

#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/libsvm_line.h"
#include "data/pieces.h"

/* A pass under way. */
typedef struct libsvm_run {
    const smi_libsvm_pass *pass;
    smi_libsvm_place place;      /* behind the pieces that have been merged */
    smi_libsvm_indices *indices; /* of them */
    smi_libsvm_piece *pieces;    /* one a slot */
} libsvm_run;

/* ---- a piece ---- */

static void free_piece(smi_libsvm_piece *const piece)
{
    smi_free(piece->values);
    smi_free(piece->columns);
    smi_free(piece->row_starts);
    smi_free(piece->labels);
    *piece = (smi_libsvm_piece){0};
}

/* Room for all that a text of this length can hold. */
static bool make_room(smi_libsvm_piece *const piece, const size_t length)
{
    const size_t room = smi_libsvm_most_entries(length);
    const size_t line_room = length / 2 + 1; /* a label and a newline */
    if (piece->values == NULL || length > piece->room) {
        free_piece(piece);
        piece->values = smi_bytes(room * sizeof *piece->values);
        piece->columns = smi_bytes(room * sizeof *piece->columns);
        piece->row_starts = smi_bytes((line_room + 1) * sizeof *piece->row_starts);
        piece->labels = smi_bytes(line_room * sizeof *piece->labels);
        if (piece->values == NULL || piece->columns == NULL || piece->row_starts == NULL ||
            piece->labels == NULL) {
            free_piece(piece);
            return false;
        }
        piece->room = length;
    }
    return true;
}

/* The index base and the width are decided by what is noted here. */
static void note_indices(smi_libsvm_piece *const piece, const smi_libsvm_line *const line)
{
    smi_libsvm_indices *const indices = &piece->indices;
    if (!line->any) {
        return;
    }
    if (line->first == 0 && indices->zero_line == 0) {
        indices->zero_line = piece->lines;
    }
    if (!indices->any || line->last > indices->largest) {
        indices->largest = line->last;
        indices->largest_line = piece->lines;
        indices->shown = false;
    }
    if (line->last == indices->largest && line->count > 0 &&
        line->indices[line->count - 1] == line->last) {
        indices->shown = true;
    }
    indices->any = true;
}

/* Where the line's entries go: behind those that are there. */
static smi_libsvm_line next_line(const smi_libsvm_piece *const piece)
{
    const size_t entries = piece->row_starts[piece->rows];
    return (smi_libsvm_line){.values = piece->values + entries,
                             .indices = piece->columns + entries};
}

/* False: it is wrong. */
static bool read_line(smi_libsvm_piece *const piece, const smi_libsvm_place *const place,
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
    piece->labels[piece->rows] = line.label;
    piece->rows++;
    piece->row_starts[piece->rows] = before + line.count;
    note_indices(piece, &line);
    return true;
}

static void work(void *const context, const smi_piece *const text)
{
    const libsvm_run *const run = context;
    smi_libsvm_piece *const piece = &run->pieces[text->slot];
    piece->out_of_memory = !make_room(piece, (size_t)(text->end - text->at));
    piece->rows = 0;
    piece->lines = 0;
    piece->changed = false;
    piece->indices = (smi_libsvm_indices){0};
    if (piece->out_of_memory) {
        return;
    }
    piece->row_starts[0] = 0;
    bool fine = true;
    const size_t skipped = text->offset == 0 ? smi_byte_order_mark(text->at, text->end) : 0;
    for (const char *at = text->at + skipped; fine && at < text->end;) {
        const char *const end = smi_libsvm_line_end(at, text->end);
        fine = read_line(piece, &run->place, at, end);
        at = end + 1;
    }
    if (fine && run->pass->work != NULL) {
        run->pass->work(run->pass->context, piece);
    }
}

/* ---- all of them ---- */

static sm_status read_text(void *const context, void *const buffer, const size_t size,
                           size_t *const got)
{
    const libsvm_run *const run = context;
    return run->pass->read(run->pass->context, buffer, size, got);
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

static void add_indices(const libsvm_run *const run, const smi_libsvm_indices *const indices)
{
    smi_libsvm_indices *const all = run->indices;
    if (all->zero_line == 0 && indices->zero_line != 0) {
        all->zero_line = run->place.line + indices->zero_line;
    }
    if (indices->any && (!all->any || indices->largest > all->largest)) {
        all->largest = indices->largest;
        all->largest_line = run->place.line + indices->largest_line;
        all->shown = false;
    }
    all->shown = all->shown || (indices->largest == all->largest && indices->shown);
    all->any = all->any || indices->any;
}

static sm_status merge(void *const context, const smi_piece *const text)
{
    libsvm_run *const run = context;
    smi_libsvm_piece *const piece = &run->pieces[text->slot];
    if (piece->out_of_memory) {
        return smi_fail_memory(run->place.file);
    }
    if (piece->wrong != NULL) { /* once more, for the message, as now the line is known */
        const smi_libsvm_place place = {run->place.file, run->place.line + piece->lines};
        smi_libsvm_line line = next_line(piece);
        return smi_libsvm_parse_line(&place, piece->wrong, piece->wrong_end, &line);
    }
    add_indices(run, &piece->indices);
    run->place.line += piece->lines;
    return run->pass->merge(run->pass->context, piece);
}

sm_status smi_libsvm_run(const smi_libsvm_pass *const pass, smi_pool *const pool,
                         smi_libsvm_indices *const indices)
{
    enum { PIECE_SIZE = 256 << 10 }; /* so that what becomes of it stays in the L2 cache, too */
    libsvm_run run = {.pass = pass, .place = {.file = pass->file}, .indices = indices};
    const smi_pieces pieces = {.piece_size = PIECE_SIZE,
                               .slots = 2 * smi_pool_threads(pool),
                               .most_pending = SIZE_MAX,
                               .read = read_text,
                               .cut = cut,
                               .work = work,
                               .merge = merge,
                               .context = &run};
    *indices = (smi_libsvm_indices){0};
    run.pieces = smi_array(pieces.slots, sizeof *run.pieces);
    if (run.pieces == NULL) {
        return smi_fail_memory(pass->file);
    }
    const sm_status status = smi_pieces_run(&pieces, pool);
    for (size_t s = 0; s < pieces.slots; s++) {
        free_piece(&run.pieces[s]);
    }
    smi_free(run.pieces);
    return status;
}

/* ---- what the indices mean ---- */

static sm_index_base choose_base(const smi_libsvm_indices *const indices,
                                 const sm_open_options *const options)
{
    if (options->index_base != SM_INDEX_AUTO) {
        return options->index_base;
    }
    if (options->like != NULL && options->like->index_base != SM_INDEX_AUTO) {
        return options->like->index_base;
    }
    return indices->zero_line != 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE;
}

sm_status smi_libsvm_choose_columns(const char *const file, const smi_libsvm_indices *const indices,
                                    const sm_open_options *const options,
                                    smi_libsvm_columns *const columns)
{
    columns->base = choose_base(indices, options) == SM_INDEX_FROM_ONE ? 1 : 0;
    if (columns->base == 1 && indices->zero_line != 0) {
        return smi_fail(SM_ERROR_DATA, "%s:%zu: index 0, but indices are to begin with 1%s", file,
                        indices->zero_line,
                        options->index_base == SM_INDEX_AUTO
                            ? ", as in the data that the model was made for"
                            : "");
    }
    const size_t own = indices->any ? (size_t)indices->largest + 1 - columns->base : 0;
    columns->width = options->like == NULL ? own : options->like->features;
    columns->drop = own > columns->width;
    if (columns->drop && !options->ignore_extra) {
        char features[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_DATA,
                        "%s:%zu: index %u, but the model has %s, up to index %zu; --ignore-extra "
                        "leaves others out",
                        file, indices->largest_line, (unsigned)indices->largest,
                        smi_counted_text(columns->width, "feature", features),
                        columns->width - 1 + columns->base);
    }
    if (columns->width == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: no row has an entry, so that there are no features",
                        file);
    }
    return SM_OK;
}
