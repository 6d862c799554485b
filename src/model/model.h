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
 *   │ kernel: features × classes    │ bias     │ … │ weights: classes × stride│ bias     │
 *   └───────────────────────────────┴──────────┴───┴──────────────────────────┴──────────┘
 *     what solvers and files know                    the same with the scaling folded in, as
 *                                                    the kernels read it
 */
struct sm_model {
    sm_shape shape;     /* its class_names are the next field */
    char **class_names; /* shape.classes */
    char *training;     /* the text of one JSON object, or "" */
    const smi_kernels *kernels;
    size_t parameter_count;
    float *parameters; /* the block */
    smi_affine map;    /* always in step with the parameters, so that predicting changes nothing */
};

static inline smi_scaling smi_model_scaling(const sm_model *const model)
{
    return (smi_scaling){model->shape.shift, model->shape.scale};
}

/* Replaces the parameters. */
void smi_model_take_parameters(sm_model *model, const float *parameters);

/* Replaces the training description by a copy. */
sm_status smi_model_set_training(sm_model *model, const char *training);

#endif
