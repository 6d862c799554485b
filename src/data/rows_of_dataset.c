/* The rows of a dataset, in blocks of neighbours. */
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/rows.h"
#include "data/streaming.h"

enum { BLOCK_BYTES = 1 << 20, MOST_ROWS = 4096 };

/* How many rows from `first` on lie one behind the other, in so many bytes at most. */
static size_t run_length(const sm_dataset *const dataset, const size_t first)
{
    const size_t stored = smi_dataset_stored_row(dataset, first);
    const size_t left = smi_min_size(dataset->rows - first, MOST_ROWS);
    size_t count = 1;
    size_t bytes = 0;
    while (count < left && smi_dataset_stored_row(dataset, first + count) == stored + count) {
        bytes += dataset->element == SM_CSR
                     ? smi_dataset_entries(dataset, first + count - 1).count * sizeof(float)
                     : dataset->row_bytes;
        if (bytes >= BLOCK_BYTES) {
            break;
        }
        count++;
    }
    return count;
}

static smi_row_block block_of(const sm_dataset *const dataset, const size_t first,
                              const size_t count)
{
    const size_t stored = smi_dataset_stored_row(dataset, first);
    const bool sparse = dataset->element == SM_CSR;
    return (smi_row_block){
        .rows = count,
        .x = sparse ? dataset->x : smi_dataset_x(dataset, first),
        .columns = dataset->columns,
        .row_starts = sparse ? dataset->row_starts + stored : NULL,
        .labels = dataset->labels == NULL ? NULL : dataset->labels + stored,
        .weights = dataset->weights == NULL ? NULL : dataset->weights + stored,
    };
}

static sm_status pass_over(void *const source, smi_take_rows *const take, void *const context)
{
    const sm_dataset *const dataset = source;
    int32_t likeliest[MOST_ROWS]; /* of soft targets */
    sm_status status = SM_OK;
    for (size_t first = 0, count = 0; first < dataset->rows && status == SM_OK; first += count) {
        count = run_length(dataset, first);
        smi_row_block block = block_of(dataset, first, count);
        for (size_t r = 0; dataset->targets != NULL && r < count; r++) {
            likeliest[r] = sm_dataset_label(dataset, first + r);
            block.labels = likeliest;
        }
        smi_streaming_pass(dataset, first, count);
        status = take(context, &block);
    }
    return status == SM_OK ? smi_streaming_check_unchanged(dataset) : status;
}

static void free_dataset(void *const source)
{
    sm_dataset_free(source);
}

static const smi_row_source borrowed = {.pass = pass_over};
static const smi_row_source taken = {.pass = pass_over, .free = free_dataset};

sm_rows smi_rows_over(const sm_dataset *const dataset)
{
    return (sm_rows){.element = dataset->element,
                     .shape = dataset->shape,
                     .rows = dataset->rows,
                     .labelled = sm_dataset_has_labels(dataset),
                     .weighted = dataset->weights != NULL,
                     .soft_targets = dataset->targets != NULL,
                     .name = "the data",
                     .notes = sm_dataset_notes(dataset),
                     .from = &borrowed,
                     .source = (void *)dataset}; /* which is only looked at */
}

sm_status smi_rows_take(sm_dataset *const dataset, sm_rows **const rows)
{
    sm_rows over = smi_rows_over(dataset);
    over.from = &taken;
    return smi_rows_new(&over, rows);
}

/* The rows share the dataset's storage, as a part of it does: what is set of the dataset later is
 * not theirs, and the names they point to stay. */
sm_status sm_rows_of(const sm_dataset *const dataset, sm_rows **const rows)
{
    if (dataset == NULL || rows == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "rows");
    }
    size_t *order = NULL;
    if (dataset->order != NULL) {
        order = smi_array(dataset->rows, sizeof *order);
        if (order == NULL) {
            return smi_fail_memory("the rows");
        }
        memcpy(order, dataset->order, dataset->rows * sizeof *order);
    }
    sm_dataset *shared = NULL;
    const sm_status status = smi_dataset_part(dataset, order, dataset->rows, &shared);
    return status == SM_OK ? smi_rows_take(shared, rows) : status;
}
