/* The model, as the rest of the library sees it. */
#ifndef SMI_MODEL_MODEL_H
#define SMI_MODEL_MODEL_H

#include <softmax.h>

#include "kernel/kernel.h"
#include "kernel/pack.h"

/* All numbers live in one block:
 *
 *   parameters                                     map
 *   ┌───────────────────────────────┬──────────┬───┬──────────────────────────┬──────────┐
 *   │ kernel: features × classes    │ bias     │ … │ weights: see smi_layout  │ bias     │
 *   └───────────────────────────────┴──────────┴───┴──────────────────────────┴──────────┘
 *     what solvers and files know                    the same with the scaling folded in, as
 *                                                    the kernels read it
 */
struct sm_model {
    sm_shape shape;     /* its class_names are the next field */
    char **class_names; /* shape.classes */
    float *columns;     /* column shifts and behind them column scales, or NULL: see shape */
    char *training;     /* the text of one JSON object, or "" */
    const smi_kernels *kernels;
    size_t parameter_count;
    float *parameters; /* the block */
    smi_affine map; /* by class, or for sparse data by feature; always in step with the parameters,
                       so that predicting changes nothing */
};

static inline smi_scaling smi_model_scaling(const sm_model *const model)
{
    const sm_shape *const shape = &model->shape;
    return (smi_scaling){shape->shift, shape->scale, shape->column_shift, shape->column_scale};
}

/* Brings the map in step with the parameters. */
void smi_model_update_map(sm_model *model);

/* Gives each column its own shift and scale, which are copied; both finite, no scale 0. The
 * parameters stay as they are, for features scaled so. */
sm_status smi_model_set_columns(sm_model *model, const float *shifts, const float *scales);

/* Replaces the parameters. */
void smi_model_take_parameters(sm_model *model, const float *parameters);

/* Replaces the training description by a copy. */
sm_status smi_model_set_training(sm_model *model, const char *training);

#endif
