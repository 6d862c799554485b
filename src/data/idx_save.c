/* Writing a dataset as IDX files. */
#include <string.h>

#include "base/memory.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/labels.h"
#include "sys/output.h"

/* Element types, as byte 2 of the header gives them. */
enum { IDX_U8 = 0x08, IDX_I32 = 0x0c, IDX_F32 = 0x0d };

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

static sm_status write_features(smi_output *const output, const sm_dataset *const dataset)
{
    const sm_shape *const shape = &dataset->shape;
    const bool pictures =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width) == 1;
    const bool bytes = dataset->element == SM_U8;
    const size_t extent[3] = {dataset->rows, pictures ? shape->image_height : shape->features,
                              shape->image_width};
    uint8_t *const row = smi_array(shape->features, 4);
    if (row == NULL) {
        return smi_fail_memory("a row");
    }
    sm_status status = write_header(output, bytes ? IDX_U8 : IDX_F32, extent, pictures ? 3 : 2);
    for (size_t r = 0; r < dataset->rows && status == SM_OK; r++) {
        const void *const x = smi_dataset_x(dataset, r);
        for (size_t f = 0; f < shape->features && !bytes; f++) {
            uint32_t bits = 0;
            memcpy(&bits, (const float *)x + f, sizeof bits);
            put_u32(row + 4 * f, bits);
        }
        status = smi_output_write(output, bytes ? x : row, dataset->row_bytes);
    }
    smi_free(row);
    return status;
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

static sm_status write_labels(smi_output *const output, const sm_dataset *const dataset,
                              const label_plan *const plan)
{
    sm_status status = write_header(output, plan->bytes ? IDX_U8 : IDX_I32, &dataset->rows, 1);
    for (size_t r = 0; r < dataset->rows && status == SM_OK; r++) {
        uint8_t label[4];
        put_u32(label, (uint32_t)plan->values[sm_dataset_label(dataset, r)]);
        status = smi_output_write(output, plan->bytes ? label + 3 : label, plan->bytes ? 1 : 4);
    }
    return status;
}

sm_status sm_dataset_save_idx(const sm_dataset *const dataset, const char *const features_path,
                              const char *const labels_path)
{
    if (dataset == NULL || features_path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "features_path");
    }
    if (labels_path != NULL && !sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the data has no labels", __func__);
    }
    if (dataset->element == SM_CSR) {
        return smi_fail(SM_ERROR_ARGUMENT, "'%s': IDX files hold full rows, and the data is sparse",
                        features_path);
    }
    /* Both files are written before either gets its name. */
    smi_output *features = NULL;
    smi_output *labels = NULL;
    label_plan plan = {0};
    sm_status status = labels_path == NULL ? SM_OK : plan_labels(&dataset->shape, &plan);
    if (status == SM_OK) {
        status = smi_output_open(features_path, &features);
    }
    if (status == SM_OK) {
        status = write_features(features, dataset);
    }
    if (status == SM_OK && labels_path != NULL) {
        status = smi_output_open(labels_path, &labels);
    }
    if (status == SM_OK && labels_path != NULL) {
        status = write_labels(labels, dataset, &plan);
    }
    status = smi_output_finish(features, status);
    status = smi_output_finish(labels, status);
    smi_free(plan.values);
    return status;
}
