/* Writing rows as an NPZ file: a zip archive of NPY arrays, one behind the other, while a block of
 * rows has something for each. Full rows go straight to the archive, and what comes behind them
 * waits. So does all of sparse rows, of which it is known only in the end how many entries they
 * have. */
#include <stdio.h>

#include "base/status.h"
#include "data/array/npy_header.h"
#include "data/array/saved_arrays.h"
#include "data/array/waiting_bytes.h"
#include "data/array/zip_writer.h"
#include "sys/output.h"

typedef struct npz_writer {
    smi_saved_arrays arrays;
    smi_zip_writer zip;
    bool direct; /* the first array does not wait */
    smi_waiting_bytes waiting[SMI_MOST_SAVED_ARRAYS];
} npz_writer;

static sm_status add_to_archive(void *const context, const void *const bytes, const size_t size)
{
    return smi_zip_writer_add(context, bytes, size);
}

static sm_status wait_for_archive(void *const context, const void *const bytes, const size_t size)
{
    return smi_waiting_add(context, bytes, size);
}

/* Begins the array's member of the archive. */
static sm_status begin_array(npz_writer *const writer, const smi_saved_array *const array)
{
    uint8_t header[SMI_NPY_HEADER_SIZE];
    char name[32];
    uint64_t bytes = 0;
    const size_t size =
        smi_npy_make_header(array->description, array->extent, array->dimensions, header);
    (void)snprintf(name, sizeof name, "%s.npy", array->name);
    sm_status status = smi_saved_array_bytes(array, &bytes);
    if (status == SM_OK) {
        status = smi_zip_writer_begin(&writer->zip, name, size + bytes);
    }
    return status == SM_OK ? smi_zip_writer_add(&writer->zip, header, size) : status;
}

static sm_status write_block(void *const context, const smi_row_block *const block)
{
    npz_writer *const writer = context;
    smi_saved_arrays *const arrays = &writer->arrays;
    sm_status status = SM_OK;
    for (size_t a = 0; a < arrays->count && status == SM_OK; a++) {
        const smi_saved_array *const array = &arrays->list[a];
        if (a == 0 && writer->direct) {
            status = array->add(arrays, block, add_to_archive, &writer->zip);
        } else if (array->add != NULL) {
            status = array->add(arrays, block, wait_for_archive, &writer->waiting[a]);
        }
    }
    return status;
}

/* An array of which nothing is in the archive yet. */
static sm_status write_waiting(npz_writer *const writer, const size_t a)
{
    smi_saved_array *const array = &writer->arrays.list[a];
    if (array->by_entries) {
        array->extent[0] = (size_t)writer->arrays.entries;
    }
    sm_status status = begin_array(writer, array);
    if (status == SM_OK) {
        status = array->add == NULL
                     ? array->fixed(&writer->arrays, add_to_archive, &writer->zip)
                     : smi_waiting_hand_on(&writer->waiting[a], add_to_archive, &writer->zip);
    }
    return status == SM_OK ? smi_zip_writer_end(&writer->zip) : status;
}

static sm_status write_archive(npz_writer *const writer)
{
    sm_status status = writer->direct ? begin_array(writer, &writer->arrays.list[0]) : SM_OK;
    if (status == SM_OK) {
        status = smi_rows_pass(writer->arrays.rows, write_block, writer);
    }
    if (status == SM_OK && writer->direct) {
        status = smi_zip_writer_end(&writer->zip);
    }
    for (size_t a = writer->direct; a < writer->arrays.count && status == SM_OK; a++) {
        status = write_waiting(writer, a);
        smi_waiting_free(&writer->waiting[a]);
        writer->waiting[a] = (smi_waiting_bytes){.buffer = NULL};
    }
    return status == SM_OK ? smi_zip_writer_finish(&writer->zip) : status;
}

sm_status sm_rows_save_npz(const sm_rows *const rows, const char *const path)
{
    if (rows == NULL || path == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "path");
    }
    npz_writer writer = {.direct = rows->element != SM_CSR};
    smi_output *output = NULL;
    for (size_t a = 0; a < SMI_MOST_SAVED_ARRAYS; a++) {
        writer.waiting[a].path = path;
    }
    sm_status status = smi_saved_arrays_of(rows, rows->labelled, &writer.arrays);
    if (status == SM_OK) {
        status = smi_output_open(path, &output);
    }
    if (status == SM_OK) {
        writer.zip.output = output;
        status = write_archive(&writer);
    }
    for (size_t a = 0; a < SMI_MOST_SAVED_ARRAYS; a++) {
        smi_waiting_free(&writer.waiting[a]);
    }
    smi_saved_arrays_free(&writer.arrays);
    return smi_output_finish(output, status);
}

sm_status sm_dataset_save_npz(const sm_dataset *const dataset, const char *const path)
{
    if (dataset == NULL || path == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "path");
    }
    const sm_rows rows = smi_rows_over(dataset);
    return sm_rows_save_npz(&rows, path);
}
