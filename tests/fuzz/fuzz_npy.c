/* NPY arrays, as features, held and passing, and as labels. */
#include <math.h>

#include <softmax.h>

#include "base/memory.h"
#include "base/names.h"
#include "data/array/npy_rows.h"
#include "data/array/npy_values.h"
#include "fuzz/fuzz.h"

static void read_features(const smi_content *const content)
{
    smi_array_source source =
        smi_array_source_over("input", smi_content_bytes(content), smi_content_size(content));
    smi_npy_features features = {.memory = NULL};
    if (smi_npy_take_features(&source, content, &features) != SM_OK) {
        fuzz_require(features.x == NULL, "a failure writes no result");
        return;
    }
    const size_t count = features.rows * features.features;
    fuzz_require(count > 0, "there are rows and features");
    for (size_t i = 0; i < count && features.element == SM_F32; i++) {
        fuzz_require(isfinite(((const float *)features.x)[i]), "features are finite");
    }
    volatile uint8_t last = 0; /* reading beyond the input is what a sanitizer sees */
    if (features.element == SM_U8) {
        last = ((const uint8_t *)features.x)[count - 1];
    }
    (void)last;
    smi_free(features.memory);
}

static sm_status take_block(void *const context, const smi_row_block *const block)
{
    const sm_rows *const rows = context;
    const size_t count = block->rows * rows->shape.features;
    for (size_t i = 0; i < count && rows->element == SM_F32; i++) {
        fuzz_require(isfinite(((const float *)block->x)[i]), "features that pass are finite");
    }
    return SM_OK;
}

static void pass_features(const uint8_t *const bytes, const size_t size)
{
    static const smi_npy_labels none = {.values = NULL};
    smi_content *content = NULL;
    smi_npy_passing *passing = NULL;
    sm_rows *rows = NULL;
    fuzz_require(smi_content_over(bytes, size, "input", &content) == SM_OK, "memory");
    sm_status status = smi_npy_passing_begin(content, NULL, &passing);
    const bool held = status == SM_OK && passing == NULL;
    status = smi_npy_passing_finish(passing, content, status, "labels", &none, &rows);
    if (held) {
        smi_content_free(content);
    }
    if (rows != NULL) {
        fuzz_require(status == SM_OK, "a failure writes no result");
        (void)smi_rows_pass(rows, take_block, rows);
        sm_rows_free(rows);
    }
}

static void read_labels(const smi_content *const content, const size_t rows)
{
    smi_array_source source =
        smi_array_source_over("input", smi_content_bytes(content), smi_content_size(content));
    smi_npy_labels labels = {.values = NULL};
    if (smi_npy_take_labels(&source, rows, "features", &labels) != SM_OK) {
        fuzz_require(labels.values == NULL, "a failure writes no result");
        return;
    }
    for (size_t r = 0; r < rows && labels.names != NULL; r++) {
        fuzz_require(labels.values[r] >= 0 && (size_t)labels.values[r] < labels.classes,
                     "labels are classes");
    }
    smi_names_free(labels.names, labels.classes);
    smi_free(labels.values);
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    smi_content *content = NULL;
    fuzz_require(smi_content_over(bytes, size, "input", &content) == SM_OK, "memory");
    read_features(content);
    pass_features(bytes, size);
    read_labels(content, 2);
    smi_content_free(content);
    return 0;
}
