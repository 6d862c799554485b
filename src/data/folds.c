/* Cutting rows into folds, for cross-validation. */
#include "base/memory.h"
#include "base/number_text.h"
#include "base/random.h"
#include "base/status.h"
#include "data/dataset.h"

sm_fold_options sm_fold_options_default(const size_t folds)
{
    return (sm_fold_options){.folds = folds, .stratify = true};
}

/* What a row is spread with: its class, or, where classes do not matter, all rows. */
static size_t group_of(const sm_dataset *const dataset, const bool stratify, const size_t row)
{
    return stratify ? (size_t)sm_dataset_label(dataset, row) : 0;
}

/* The place of each group's first row, were the rows sorted by group. places: groups. */
static void find_places(const sm_dataset *const dataset, const bool stratify, const size_t groups,
                        size_t *const places)
{
    for (size_t r = 0; r < dataset->rows; r++) {
        places[group_of(dataset, stratify, r)]++;
    }
    size_t before = 0;
    for (size_t g = 0; g < groups; g++) {
        const size_t count = places[g];
        places[g] = before;
        before += count;
    }
}

/* Marks the fold's rows. Shuffled, and then sorted by group, the rows are dealt out in turn: so the
 * folds' sizes, and their shares of each group, differ by one row at most. */
static sm_status mark_fold(const sm_dataset *const dataset, const sm_fold_options *const options,
                           const size_t fold, bool *const marks)
{
    const size_t groups = options->stratify ? dataset->shape.classes : 1;
    size_t *const order = smi_array(dataset->rows, sizeof *order);
    size_t *const places = smi_array(groups, sizeof *places);
    const bool complete = order != NULL && places != NULL;
    if (complete) {
        smi_random random = smi_random_start(options->seed, SMI_STREAM_FOLDS);
        for (size_t r = 0; r < dataset->rows; r++) {
            order[r] = r;
        }
        smi_random_shuffle(&random, order, dataset->rows);
        find_places(dataset, options->stratify, groups, places);
        for (size_t i = 0; i < dataset->rows; i++) {
            const size_t group = group_of(dataset, options->stratify, order[i]);
            marks[order[i]] = places[group]++ % options->folds == fold;
        }
    }
    smi_free(order);
    smi_free(places);
    return complete ? SM_OK : smi_fail_memory("a fold");
}

sm_status sm_dataset_fold(const sm_dataset *const dataset, const sm_fold_options *const options,
                          const size_t fold, sm_dataset **const rest, sm_dataset **const held_out)
{
    if (dataset == NULL || options == NULL || rest == NULL || held_out == NULL) {
        return smi_fail_null(__func__, dataset == NULL   ? "dataset"
                                       : options == NULL ? "options"
                                       : rest == NULL    ? "rest"
                                                         : "held_out");
    }
    if (options->folds < 2 || options->folds > dataset->rows) {
        char rows[SMI_COUNTED_SIZE];
        char folds[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_ARGUMENT, "%s cannot be cut into %s: %s",
                        smi_counted_text(dataset->rows, "row", rows),
                        smi_counted_text(options->folds, "fold", folds),
                        options->folds < 2 ? "it takes at least 2" : "each needs a row");
    }
    if (fold >= options->folds) {
        return smi_fail(SM_ERROR_ARGUMENT, "there is no fold %zu: there are %zu, from 0", fold,
                        options->folds);
    }
    if (options->stratify && !sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_ARGUMENT, "data without labels cannot be spread by class");
    }
    bool *const marks = smi_array(dataset->rows, sizeof *marks);
    if (marks == NULL) {
        return smi_fail_memory("a fold");
    }
    sm_status status = mark_fold(dataset, options, fold, marks);
    if (status == SM_OK) {
        status = smi_dataset_divide(dataset, marks, rest, held_out);
    }
    smi_free(marks);
    return status;
}
