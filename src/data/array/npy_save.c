/* Writing a dataset as NPY files. */
#include "base/status.h"
#include "data/array/npy_header.h"
#include "data/array/saved_arrays.h"
#include "data/dataset.h"
#include "sys/output.h"

static sm_status take(void *const context, const void *const bytes, const size_t size)
{
    return smi_output_write(context, bytes, size);
}

static sm_status write_array(const smi_saved_arrays *const arrays,
                             const smi_saved_array *const array, smi_output *const output)
{
    uint8_t header[SMI_NPY_HEADER_SIZE];
    const size_t size =
        smi_npy_make_header(array->description, array->extent, array->dimensions, header);
    const sm_status status = smi_output_write(output, header, size);
    return status == SM_OK ? array->write(arrays, take, output) : status;
}

/* Both files are written before either gets its name. */
static sm_status write_files(const smi_saved_arrays *const arrays, const char *const features_path,
                             const char *const labels_path)
{
    smi_output *features = NULL;
    smi_output *labels = NULL;
    sm_status status = smi_output_open(features_path, &features);
    if (status == SM_OK) {
        status = write_array(arrays, &arrays->list[0], features);
    }
    if (status == SM_OK && labels_path != NULL) {
        status = smi_output_open(labels_path, &labels);
    }
    if (status == SM_OK && labels_path != NULL) {
        status = write_array(arrays, &arrays->list[1], labels);
    }
    status = smi_output_finish(features, status);
    return smi_output_finish(labels, status);
}

sm_status sm_dataset_save_npy(const sm_dataset *const dataset, const char *const features_path,
                              const char *const labels_path)
{
    if (dataset == NULL || features_path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "features_path");
    }
    if (labels_path != NULL && !sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the data has no labels", __func__);
    }
    if (dataset->element == SM_CSR) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "'%s': NPY files hold full rows, and the data is sparse; NPZ files hold it",
                        features_path);
    }
    smi_saved_arrays arrays;
    sm_status status = smi_saved_arrays_of(dataset, labels_path != NULL, &arrays);
    if (status == SM_OK) {
        status = write_files(&arrays, features_path, labels_path);
    }
    smi_saved_arrays_free(&arrays);
    return status;
}
