#include "data/label_file.h"

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/array/npy_files.h"
#include "data/idx.h"

static sm_status read_idx(smi_stream *const stream, const size_t rows,
                          const char *const features_name, smi_npy_labels *const labels)
{
    size_t count = 0;
    int32_t *values = NULL;
    const sm_status status = smi_idx_read_labels(stream, rows, &values, &count);
    if (status == SM_OK && count != rows) {
        char own[SMI_COUNTED_SIZE];
        char labelled[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s has %s, but %s has %s", features_name,
                        smi_counted_text(rows, "row", own), smi_stream_name(stream),
                        smi_counted_text(count, "label", labelled));
    }
    if (status == SM_OK) {
        *labels = (smi_npy_labels){.values = values};
    }
    return status;
}

sm_status smi_read_label_file(const char *const path, const size_t rows,
                              const char *const features_name, smi_npy_labels *const labels)
{
    smi_stream *stream = NULL;
    const uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = smi_stream_open_path(path, &stream);
    if (status == SM_OK) {
        status = smi_stream_peek(stream, &bytes, &size);
    }
    if (status == SM_OK) {
        status = smi_npy_looks_right(bytes, size)
                     ? smi_npy_read_label_file(stream, rows, features_name, labels)
                     : read_idx(stream, rows, features_name, labels);
    }
    smi_stream_close(stream);
    return status;
}
