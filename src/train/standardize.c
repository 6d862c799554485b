/* Scaling each feature by what its column is like. */
#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/column_moments.h"
#include "data/dataset.h"
#include "model/model.h"

static sm_status set_columns(sm_model *const model, const double *const mean,
                             const double *const deviation)
{
    const size_t features = model->shape.features;
    float *const columns = smi_array(features, 2 * sizeof *columns);
    if (columns == NULL) {
        return smi_fail_memory("the scaling");
    }
    for (size_t f = 0; f < features; f++) {
        const float inverse = (float)(1.0 / deviation[f]);
        columns[f] = (float)mean[f];
        columns[features + f] = isfinite(inverse) ? inverse : 1.0F;
    }
    const sm_status status = smi_model_set_columns(model, columns, columns + features);
    smi_free(columns);
    return status;
}

sm_status sm_model_standardize(sm_model *const model, const sm_dataset *const dataset)
{
    if (model == NULL || dataset == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "dataset");
    }
    sm_status status = smi_dataset_check(dataset, model->shape.features, false);
    if (status != SM_OK) {
        return status;
    }
    double *const moments = smi_array(model->shape.features, 2 * sizeof *moments);
    if (moments == NULL) {
        return smi_fail_memory("the scaling");
    }
    smi_column_moments(dataset, moments, moments + model->shape.features);
    status = set_columns(model, moments, moments + model->shape.features);
    smi_free(moments);
    if (status == SM_OK) {
        smi_model_forget_training(model);
    }
    return status;
}
