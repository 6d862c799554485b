/* IDX labels, raw or gzip, and the classes that they become. */
#include <string.h>

#include <softmax.h>

#include "base/memory.h"
#include "base/names.h"
#include "data/idx.h"
#include "data/labels.h"
#include "fuzz/fuzz.h"

static void check(int32_t *const labels, const size_t rows)
{
    char **names = NULL;
    size_t classes = 0;
    fuzz_require(rows > 0, "there are rows");
    if (smi_index_labels("input", labels, rows, &names, &classes) != SM_OK) {
        return;
    }
    fuzz_require(classes > 0 && classes <= rows, "every class has a row");
    for (size_t r = 0; r < rows; r++) {
        fuzz_require(labels[r] >= 0 && (size_t)labels[r] < classes, "labels are class indices");
    }
    smi_names_free(names, classes);
}

static sm_status read_labels(const uint8_t *const bytes, const size_t size, const size_t wanted,
                             int32_t **const labels, size_t *const rows)
{
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    fuzz_require(smi_input_over(bytes, size, "input", &input) == SM_OK, "memory for the input");
    sm_status status = smi_stream_open(input, &stream);
    if (status == SM_OK) {
        status = smi_idx_read_labels(stream, wanted, labels, rows);
    }
    smi_stream_close(stream);
    fuzz_require(status == SM_OK || *labels == NULL, "a failure writes no result");
    fuzz_require(status == SM_OK || status == SM_ERROR_MEMORY ||
                     strncmp(sm_error_message(), "input: ", 7) == 0,
                 "messages name the file");
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    enum { MOST_ROWS = 1 << 22 };
    int32_t *labels = NULL;
    size_t rows = 0;
    /* No file has 0 rows: this asks for their number alone. */
    if (read_labels(bytes, size, 0, &labels, &rows) != SM_OK) {
        return 0;
    }
    fuzz_require(labels == NULL && rows > 0, "rows are counted, not read");
    if (rows <= MOST_ROWS && read_labels(bytes, size, rows, &labels, &rows) == SM_OK) {
        check(labels, rows);
    }
    smi_free(labels);
    return 0;
}
