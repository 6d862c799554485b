/* IDX features, raw or gzip. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "base/memory.h"
#include "data/idx.h"
#include "fuzz/fuzz.h"

static void check(const smi_idx_features *const features)
{
    size_t values = 0;
    fuzz_require(features->rows > 0 && features->features > 0, "there are rows and features");
    fuzz_require(smi_multiply_size(features->rows, features->features, &values), "their product");
    fuzz_require(features->height * features->width ==
                     (features->height == 0 ? 0 : features->features),
                 "pictures are height × width");
    uint64_t sum = 0;
    for (size_t i = 0; i < values; i++) { /* reads them all: they are there */
        if (features->element == SM_U8) {
            sum += ((const uint8_t *)features->x)[i];
        } else {
            fuzz_require(isfinite(((const float *)features->x)[i]), "features are finite");
        }
    }
    fuzz_require(sum <= values * (uint64_t)255, "bytes");
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    smi_idx_features features = {0};
    fuzz_require(smi_input_over(bytes, size, "input", &input) == SM_OK, "memory for the input");
    if (smi_stream_open(input, &stream) != SM_OK) {
        return 0;
    }
    const sm_status status = smi_idx_read_features(stream, &features);
    if (status == SM_OK) {
        check(&features);
    } else {
        fuzz_require(features.x == NULL, "a failure writes no result");
        fuzz_require(status == SM_ERROR_MEMORY || strncmp(sm_error_message(), "input: ", 7) == 0,
                     "messages name the file");
    }
    smi_free(features.x);
    smi_stream_close(stream);
    return 0;
}
