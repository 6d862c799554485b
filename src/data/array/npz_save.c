/* Writing a dataset as an NPZ file: a zip archive of NPY arrays. */
#include <stdio.h>

#include "base/status.h"
#include "data/array/npy_header.h"
#include "data/array/saved_arrays.h"
#include "data/array/zip_writer.h"
#include "data/dataset.h"

static sm_status take(void *const context, const void *const bytes, const size_t size)
{
    return smi_zip_writer_add(context, bytes, size);
}

static sm_status write_array(const smi_saved_arrays *const arrays,
                             const smi_saved_array *const array, smi_zip_writer *const writer)
{
    uint8_t header[SMI_NPY_HEADER_SIZE];
    char name[32];
    const size_t size =
        smi_npy_make_header(array->description, array->extent, array->dimensions, header);
    (void)snprintf(name, sizeof name, "%s.npy", array->name);
    sm_status status = smi_zip_writer_begin(writer, name, size + array->bytes);
    if (status == SM_OK) {
        status = smi_zip_writer_add(writer, header, size);
    }
    if (status == SM_OK) {
        status = array->write(arrays, take, writer);
    }
    return status == SM_OK ? smi_zip_writer_end(writer) : status;
}

static sm_status write_archive(const smi_saved_arrays *const arrays, smi_output *const output)
{
    smi_zip_writer writer = {.output = output};
    sm_status status = SM_OK;
    for (size_t i = 0; i < arrays->count && status == SM_OK; i++) {
        status = write_array(arrays, &arrays->list[i], &writer);
    }
    return status == SM_OK ? smi_zip_writer_finish(&writer) : status;
}

sm_status sm_dataset_save_npz(const sm_dataset *const dataset, const char *const path)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    smi_saved_arrays arrays;
    smi_output *output = NULL;
    sm_status status = smi_saved_arrays_of(dataset, sm_dataset_has_labels(dataset), &arrays);
    if (status == SM_OK) {
        status = smi_output_open(path, &output);
    }
    if (status == SM_OK) {
        status = write_archive(&arrays, output);
    }
    smi_saved_arrays_free(&arrays);
    return smi_output_finish(output, status);
}
