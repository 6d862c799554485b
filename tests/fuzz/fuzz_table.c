/* A text table, read to learn from it, and then once more as a model that was made of it would. The
 * first byte chooses options. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "data/dataset.h"
#include "data/table/table.h"
#include "fuzz/fuzz.h"

static void check_rows(const sm_dataset *const dataset)
{
    const size_t features = dataset->shape.features;
    float *const x = malloc(features * sizeof *x);
    fuzz_require(x != NULL, "memory for a row");
    for (size_t r = 0; r < dataset->rows; r++) {
        fuzz_require(sm_dataset_row(dataset, r, x) == SM_OK, "rows are there");
        for (size_t f = 0; f < features; f++) {
            fuzz_require(isfinite(x[f]), "features are finite");
        }
        fuzz_require(
            dataset->labels == NULL ||
                (dataset->labels[r] >= 0 && (size_t)dataset->labels[r] < dataset->shape.classes),
            "labels are classes");
        fuzz_require(dataset->weights == NULL || dataset->weights[r] > 0.0F, "weights are above 0");
    }
    for (size_t f = 0; f < features; f++) {
        fuzz_require(isfinite(dataset->shape.column_shift[f]) &&
                         isfinite(dataset->shape.column_scale[f]) &&
                         dataset->shape.column_scale[f] != 0.0F,
                     "columns can be scaled");
    }
    free(x);
}

/* Both hold the same rows. */
static void check_same(const sm_dataset *const first, const sm_dataset *const second)
{
    const size_t bytes = first->shape.features * sizeof(float);
    float *const a = malloc(bytes);
    float *const b = malloc(bytes);
    fuzz_require(a != NULL && b != NULL, "memory for two rows");
    fuzz_require(first->rows == second->rows, "the same rows");
    fuzz_require(strcmp(first->shape.columns, second->shape.columns) == 0, "the same columns");
    for (size_t r = 0; r < first->rows; r++) {
        fuzz_require(sm_dataset_row(first, r, a) == SM_OK &&
                         sm_dataset_row(second, r, b) == SM_OK && memcmp(a, b, bytes) == 0,
                     "the same features");
        fuzz_require(sm_dataset_label(first, r) == sm_dataset_label(second, r), "the same labels");
    }
    free(a);
    free(b);
}

static sm_dataset *read_with(const uint8_t *const bytes, const size_t size,
                             const sm_open_options *const options)
{
    smi_spool *spool = NULL;
    sm_dataset *dataset = NULL;
    fuzz_require(smi_spool_over(bytes, size, "input", &spool) == SM_OK, "memory for the input");
    const sm_status status = smi_table_read(spool, options, &dataset);
    fuzz_require((status == SM_OK) == (dataset != NULL), "a result exactly where there is success");
    return dataset;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    static const char *const labels[] = {NULL, "1", "-1", ""};
    const sm_column column = {"2", SM_COLUMN_CATEGORICAL};
    if (size == 0) {
        return 0;
    }
    const unsigned choice = bytes[0];
    (void)smi_table_looks_right(bytes + 1, size - 1);
    sm_open_options options = sm_open_options_default();
    options.label = labels[choice & 3U];
    options.missing = (sm_missing)(choice >> 2 & 3U);
    options.header = (sm_header)((choice >> 4 & 3U) % 3);
    options.weight = (choice & 64U) != 0 ? "w" : NULL;
    options.columns = &column;
    options.column_count = choice >> 7;
    sm_dataset *const dataset = read_with(bytes + 1, size - 1, &options);
    if (dataset == NULL) {
        return 0;
    }
    check_rows(dataset);
    /* Rows that were left out are no rows for the model; and what is no header when one looks for
     * it may be asked for as one, whose names the model then needs. */
    if (options.missing != SM_MISSING_DROP) {
        options.like = &dataset->shape;
        sm_dataset *const again = read_with(bytes + 1, size - 1, &options);
        fuzz_require(again != NULL, "what was learnt from can be read by what was learnt");
        check_rows(again);
        check_same(dataset, again);
        sm_dataset_free(again);
    }
    sm_dataset_free(dataset);
    return 0;
}
