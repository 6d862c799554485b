/* Writing rows as NPY files. */
#include "base/status.h"
#include "data/array/npy_header.h"
#include "data/array/saved_arrays.h"
#include "sys/output.h"

/* A file for each array. */
typedef struct npy_writer {
    smi_saved_arrays arrays;
    smi_output *outputs[2]; /* features, labels */
} npy_writer;

static sm_status take(void *const context, const void *const bytes, const size_t size)
{
    return smi_output_write(context, bytes, size);
}

static sm_status begin_array(const smi_saved_array *const array, const char *const path,
                             smi_output **const output)
{
    uint8_t header[SMI_NPY_HEADER_SIZE];
    uint64_t bytes = 0;
    sm_status status = smi_saved_array_bytes(array, &bytes);
    if (status == SM_OK) {
        status = smi_output_open(path, output);
    }
    const size_t size =
        smi_npy_make_header(array->description, array->extent, array->dimensions, header);
    return status == SM_OK ? smi_output_write(*output, header, size) : status;
}

static sm_status write_block(void *const context, const smi_row_block *const block)
{
    npy_writer *const writer = context;
    smi_saved_arrays *const arrays = &writer->arrays;
    sm_status status = SM_OK;
    for (size_t a = 0; a < 2 && a < arrays->count && status == SM_OK; a++) {
        status = arrays->list[a].add(arrays, block, take, writer->outputs[a]);
    }
    return status;
}

/* Both files appear, or neither. */
static sm_status write_files(npy_writer *const writer, const char *const paths[2])
{
    sm_status status = SM_OK;
    for (size_t a = 0; a < 2 && a < writer->arrays.count && status == SM_OK; a++) {
        status = begin_array(&writer->arrays.list[a], paths[a], &writer->outputs[a]);
    }
    if (status == SM_OK) {
        status = smi_rows_pass(writer->arrays.rows, write_block, writer);
    }
    smi_output_group_begin();
    for (size_t a = 0; a < 2; a++) {
        status = smi_output_finish(writer->outputs[a], status);
    }
    return smi_output_group_end(status);
}

sm_status sm_rows_save_npy(const sm_rows *const rows, const char *const features_path,
                           const char *const labels_path)
{
    if (rows == NULL || features_path == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "features_path");
    }
    if (labels_path != NULL && !rows->labelled) {
        return smi_fail(SM_ERROR_ARGUMENT, "labels_path: the data has no labels");
    }
    if (rows->element == SM_CSR) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "'%s': NPY files hold full rows, and the data is sparse; NPZ files hold it",
                        features_path);
    }
    npy_writer writer = {.outputs = {NULL}};
    const char *const paths[2] = {features_path, labels_path};
    sm_status status = smi_saved_arrays_of(rows, labels_path != NULL, &writer.arrays);
    if (status == SM_OK) {
        status = write_files(&writer, paths);
    }
    smi_saved_arrays_free(&writer.arrays);
    return status;
}

sm_status sm_dataset_save_npy(const sm_dataset *const dataset, const char *const features_path,
                              const char *const labels_path)
{
    if (dataset == NULL || features_path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "features_path");
    }
    const sm_rows rows = smi_rows_over(dataset);
    return sm_rows_save_npy(&rows, features_path, labels_path);
}
