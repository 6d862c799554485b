/* NPZ archives, both parts of them. */
#include <math.h>

#include <softmax.h>

#include "data/array/npz.h"
#include "data/dataset.h"
#include "fuzz/fuzz.h"

static void check(const sm_dataset *const dataset)
{
    fuzz_require(dataset->rows > 0 && dataset->shape.features > 0, "there are rows and features");
    for (size_t r = 0; r < dataset->rows && dataset->element == SM_CSR; r++) {
        fuzz_require(dataset->row_starts[r] <= dataset->row_starts[r + 1], "rows do not overlap");
        const smi_sparse_row x = smi_dataset_entries(dataset, r);
        for (size_t i = 0; i < x.count; i++) {
            fuzz_require(x.columns[i] < dataset->shape.features, "columns are features");
            fuzz_require(i == 0 || x.columns[i] > x.columns[i - 1], "columns ascend");
            fuzz_require(isfinite(x.values[i]), "values are finite");
        }
    }
    for (size_t r = 0; r < dataset->rows && dataset->element == SM_F32; r++) {
        const float *const x = smi_dataset_x(dataset, r);
        for (size_t f = 0; f < dataset->shape.features; f++) {
            fuzz_require(isfinite(x[f]), "values are finite");
        }
    }
    for (size_t r = 0; r < dataset->rows && dataset->labels != NULL; r++) {
        fuzz_require(dataset->labels[r] >= 0 && (size_t)dataset->labels[r] < dataset->shape.classes,
                     "labels are classes");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    for (int part = SMI_PART_TRAIN; part <= SMI_PART_TEST; part++) {
        smi_content *content = NULL;
        sm_dataset *dataset = NULL;
        fuzz_require(smi_content_over(bytes, size, "input", &content) == SM_OK, "memory");
        if (smi_npz_read(content, (smi_part)part, NULL, &dataset) != SM_OK) {
            fuzz_require(dataset == NULL, "a failure writes no result");
        } else if (dataset != NULL) {
            check(dataset);
        }
        sm_dataset_free(dataset);
    }
    (void)smi_zip_looks_right(bytes, size);
    return 0;
}
