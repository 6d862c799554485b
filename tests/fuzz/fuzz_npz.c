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

static void check_floats(const float *const x, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fuzz_require(isfinite(x[i]), "values that pass are finite");
    }
}

static sm_status take_block(void *const context, const smi_row_block *const block)
{
    const sm_rows *const rows = context;
    for (size_t r = 0; r < block->rows; r++) {
        if (rows->element == SM_CSR) {
            const smi_sparse_row x = smi_block_entries(block, r);
            check_floats(x.values, x.count);
            for (size_t i = 0; i < x.count; i++) {
                fuzz_require(x.columns[i] < rows->shape.features, "columns that pass are features");
                fuzz_require(i == 0 || x.columns[i] > x.columns[i - 1], "and ascend");
            }
        } else if (rows->element == SM_F32) {
            check_floats(smi_block_x(rows, block, r), rows->shape.features);
        }
        fuzz_require(block->labels == NULL || (size_t)block->labels[r] < rows->shape.classes,
                     "labels that pass are classes");
    }
    return SM_OK;
}

/* What passes is refused at the latest when it does. */
static void check_passing(sm_rows *const rows)
{
    (void)smi_rows_pass(rows, take_block, rows);
    sm_rows_free(rows);
}

static void read_archive(const uint8_t *const bytes, const size_t size, const smi_part part,
                         const bool passing)
{
    smi_content *content = NULL;
    smi_opened opened = {.passing = passing};
    fuzz_require(smi_content_over(bytes, size, "input", &content) == SM_OK, "memory");
    if (smi_npz_read(content, part, NULL, &opened) != SM_OK) {
        fuzz_require(opened.dataset == NULL && opened.rows == NULL, "a failure writes no result");
    } else if (opened.dataset != NULL) {
        check(opened.dataset);
    } else if (opened.rows != NULL) {
        check_passing(opened.rows);
    }
    sm_dataset_free(opened.dataset);
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    for (int part = SMI_PART_TRAIN; part <= SMI_PART_TEST; part++) {
        read_archive(bytes, size, (smi_part)part, false);
        read_archive(bytes, size, (smi_part)part, true);
    }
    (void)smi_zip_looks_right(bytes, size);
    return 0;
}
