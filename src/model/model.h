/* The model, as the rest of the library sees it. */
#ifndef SMI_MODEL_MODEL_H
#define SMI_MODEL_MODEL_H

#include <softmax.h>

#include "kernel/kernel.h"
#include "kernel/pack.h"
#include "model/layers.h"

/* All numbers live in one block:
 *
 *   parameters                                     map
 *   ┌───────────────────────┬──────────────────┬───┬──────────────────────────┬──────────┐
 *   │ kernels W_0 W_1 … W_L │ biases b_0 … b_L │ … │ weights: see smi_layout  │ bias     │
 *   └───────────────────────┴──────────────────┴───┴──────────────────────────┴──────────┘
 *     what solvers and files know                    the first layer again, with the scaling
 *                                                    folded in, as the kernels read it
 *
 * W_i: inputs × outputs of layer i, row-major. Softmax regression has one layer. Only the first
 * layer sees data, and thus scaling, bytes and sparse rows; the others are used from the
 * parameters as they lie there.
 */
struct sm_model {
    sm_shape shape;     /* its class_names are the next field */
    char **class_names; /* shape.classes */
    float *columns;     /* column shifts and behind them column scales, or NULL: see shape */
    char *table;        /* its shape's `columns`, or NULL */
    char *training;     /* the text of one JSON object, or "" */
    double temperature; /* what predicting divides logits by; training does not know it */
    const smi_kernels *kernels;
    smi_layer *layers;  /* layer_count: hidden layers, then the output layer */
    size_t layer_count; /* 1: softmax regression */
    size_t parameter_count;
    float *parameters; /* the block */
    smi_affine
        map; /* features → outputs of the first layer; by class, or for sparse data by feature;
                always in step with the parameters, so that predicting changes nothing */
};

static inline smi_scaling smi_model_scaling(const sm_model *const model)
{
    const sm_shape *const shape = &model->shape;
    return (smi_scaling){shape->shift, shape->scale, shape->column_shift, shape->column_scale};
}

/* The weights, which penalties count: they come first among the parameters, before the biases. */
static inline size_t smi_model_weight_count(const sm_model *const model)
{
    return model->layers[0].bias;
}

/* As sm_model_create(), with these hidden layers, which have been checked; all parameters are 0. */
sm_status smi_model_create_network(sm_shape shape, const sm_layer *hidden, size_t hidden_count,
                                   sm_model **model);

/* Brings the map in step with the parameters. */
void smi_model_update_map(sm_model *model);

/* Gives each column its own shift and scale, which are copied; both finite, no scale 0. The
 * parameters stay as they are, for features scaled so. */
sm_status smi_model_set_columns(sm_model *model, const float *shifts, const float *scales);

/* Fills the model with first parameters, as sm_model_initialize() does. */
void smi_model_fill(sm_model *model, sm_init init, uint64_t seed);

/* Replaces the parameters, which sets the temperature back. */
void smi_model_take_parameters(sm_model *model, const float *parameters);

/* Whether a model may have it. */
bool smi_is_temperature(double temperature);

/* Replaces the training description by a copy. */
sm_status smi_model_set_training(sm_model *model, const char *training);

/* What is known of parameters goes with them: how they were trained, and the temperature. */
void smi_model_forget_training(sm_model *model);

#endif
