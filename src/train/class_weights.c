#include "train/class_weights.h"

#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "model/model.h"

sm_status smi_class_weights_check(const double *const weights, const size_t classes)
{
    for (size_t c = 0; weights != NULL && c < classes; c++) {
        if (!(weights[c] > 0.0) || !isfinite(weights[c])) {
            return smi_fail(SM_ERROR_ARGUMENT,
                            "class_weights[%zu] is %g; it must be a finite number above 0", c,
                            weights[c]);
        }
    }
    return SM_OK;
}

/* Writes what the classes' rows, `counts`, come to. */
static void balance(const double *const counts, const double rows, const size_t classes,
                    double *const weights)
{
    double present = 0.0;
    for (size_t c = 0; c < classes; c++) {
        present += counts[c] > 0.0;
    }
    for (size_t c = 0; c < classes; c++) {
        weights[c] = counts[c] > 0.0 ? rows / (present * counts[c]) : 1.0;
    }
}

sm_status sm_balanced_class_weights(const sm_model *const model, const sm_dataset *const dataset,
                                    double *const weights)
{
    if (model == NULL || dataset == NULL || weights == NULL) {
        return smi_fail_null(__func__, model == NULL     ? "model"
                                       : dataset == NULL ? "dataset"
                                                         : "weights");
    }
    const sm_shape *const shape = &model->shape;
    sm_status status = smi_dataset_check(dataset, shape->features, true);
    if (status != SM_OK) {
        return status;
    }
    int32_t *const map = smi_array(dataset->shape.classes, sizeof *map);
    double *const counts = smi_array(shape->classes, sizeof *counts);
    status = map == NULL || counts == NULL
                 ? smi_fail_memory("the class weights")
                 : smi_dataset_match_classes(dataset, shape->class_names, shape->classes, map);
    for (size_t r = 0; status == SM_OK && r < dataset->rows; r++) {
        counts[map[sm_dataset_label(dataset, r)]] += 1.0;
    }
    if (status == SM_OK) {
        balance(counts, (double)dataset->rows, shape->classes, weights);
    }
    smi_free(map);
    smi_free(counts);
    return status;
}
