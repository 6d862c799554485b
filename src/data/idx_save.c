/* Writing a dataset as IDX files. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/status.h"
#include "data/dataset.h"
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

static sm_status write_features(smi_output *const output, const sm_dataset *const dataset)
{
    const sm_shape *const shape = &dataset->shape;
    const bool pictures = shape->image_height > 0;
    const bool bytes = dataset->element == SM_U8;
    const size_t extent[3] = {dataset->rows, pictures ? shape->image_height : shape->features,
                              shape->image_width};
    uint8_t *const row = smi_array(shape->features, 4);
    if (row == NULL) {
        return smi_fail_memory("a row");
    }
    sm_status status = write_header(output, bytes ? 0x08 : 0x0d, extent, pictures ? 3 : 2);
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

/* IDX labels are numbers; so must the class names be. */
static sm_status label_values(const sm_shape *const shape, uint32_t *const values,
                              uint32_t *const largest)
{
    *largest = 0;
    for (size_t c = 0; c < shape->classes; c++) {
        uint64_t value = 0;
        if (!smi_parse_u64(shape->class_names[c], &value) || value > INT32_MAX) {
            return smi_fail(SM_ERROR_DATA,
                            "class '%s' is not a whole number, which labels in IDX files are",
                            shape->class_names[c]);
        }
        values[c] = (uint32_t)value;
        *largest = values[c] > *largest ? values[c] : *largest;
    }
    return SM_OK;
}

static sm_status write_labels(smi_output *const output, const sm_dataset *const dataset)
{
    uint32_t *const values = smi_array(dataset->shape.classes, sizeof *values);
    if (values == NULL) {
        return smi_fail_memory("the labels");
    }
    uint32_t largest = 0;
    sm_status status = label_values(&dataset->shape, values, &largest);
    const bool bytes = largest <= UINT8_MAX;
    if (status == SM_OK) {
        status = write_header(output, bytes ? 0x08 : 0x0c, &dataset->rows, 1);
    }
    for (size_t r = 0; r < dataset->rows && status == SM_OK; r++) {
        uint8_t label[4];
        put_u32(label, values[sm_dataset_label(dataset, r)]);
        status = smi_output_write(output, bytes ? label + 3 : label, bytes ? 1 : 4);
    }
    smi_free(values);
    return status;
}

typedef sm_status content_writer(smi_output *output, const sm_dataset *dataset);

static sm_status save(const char *const path, content_writer *const write,
                      const sm_dataset *const dataset)
{
    smi_output *output = NULL;
    sm_status status = smi_output_open(path, &output);
    if (status != SM_OK) {
        return status;
    }
    status = write(output, dataset);
    if (status != SM_OK) {
        smi_output_abandon(output);
        return status;
    }
    return smi_output_commit(output);
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
    const sm_status status = save(features_path, write_features, dataset);
    return status == SM_OK && labels_path != NULL ? save(labels_path, write_labels, dataset)
                                                  : status;
}
