/* Writing rows as IDX files. */
#include <string.h>

#include "base/memory.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "data/idx.h"
#include "data/labels.h"
#include "data/rows.h"
#include "sys/output.h"

static void put_u32(uint8_t *const to, const size_t value)
{
    for (size_t i = 0; i < 4; i++) {
        to[i] = (uint8_t)(value >> (8 * (3 - i)));
    }
}

static sm_status write_header(smi_output *const output, const uint8_t type,
                              const size_t *const extent, const uint8_t dimensions)
{
    uint8_t header[4 + 4 * 3] = {0, 0, type, dimensions};
    for (size_t i = 0; i < dimensions; i++) {
        if (extent[i] > UINT32_MAX) {
            return smi_fail(SM_ERROR_DATA, "%zu is more than an IDX file can count", extent[i]);
        }
        put_u32(header + 4 + 4 * i, extent[i]);
    }
    return smi_output_write(output, header, 4 + 4 * (size_t)dimensions);
}

/* How labels are stored: the numbers that name the classes, and whether bytes hold them. */
typedef struct label_plan {
    int32_t *values; /* of each class */
    bool bytes;
} label_plan;

static sm_status plan_labels(const sm_shape *const shape, label_plan *const plan)
{
    plan->bytes = true;
    const sm_status status = smi_class_numbers(shape, "IDX", &plan->values);
    for (size_t c = 0; status == SM_OK && c < shape->classes; c++) {
        plan->bytes = plan->bytes && plan->values[c] >= 0 && plan->values[c] <= UINT8_MAX;
    }
    return status;
}

/* Where the two files are written to. */
typedef struct idx_writer {
    const sm_rows *rows;
    smi_output *features;
    smi_output *labels; /* NULL: none */
    label_plan plan;
    uint8_t *row; /* 4 bytes a feature */
} idx_writer;

static sm_status write_headers(const idx_writer *const writer)
{
    const sm_rows *const rows = writer->rows;
    const sm_shape *const shape = &rows->shape;
    const bool pictures =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width) == 1;
    const size_t extent[3] = {rows->rows, pictures ? shape->image_height : shape->features,
                              shape->image_width};
    const sm_status status =
        write_header(writer->features, rows->element == SM_U8 ? SMI_IDX_U8 : SMI_IDX_F32, extent,
                     pictures ? 3 : 2);
    return status == SM_OK && writer->labels != NULL
               ? write_header(writer->labels, writer->plan.bytes ? SMI_IDX_U8 : SMI_IDX_I32, extent,
                              1)
               : status;
}

static sm_status write_features(const idx_writer *const writer, const smi_row_block *const block)
{
    const sm_rows *const rows = writer->rows;
    const size_t features = rows->shape.features;
    if (rows->element == SM_U8) {
        return smi_output_write(writer->features, block->x, block->rows * features);
    }
    sm_status status = SM_OK;
    for (size_t r = 0; r < block->rows && status == SM_OK; r++) {
        const float *const x = smi_block_x(rows, block, r);
        for (size_t f = 0; f < features; f++) {
            uint32_t bits = 0;
            memcpy(&bits, x + f, sizeof bits);
            put_u32(writer->row + 4 * f, bits);
        }
        status = smi_output_write(writer->features, writer->row, 4 * features);
    }
    return status;
}

static sm_status write_labels(const idx_writer *const writer, const smi_row_block *const block)
{
    const label_plan *const plan = &writer->plan;
    sm_status status = SM_OK;
    for (size_t r = 0; r < block->rows && status == SM_OK; r++) {
        uint8_t label[4];
        put_u32(label, (uint32_t)plan->values[block->labels[r]]);
        status =
            smi_output_write(writer->labels, plan->bytes ? label + 3 : label, plan->bytes ? 1 : 4);
    }
    return status;
}

static sm_status write_block(void *const context, const smi_row_block *const block)
{
    const idx_writer *const writer = context;
    const sm_status status = write_features(writer, block);
    return status == SM_OK && writer->labels != NULL ? write_labels(writer, block) : status;
}

/* Both files appear, or neither. */
static sm_status write_files(idx_writer *const writer, const char *const features_path,
                             const char *const labels_path)
{
    sm_status status = smi_output_open(features_path, &writer->features);
    if (status == SM_OK && labels_path != NULL) {
        status = smi_output_open(labels_path, &writer->labels);
    }
    if (status == SM_OK) {
        status = write_headers(writer);
    }
    if (status == SM_OK) {
        status = smi_rows_pass(writer->rows, write_block, writer);
    }
    smi_output_group_begin();
    status = smi_output_finish(writer->features, status);
    status = smi_output_finish(writer->labels, status);
    return smi_output_group_end(status);
}

/* What the rows have, and IDX files do not hold. */
static sm_status check_rows(const sm_rows *const rows, const char *const path)
{
    const sm_shape *const shape = &rows->shape;
    if (rows->weighted) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': the rows have weights, which IDX files do not hold; CSV files do",
                        path);
    }
    if (rows->soft_targets) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': the rows have soft targets, which IDX files do not hold", path);
    }
    if (rows->element == SM_CSR) {
        return smi_fail(SM_ERROR_ARGUMENT, "'%s': IDX files hold full rows, and the data is sparse",
                        path);
    }
    if (shape->image_height > 0 &&
        smi_picture_channels(shape->features, shape->image_height, shape->image_width) > 1) {
        return smi_fail(SM_ERROR_DATA,
                        "'%s': the pictures have colours, which IDX files do not hold; NPY and "
                        "NPZ files do",
                        path);
    }
    return SM_OK;
}

sm_status sm_rows_save_idx(const sm_rows *const rows, const char *const features_path,
                           const char *const labels_path)
{
    if (rows == NULL || features_path == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "features_path");
    }
    if (labels_path != NULL && !rows->labelled) {
        return smi_fail(SM_ERROR_ARGUMENT, "labels_path: the data has no labels");
    }
    sm_status status = check_rows(rows, features_path);
    if (status != SM_OK) {
        return status;
    }
    idx_writer writer = {.rows = rows, .row = smi_array(rows->shape.features, 4)};
    status = writer.row == NULL    ? smi_fail_memory("a row")
             : labels_path == NULL ? SM_OK
                                   : plan_labels(&rows->shape, &writer.plan);
    if (status == SM_OK) {
        status = write_files(&writer, features_path, labels_path);
    }
    smi_free(writer.plan.values);
    smi_free(writer.row);
    return status;
}

sm_status sm_dataset_save_idx(const sm_dataset *const dataset, const char *const features_path,
                              const char *const labels_path)
{
    if (dataset == NULL || features_path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "features_path");
    }
    const sm_rows rows = smi_rows_over(dataset);
    return sm_rows_save_idx(&rows, features_path, labels_path);
}
