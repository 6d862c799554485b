/* LIBSVM text, raw or gzip, opened on its own and as the data of a narrow model. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "data/dataset.h"
#include "data/libsvm.h"
#include "fuzz/fuzz.h"

static void check(const sm_dataset *const dataset)
{
    const size_t features = dataset->shape.features;
    fuzz_require(dataset->rows > 0 && features > 0, "there are rows and features");
    fuzz_require(dataset->shape.index_base != SM_INDEX_AUTO, "the index base is known");
    fuzz_require(dataset->row_starts[0] == 0, "entries begin at 0");
    for (size_t r = 0; r < dataset->rows; r++) {
        fuzz_require(dataset->row_starts[r] <= dataset->row_starts[r + 1], "rows do not overlap");
        fuzz_require(dataset->labels[r] >= 0 && (size_t)dataset->labels[r] < dataset->shape.classes,
                     "labels are classes");
        const smi_sparse_row x = smi_dataset_entries(dataset, r);
        for (size_t i = 0; i < x.count; i++) {
            fuzz_require(x.columns[i] < features, "columns are features");
            fuzz_require(i == 0 || x.columns[i] > x.columns[i - 1], "columns ascend");
            fuzz_require(isfinite(x.values[i]) && x.values[i] != 0.0F, "values are finite, not 0");
        }
    }
}

/* Returns how many entries there are; 0 also when the text is refused. */
static size_t read_with(const uint8_t *const bytes, const size_t size,
                        const sm_open_options *const options)
{
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    sm_dataset *dataset = NULL;
    size_t entries = 0;
    fuzz_require(smi_input_over(bytes, size, "input", &input) == SM_OK, "memory for the input");
    if (smi_stream_open(input, &stream) != SM_OK) {
        return 0;
    }
    const sm_status status = smi_libsvm_read(stream, options, &dataset);
    if (status == SM_OK) {
        check(dataset);
        entries = dataset->row_starts[dataset->rows];
    } else {
        fuzz_require(dataset == NULL, "a failure writes no result");
        fuzz_require(status == SM_ERROR_MEMORY || strncmp(sm_error_message(), "input:", 6) == 0,
                     "messages name the file");
    }
    sm_dataset_free(dataset);
    smi_stream_close(stream);
    return entries;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    const sm_shape narrow = {.features = 3, .index_base = SM_INDEX_FROM_ONE};
    sm_open_options options = sm_open_options_default();
    const size_t all = read_with(bytes, size, &options);
    options.index_base = SM_INDEX_FROM_ZERO;
    const size_t zero_based = read_with(bytes, size, &options);
    fuzz_require(zero_based >= all, "what can be read can be read as zero-based");
    options = (sm_open_options){.like = &narrow};
    (void)read_with(bytes, size, &options);
    options.ignore_extra = true;
    const size_t kept = read_with(bytes, size, &options);
    fuzz_require(kept <= zero_based, "leaving out adds nothing");
    (void)smi_libsvm_looks_right(bytes, size);
    return 0;
}
