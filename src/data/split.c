#include "data/split.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/random.h"
#include "base/status.h"
#include "data/dataset.h"

sm_split_options sm_split_options_default(const size_t held_out)
{
    return (sm_split_options){.held_out = held_out};
}

/* How many rows of each class to hold out: each class's share, rounded so that they sum to
 * `held_out` (largest remainders first, equal ones by class). quota: classes. */
static sm_status stratified_quota(const smi_split_rows *const rows, const size_t held_out,
                                  size_t *const quota)
{
    const size_t classes = rows->classes;
    size_t *const counts = smi_array(classes, sizeof *counts);
    double *const remainders = smi_array(classes, sizeof *remainders);
    if (counts == NULL || remainders == NULL) {
        smi_free(counts);
        smi_free(remainders);
        return smi_fail_memory("a split");
    }
    for (size_t r = 0; r < rows->rows; r++) {
        counts[rows->label(rows->context, r)]++;
    }
    size_t given = 0;
    for (size_t c = 0; c < classes; c++) {
        const double share = (double)counts[c] * (double)held_out / (double)rows->rows;
        quota[c] = (size_t)share;
        remainders[c] = share - (double)quota[c];
        given += quota[c];
    }
    for (; given < held_out; given++) {
        size_t largest = 0;
        for (size_t c = 1; c < classes; c++) {
            largest = remainders[c] > remainders[largest] ? c : largest;
        }
        quota[largest]++;
        remainders[largest] = -1.0;
    }
    smi_free(counts);
    smi_free(remainders);
    return SM_OK;
}

/* Marks the first `held_out` of a random permutation, or the first of each class up to its quota.
 */
static sm_status mark(const smi_split_rows *const rows, const sm_split_options *const options,
                      const size_t held_out, bool *const marks)
{
    size_t *const order = smi_array(rows->rows, sizeof *order);
    size_t *const quota = smi_array(options->stratify ? rows->classes : 1, sizeof *quota);
    sm_status status = SM_OK;
    if (order == NULL || quota == NULL) {
        status = smi_fail_memory("a split");
    } else if (options->stratify) {
        status = stratified_quota(rows, held_out, quota);
    } else {
        quota[0] = held_out;
    }
    if (status == SM_OK) {
        smi_random random = smi_random_start(options->seed, SMI_STREAM_SPLIT);
        for (size_t r = 0; r < rows->rows; r++) {
            order[r] = r;
        }
        smi_random_shuffle(&random, order, rows->rows);
        for (size_t i = 0; i < rows->rows; i++) {
            const size_t row = order[i];
            size_t *const left =
                &quota[options->stratify ? (size_t)rows->label(rows->context, row) : 0];
            marks[row] = *left > 0;
            *left -= marks[row];
        }
    }
    smi_free(order);
    smi_free(quota);
    return status;
}

sm_status smi_mark_held_out(const smi_split_rows *const rows, const sm_split_options *const options,
                            bool *const marks)
{
    const double share = options->held_out_share;
    if (share != 0.0 && (options->held_out != 0 || !(share > 0.0 && share < 1.0))) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "held_out_share is %g; possible are shares above 0 and below 1, where "
                        "held_out is 0",
                        share);
    }
    if (rows->rows == 1) {
        return smi_fail(SM_ERROR_ARGUMENT, "1 row cannot be split");
    }
    const size_t held_out =
        share > 0.0 ? (size_t)(share * (double)rows->rows + 0.5) : options->held_out;
    if (held_out == 0 || held_out >= rows->rows) {
        char wanted[SMI_NUMBER_TEXT_SIZE];
        char all[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_ARGUMENT, "cannot hold out %s of %s: possible are 1 … %s",
                        smi_grouped_text(held_out, wanted),
                        smi_counted_text(rows->rows, "row", all),
                        smi_grouped_text(rows->rows - 1, most));
    }
    return mark(rows, options, held_out, marks);
}

/* The part of the rows whose mark is `wanted`. */
static sm_status make_part(const sm_dataset *const dataset, const bool *const marks,
                           const bool wanted, const size_t rows, sm_dataset **const part)
{
    size_t *const order = smi_array(rows, sizeof *order);
    if (order == NULL) {
        return smi_fail_memory("a split");
    }
    size_t filled = 0;
    for (size_t r = 0; r < dataset->rows; r++) {
        if (marks[r] == wanted) {
            order[filled++] = smi_dataset_stored_row(dataset, r);
        }
    }
    return smi_dataset_part(dataset, order, rows, part);
}

sm_status smi_dataset_divide(const sm_dataset *const dataset, const bool *const marks,
                             sm_dataset **const unmarked, sm_dataset **const marked)
{
    size_t count = 0;
    sm_dataset *kept = NULL;
    for (size_t r = 0; r < dataset->rows; r++) {
        count += marks[r];
    }
    sm_status status = make_part(dataset, marks, false, dataset->rows - count, &kept);
    if (status == SM_OK) {
        status = make_part(dataset, marks, true, count, marked);
    }
    if (status != SM_OK) {
        sm_dataset_free(kept);
        return status;
    }
    *unmarked = kept;
    return SM_OK;
}

static int32_t label_of(const void *const context, const size_t row)
{
    return sm_dataset_label(context, row);
}

sm_status sm_dataset_split(const sm_dataset *const dataset, const sm_split_options *const options,
                           sm_dataset **const first, sm_dataset **const second)
{
    if (dataset == NULL || options == NULL || first == NULL || second == NULL) {
        return smi_fail_null(__func__, dataset == NULL   ? "dataset"
                                       : options == NULL ? "options"
                                       : first == NULL   ? "first"
                                                         : "second");
    }
    if (options->stratify && !sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_ARGUMENT, "data without labels cannot be split by class");
    }
    bool *const held_out = smi_array(dataset->rows, sizeof *held_out);
    if (held_out == NULL) {
        return smi_fail_memory("a split");
    }
    const smi_split_rows rows = {.rows = dataset->rows,
                                 .classes = dataset->shape.classes,
                                 .label = label_of,
                                 .context = dataset};
    sm_status status = smi_mark_held_out(&rows, options, held_out);
    if (status == SM_OK) {
        status = smi_dataset_divide(dataset, held_out, first, second);
    }
    smi_free(held_out);
    return status;
}
