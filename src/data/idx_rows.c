#include "data/idx_rows.h"

#include "base/memory.h"
#include "base/names.h"
#include "base/status.h"
#include "data/idx.h"
#include "data/label_file.h"
#include "data/labels.h"
#include "data/spool.h"

typedef struct idx_source {
    smi_spool *spool; /* what follows the header */
    smi_idx_header header;
    smi_idx_features shape;
    smi_npy_labels labels; /* as classes */
} idx_source;

static void free_source(void *const context)
{
    idx_source *const source = context;
    smi_names_free(source->labels.names, source->labels.classes);
    smi_free(source->labels.values);
    smi_spool_free(source->spool);
    smi_free(source);
}

static sm_status open_features(smi_stream *const stream, idx_source *const source)
{
    sm_status status = smi_idx_begin_features(stream, &source->header);
    if (status == SM_OK) {
        status = smi_spool_stream(stream, &source->spool);
    }
    if (status == SM_OK) {
        source->shape = smi_idx_shape(&source->header);
        status = smi_idx_check_size(&source->header, smi_stream_name(stream),
                                    smi_spool_size(source->spool));
    }
    return status;
}

/* Numbers become classes, as in a dataset. */
static sm_status open_labels(const char *const path, idx_source *const source)
{
    smi_npy_labels *const labels = &source->labels;
    const size_t rows = source->shape.rows;
    const sm_status status = smi_read_label_file(path, rows, smi_spool_name(source->spool), labels);
    return status == SM_OK && labels->names == NULL
               ? smi_index_labels(path, labels->values, rows, &labels->names, &labels->classes)
               : status;
}

/* ---- a pass ---- */

enum { BLOCK_BYTES = 1 << 20 };

/* Reads rows first … first + count − 1. bytes: as in the file; x: where they become floats. */
static sm_status read_rows(const idx_source *const source, const size_t first, const size_t count,
                           uint8_t *const bytes, float *const x)
{
    const smi_idx_header *const header = &source->header;
    const size_t features = source->shape.features;
    const size_t row_bytes = features * header->element_size;
    const sm_status status =
        smi_spool_read(source->spool, (uint64_t)first * row_bytes, bytes, count * row_bytes);
    return status == SM_OK && source->shape.element != SM_U8
               ? smi_idx_decode(header, smi_spool_name(source->spool), bytes, first * features,
                                count * features, x)
               : status;
}

static sm_status hand_out(const idx_source *const source, const size_t block_rows,
                          uint8_t *const bytes, float *const x, smi_take_rows *const take,
                          void *const context)
{
    const smi_idx_features *const shape = &source->shape;
    sm_status status = SM_OK;
    for (size_t first = 0; first < shape->rows && status == SM_OK; first += block_rows) {
        const smi_row_block block = {
            .rows = smi_min_size(block_rows, shape->rows - first),
            .x = shape->element == SM_U8 ? (const void *)bytes : x,
            .labels = source->labels.values == NULL ? NULL : source->labels.values + first};
        status = read_rows(source, first, block.rows, bytes, x);
        if (status == SM_OK) {
            status = take(context, &block);
        }
    }
    return status == SM_OK ? smi_spool_check_unchanged(source->spool) : status;
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    const idx_source *const source = context;
    const size_t features = source->shape.features;
    const size_t row_bytes = features * source->header.element_size;
    const size_t block_rows =
        smi_min_size(smi_max_size(BLOCK_BYTES / row_bytes, 1), source->shape.rows);
    const size_t floats = source->shape.element == SM_U8 ? 0 : block_rows * features;
    uint8_t *const bytes = smi_bytes(block_rows * row_bytes);
    float *const x = smi_array(floats, sizeof *x);
    const sm_status status = bytes == NULL || x == NULL
                                 ? smi_fail_memory(smi_spool_name(source->spool))
                                 : hand_out(source, block_rows, bytes, x, take, taker);
    smi_free(bytes);
    smi_free(x);
    return status;
}

static const smi_row_source passing = {.pass = pass_over, .free = free_source};

static sm_rows rows_of(idx_source *const source)
{
    const smi_idx_features *const shape = &source->shape;
    return (sm_rows){.element = shape->element,
                     .shape = {.features = shape->features,
                               .classes = source->labels.classes,
                               .image_height = shape->height,
                               .image_width = shape->width,
                               .scale = shape->element == SM_U8 ? 1.0F / 255.0F : 1.0F,
                               .class_names = (const char *const *)source->labels.names},
                     .rows = shape->rows,
                     .labelled = source->labels.values != NULL,
                     .name = smi_spool_name(source->spool),
                     .from = &passing,
                     .source = source};
}

sm_status smi_idx_rows(smi_stream *const stream, const char *const labels_path,
                       sm_rows **const rows)
{
    idx_source *const source = smi_array(1, sizeof *source);
    if (source == NULL) {
        return smi_fail_memory(smi_stream_name(stream));
    }
    sm_status status = open_features(stream, source);
    if (status == SM_OK && labels_path != NULL) {
        status = open_labels(labels_path, source);
    }
    if (status != SM_OK) {
        free_source(source);
        return status;
    }
    const sm_rows filled = rows_of(source);
    return smi_rows_new(&filled, rows);
}
