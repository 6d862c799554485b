/* Loss, accuracy, class metrics, confusion and top-k accuracy of a model on labelled data. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/streaming.h"
#include "eval/dataset_logits.h"

/* The rows of a class, by what they are and what they are taken for. */
typedef struct class_rows {
    uint64_t meant;
    uint64_t taken;
    uint64_t hit; /* both */
} class_rows;

/* What is counted, and where. */
typedef struct tally {
    double loss;
    size_t correct;
    class_rows *rows;    /* classes, or NULL */
    uint64_t *rank;      /* classes: rows whose class was the (i + 1)-th most probable; or NULL */
    uint64_t *confusion; /* classes × classes, or NULL */
} tally;

static sm_class_metrics class_metrics_of(const class_rows *const rows)
{
    const double hit = (double)rows->hit;
    const uint64_t either = rows->meant + rows->taken;
    return (sm_class_metrics){.precision = rows->taken == 0 ? 0.0 : hit / (double)rows->taken,
                              .recall = rows->meant == 0 ? 0.0 : hit / (double)rows->meant,
                              .f1 = either == 0 ? 0.0 : 2.0 * hit / (double)either,
                              .support = rows->meant};
}

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

static void count_taken(const size_t class, const size_t taken, const size_t classes,
                        tally *const sums)
{
    if (sums->rows != NULL) {
        sums->rows[class].meant++;
        sums->rows[taken].taken++;
        sums->rows[class].hit += taken == class;
    }
    if (sums->confusion != NULL) {
        sums->confusion[class * classes + taken]++;
    }
}

/* class: in the model's order. targets: NULL, or the row's distribution, in that order too. */
static void count_row(const float *const logits, const size_t classes, const size_t class,
                      const float *const targets, tally *const sums)
{
    const int32_t label = (int32_t) class;
    const size_t taken = sm_argmax(logits, classes);
    const size_t rank = taken == class ? 0 : rank_of(logits, classes, class);
    sums->loss += targets != NULL ? sm_cross_entropy_soft(logits, targets, 1, classes)
                                  : sm_cross_entropy(logits, &label, 1, classes);
    sums->correct += rank == 0;
    if (sums->rows != NULL || sums->confusion != NULL) {
        count_taken(class, taken, classes, sums);
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
                     sm_metrics *const metrics, sm_class_metrics *const class_metrics,
                     double *const top_accuracy)
{
    *metrics = (sm_metrics){.loss = sums->loss / (double)rows,
                            .accuracy = (double)sums->correct / (double)rows,
                            .rows = rows};
    for (size_t c = 0; class_metrics != NULL && c < classes; c++) {
        class_metrics[c] = class_metrics_of(&sums->rows[c]);
    }
    uint64_t within = 0;
    for (size_t k = 0; top_accuracy != NULL && k < classes; k++) {
        within += sums->rank[k];
        top_accuracy[k] = (double)within / (double)rows;
    }
}

sm_status sm_evaluate_fully(const sm_model *const model, const sm_dataset *const dataset,
                            sm_metrics *const metrics, sm_class_metrics *const class_metrics,
                            double *const top_accuracy, uint64_t *const confusion)
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
    sums.rows = class_metrics == NULL ? NULL : smi_array(classes, sizeof *sums.rows);
    sums.rank = top_accuracy == NULL ? NULL : smi_array(classes, sizeof *sums.rank);
    if (map == NULL || logits == NULL || scratch == NULL ||
        (class_metrics != NULL && sums.rows == NULL) ||
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
        status = smi_streaming_check_unchanged(dataset);
    }
    if (status == SM_OK) {
        conclude(&sums, dataset->rows, classes, metrics, class_metrics, top_accuracy);
    }
    smi_free(map);
    smi_free(logits);
    smi_free(scratch);
    smi_free(sums.rows);
    smi_free(sums.rank);
    return status;
}

sm_status sm_evaluate(const sm_model *const model, const sm_dataset *const dataset,
                      sm_metrics *const metrics)
{
    return sm_evaluate_fully(model, dataset, metrics, NULL, NULL, NULL);
}

void sm_class_metrics_from_confusion(const uint64_t *const confusion, const size_t classes,
                                     sm_class_metrics *const class_metrics)
{
    for (size_t c = 0; c < classes; c++) {
        class_rows rows = {.hit = confusion[c * classes + c]};
        for (size_t other = 0; other < classes; other++) {
            rows.meant += confusion[c * classes + other];
            rows.taken += confusion[other * classes + c];
        }
        class_metrics[c] = class_metrics_of(&rows);
    }
}
