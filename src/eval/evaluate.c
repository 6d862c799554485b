/* Loss, accuracy, confusion and top-k accuracy of a model on labelled data. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "eval/dataset_logits.h"

/* What is counted, and where. */
typedef struct tally {
    double loss;
    size_t correct;
    uint64_t *confusion; /* classes × classes, or NULL */
    uint64_t *rank;      /* classes: rows whose class was the (i + 1)-th most probable; or NULL */
} tally;

/* How many classes are more probable than this one; among equal ones the first counts as more.
 * Where one of two logits is not a number, the other class does. */
static size_t rank_of(const float *const logits, const size_t classes, const size_t class)
{
    size_t rank = 0;
    for (size_t c = 0; c < classes; c++) {
        const bool less =
            c == class || logits[c] < logits[class] || (logits[c] == logits[class] && c > class);
        rank += !less;
    }
    return rank;
}

/* class: in the model's order. targets: NULL, or the row's distribution, in that order too. */
static void count_row(const float *const logits, const size_t classes, const size_t class,
                      const float *const targets, tally *const sums)
{
    const int32_t label = (int32_t) class;
    const size_t rank = rank_of(logits, classes, class);
    sums->loss += targets != NULL ? sm_cross_entropy_soft(logits, targets, 1, classes)
                                  : sm_cross_entropy(logits, &label, 1, classes);
    sums->correct += rank == 0;
    if (sums->confusion != NULL) {
        sums->confusion[class * classes + sm_argmax(logits, classes)]++;
    }
    if (sums->rank != NULL) {
        sums->rank[rank]++;
    }
}

static void count_rows(const sm_model *const model, const sm_dataset *const dataset,
                       const int32_t *const map, float *const scratch, float *const logits,
                       tally *const sums)
{
    const size_t classes = sm_model_shape(model).classes;
    for (size_t first = 0; first < dataset->rows; first += SMI_FORWARD_ROWS) {
        const size_t count = smi_min_size(SMI_FORWARD_ROWS, dataset->rows - first);
        smi_dataset_logits(model, dataset, first, count, scratch, logits);
        for (size_t i = 0; i < count; i++) {
            const size_t class = (size_t)map[sm_dataset_label(dataset, first + i)];
            const float *targets = NULL;
            if (dataset->targets != NULL) {
                targets = dataset->targets +
                          smi_dataset_stored_row(dataset, first + i) * dataset->shape.classes;
            }
            count_row(logits + i * classes, classes, class, targets, sums);
        }
    }
}

static void conclude(const tally *const sums, const size_t rows, const size_t classes,
                     sm_metrics *const metrics, double *const top_accuracy)
{
    *metrics = (sm_metrics){.loss = sums->loss / (double)rows,
                            .accuracy = (double)sums->correct / (double)rows,
                            .rows = rows};
    uint64_t within = 0;
    for (size_t k = 0; top_accuracy != NULL && k < classes; k++) {
        within += sums->rank[k];
        top_accuracy[k] = (double)within / (double)rows;
    }
}

sm_status sm_evaluate_fully(const sm_model *const model, const sm_dataset *const dataset,
                            sm_metrics *const metrics, uint64_t *const confusion,
                            double *const top_accuracy)
{
    if (model == NULL || dataset == NULL || metrics == NULL) {
        return smi_fail_null(__func__, model == NULL     ? "model"
                                       : dataset == NULL ? "dataset"
                                                         : "metrics");
    }
    const sm_shape shape = sm_model_shape(model);
    const size_t classes = shape.classes;
    sm_status status = smi_dataset_check(dataset, shape.features, true);
    if (status != SM_OK) {
        return status;
    }
    int32_t *const map = smi_array(dataset->shape.classes, sizeof *map);
    float *const logits = smi_array(classes, SMI_FORWARD_ROWS * sizeof *logits);
    float *const scratch = smi_array(smi_forward_scratch(model, SMI_FORWARD_ROWS), sizeof *scratch);
    tally sums = {.confusion = confusion};
    sums.rank = top_accuracy == NULL ? NULL : smi_array(classes, sizeof *sums.rank);
    if (map == NULL || logits == NULL || scratch == NULL ||
        (top_accuracy != NULL && sums.rank == NULL)) {
        status = smi_fail_memory("evaluating");
    } else {
        status = smi_dataset_match_classes(dataset, shape.class_names, classes, map);
    }
    if (status == SM_OK) {
        if (confusion != NULL) {
            memset(confusion, 0, classes * classes * sizeof *confusion);
        }
        count_rows(model, dataset, map, scratch, logits, &sums);
        conclude(&sums, dataset->rows, classes, metrics, top_accuracy);
    }
    smi_free(map);
    smi_free(logits);
    smi_free(scratch);
    smi_free(sums.rank);
    return status;
}

sm_status sm_evaluate(const sm_model *const model, const sm_dataset *const dataset,
                      sm_metrics *const metrics)
{
    return sm_evaluate_fully(model, dataset, metrics, NULL, NULL);
}

void sm_class_metrics_from_confusion(const uint64_t *const confusion, const size_t classes,
                                     sm_class_metrics *const class_metrics)
{
    for (size_t c = 0; c < classes; c++) {
        uint64_t support = 0;
        uint64_t predicted = 0;
        for (size_t other = 0; other < classes; other++) {
            support += confusion[c * classes + other];
            predicted += confusion[other * classes + c];
        }
        const double hits = (double)confusion[c * classes + c];
        const uint64_t either = support + predicted;
        class_metrics[c] =
            (sm_class_metrics){.precision = predicted == 0 ? 0.0 : hits / (double)predicted,
                               .recall = support == 0 ? 0.0 : hits / (double)support,
                               .f1 = either == 0 ? 0.0 : 2.0 * hits / (double)either,
                               .support = support};
    }
}
