/* The rows of a LIBSVM file, passing. */
#include "base/memory.h"
#include "base/names.h"
#include "base/status.h"
#include "data/labels.h"
#include "data/libsvm.h"
#include "data/libsvm_pieces.h"
#include "data/reading_pool.h"
#include "data/spool.h"

typedef struct libsvm_source {
    smi_spool *spool;
    size_t threads; /* of a pass, which has a pool of its own: several may be under way at once */
    smi_label_set labels;
    char **class_names;
    smi_libsvm_columns columns;
    size_t rows;
} libsvm_source;

static void free_source(void *const context)
{
    libsvm_source *const source = context;
    smi_names_free(source->class_names, source->labels.count);
    smi_label_set_free(&source->labels);
    smi_spool_free(source->spool);
    smi_free(source);
}

/* A way through the file. */
typedef struct libsvm_reading {
    libsvm_source *source;
    uint64_t read;       /* up to here, in the spool */
    smi_take_rows *take; /* of rows that pass */
    void *context;
} libsvm_reading;

static sm_status read_text(void *const context, void *const buffer, const size_t size,
                           size_t *const got)
{
    libsvm_reading *const reading = context;
    const smi_spool *const spool = reading->source->spool;
    const uint64_t left = smi_spool_size(spool) - reading->read;
    *got = left < size ? (size_t)left : size;
    const sm_status status = smi_spool_read(spool, reading->read, buffer, *got);
    reading->read += *got;
    return status;
}

static sm_status run(libsvm_reading *const reading, const smi_libsvm_pass *const pass,
                     smi_libsvm_indices *const indices)
{
    const libsvm_source *const source = reading->source;
    smi_pool *pool = NULL;
    sm_status status = smi_pool_create(source->threads, &pool);
    if (status == SM_OK) {
        status = smi_libsvm_run(pass, pool, indices);
    }
    smi_pool_free(pool);
    return status == SM_OK ? smi_spool_check_unchanged(source->spool) : status;
}

/* ---- the first time ---- */

static sm_status count_piece(void *const context, smi_libsvm_piece *const piece)
{
    const libsvm_reading *const reading = context;
    libsvm_source *const source = reading->source;
    source->rows += piece->rows;
    return smi_label_set_add(&source->labels, smi_spool_name(source->spool), piece->labels,
                             piece->rows);
}

static sm_status look(libsvm_source *const source, const sm_open_options *const options,
                      smi_libsvm_indices *const indices)
{
    const char *const file = smi_spool_name(source->spool);
    libsvm_reading reading = {.source = source};
    const smi_libsvm_pass pass = {
        .file = file, .read = read_text, .merge = count_piece, .context = &reading};
    sm_status status = run(&reading, &pass, indices);
    if (status == SM_OK && source->rows == 0) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: the file holds no rows", file);
    }
    if (status == SM_OK) {
        status = smi_libsvm_choose_columns(file, indices, options, &source->columns);
    }
    if (status == SM_OK) {
        status = smi_label_set_sort(&source->labels, file);
    }
    return status == SM_OK ? smi_label_set_names(&source->labels, &source->class_names) : status;
}

/* ---- when they pass ---- */

/* Turns indices into columns and labels into classes; both have been seen before. */
static void place_piece(void *const context, smi_libsvm_piece *const piece)
{
    const libsvm_reading *const reading = context;
    const libsvm_source *const source = reading->source;
    const smi_libsvm_columns *const columns = &source->columns;
    const size_t entries = piece->row_starts[piece->rows];
    bool same = smi_label_set_place(&source->labels, piece->labels, piece->rows);
    for (size_t i = 0; i < entries && same; i++) {
        same = piece->columns[i] >= columns->base &&
               piece->columns[i] - columns->base < columns->width;
        piece->columns[i] -= columns->base;
    }
    piece->changed = !same;
}

static sm_status hand_on(void *const context, smi_libsvm_piece *const piece)
{
    const libsvm_reading *const reading = context;
    if (piece->changed) {
        return smi_fail_changed(smi_spool_name(reading->source->spool));
    }
    const smi_row_block block = {.rows = piece->rows,
                                 .x = piece->values,
                                 .columns = piece->columns,
                                 .row_starts = piece->row_starts,
                                 .labels = piece->labels};
    return piece->rows == 0 ? SM_OK : reading->take(reading->context, &block);
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    libsvm_source *const source = context;
    libsvm_reading reading = {.source = source, .take = take, .context = taker};
    const smi_libsvm_pass pass = {.file = smi_spool_name(source->spool),
                                  .read = read_text,
                                  .work = place_piece,
                                  .merge = hand_on,
                                  .context = &reading};
    smi_libsvm_indices indices;
    return run(&reading, &pass, &indices);
}

static const smi_row_source passing = {.pass = pass_over, .free = free_source};

sm_status smi_libsvm_rows(smi_stream *const stream, const sm_open_options *const options,
                          sm_rows **const rows)
{
    libsvm_source *const source = smi_array(1, sizeof *source);
    smi_libsvm_indices indices;
    if (source == NULL) {
        return smi_fail_memory(smi_stream_name(stream));
    }
    sm_status status = smi_spool_stream(stream, &source->spool);
    source->threads = smi_reading_threads(options);
    if (status == SM_OK) {
        status = look(source, options, &indices);
    }
    if (status != SM_OK) {
        free_source(source);
        return status;
    }
    const smi_libsvm_columns *const columns = &source->columns;
    const sm_rows filled = {
        .element = SM_CSR,
        .shape = {.features = columns->width,
                  .classes = source->labels.count,
                  .sparse = true,
                  .scale = 1.0F,
                  .class_names = (const char *const *)source->class_names,
                  .index_base = columns->base == 0 ? SM_INDEX_FROM_ZERO : SM_INDEX_FROM_ONE},
        .rows = source->rows,
        .labelled = true,
        .shows_width = indices.shown,
        .name = smi_spool_name(source->spool),
        .from = &passing,
        .source = source};
    return smi_rows_new(&filled, rows);
}
