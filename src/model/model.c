#include "model/model.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number_text.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "sys/physical_memory.h"

void sm_model_free(sm_model *const model)
{
    if (model == NULL) {
        return;
    }
    smi_names_free(model->class_names, model->shape.classes);
    smi_free(model->columns);
    smi_free(model->table);
    smi_free(model->training);
    smi_free(model->layers);
    smi_free(model->parameters);
    smi_free(model);
}

static sm_status check_shape(const sm_shape *const shape)
{
    if (shape->features == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "a model needs at least 1 feature");
    }
    if (shape->classes < 2 || shape->classes > SM_MOST_CLASSES) {
        const bool one =
            shape->classes == 1 && shape->class_names != NULL && shape->class_names[0] != NULL;
        char most[SMI_NUMBER_TEXT_SIZE];
        char classes[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA, "a model tells apart 2 to %s classes; these are %s%s%s%s",
                        smi_grouped_text(SM_MOST_CLASSES, most),
                        smi_grouped_text(shape->classes, classes), one ? ": '" : "",
                        one ? shape->class_names[0] : "", one ? "'" : "");
    }
    if ((shape->image_height != 0 || shape->image_width != 0) &&
        smi_picture_channels(shape->features, shape->image_height, shape->image_width) == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "pictures of %zu × %zu do not have %zu features",
                        shape->image_height, shape->image_width, shape->features);
    }
    if (shape->image_resize && shape->image_height == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "pictures cannot be resized to no size");
    }
    if (!isfinite(shape->shift) || !isfinite(shape->scale) || shape->scale == 0.0F) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "features cannot be shifted by %g and scaled by %g: both must be finite, "
                        "and the scale not 0",
                        (double)shape->shift, (double)shape->scale);
    }
    if ((shape->column_shift == NULL) != (shape->column_scale == NULL)) {
        return smi_fail(SM_ERROR_ARGUMENT, "columns need shifts and scales, or neither");
    }
    return SM_OK;
}

/* Makes the block for these layers and lays the map over its second part; the model then has both
 * in the place of those it had. layers: taken over, unless it fails. */
static sm_status make_block(sm_model *const model, smi_layer *const layers, const size_t count,
                            const size_t parameters)
{
    const size_t features = layers[0].inputs;
    const size_t outputs = layers[0].outputs;
    const smi_layout layout = model->shape.sparse ? SMI_BY_FEATURE : SMI_BY_CLASS;
    size_t padded = 0;
    size_t map = 0;
    size_t floats = 0;
    float *block = NULL;
    /* the first layer's twice: as they are given and as they are multiplied */
    const double all = smi_layers_parameters(layers, count) + smi_layers_parameters(layers, 1);
    const double bytes = all * sizeof *block;
    const sm_status status = smi_check_memory(bytes, "a model of", (double)parameters);
    if (status != SM_OK) {
        return status;
    }
    if (smi_add_size(parameters, SMI_STRIDE_STEP, &padded) &&
        smi_affine_floats(layout, features, outputs, &map)) {
        padded = smi_round_up(parameters, SMI_STRIDE_STEP);
        if (smi_add_size(padded, map, &floats)) {
            block = smi_array(floats, sizeof *block);
        }
    }
    if (block == NULL) {
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for a model of %zu parameters: it takes about %.3g GB",
                        parameters, bytes / 1e9);
    }
    smi_free(model->layers);
    smi_free(model->parameters);
    model->layers = layers;
    model->layer_count = count;
    model->parameter_count = parameters;
    model->parameters = block;
    model->map = smi_affine_over(layout, block + padded, features, outputs);
    return SM_OK;
}

/* Gives the model these hidden layers, all parameters 0; a failure leaves it as it was. */
static sm_status make_layers(sm_model *const model, const sm_layer *const hidden,
                             const size_t hidden_count)
{
    smi_layer *layers = NULL;
    size_t parameters = 0;
    sm_status status = smi_layers_create(&model->shape, hidden, hidden_count, &layers, &parameters);
    if (status == SM_OK) {
        status = make_block(model, layers, hidden_count + 1, parameters);
        if (status != SM_OK) {
            smi_free(layers);
        }
    }
    return status;
}

/* Keeps a copy of what the columns of tables are. */
static sm_status set_table(sm_model *const model, const char *const columns)
{
    model->table = smi_copy_text(columns);
    model->shape.columns = model->table;
    return model->table == NULL ? smi_fail_memory("the description of the columns") : SM_OK;
}

sm_status smi_model_create_network(const sm_shape shape, const sm_layer *const hidden,
                                   const size_t hidden_count, sm_model **const model)
{
    sm_status status = check_shape(&shape);
    if (status != SM_OK) {
        return status;
    }
    sm_model *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("a model");
    }
    created->shape = shape;
    created->shape.column_shift = NULL;
    created->shape.column_scale = NULL;
    created->shape.columns = NULL;
    created->temperature = 1.0;
    status = smi_kernels_choose(&created->kernels);
    if (status == SM_OK) {
        status = smi_names_copy(shape.class_names, shape.classes, &created->class_names);
        created->shape.class_names = (const char *const *)created->class_names;
    }
    if (status == SM_OK && shape.columns != NULL) {
        status = set_table(created, shape.columns);
    }
    if (status == SM_OK) {
        status = smi_model_set_training(created, "");
    }
    if (status == SM_OK) {
        status = make_layers(created, hidden, hidden_count);
    }
    if (status == SM_OK && shape.column_shift != NULL) {
        status = smi_model_set_columns(created, shape.column_shift, shape.column_scale);
    }
    if (status != SM_OK) {
        sm_model_free(created);
        return status;
    }
    *model = created;
    return SM_OK;
}

sm_status sm_model_create(const sm_shape shape, sm_model **const model)
{
    return model == NULL ? smi_fail_null(__func__, "model")
                         : smi_model_create_network(shape, NULL, 0, model);
}

/* ---- layers ---- */

sm_status sm_model_add_layer(sm_model *const model, const sm_layer *const layer)
{
    if (model == NULL || layer == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "layer");
    }
    sm_status status = smi_layer_check(layer);
    if (status != SM_OK) {
        return status;
    }
    const size_t before = model->layer_count - 1;
    sm_layer *const hidden = smi_array(before + 1, sizeof *hidden);
    if (hidden == NULL) {
        return smi_fail_memory("the layers");
    }
    for (size_t i = 0; i < before; i++) {
        const smi_layer *const old = &model->layers[i];
        hidden[i] = (sm_layer){old->outputs, old->activation, old->dropout};
    }
    hidden[before] = *layer;
    status = make_layers(model, hidden, before + 1);
    smi_free(hidden);
    if (status == SM_OK) {
        smi_model_fill(model, SM_INIT_GLOROT, 0);
    }
    return status;
}

size_t sm_model_layer_count(const sm_model *const model)
{
    return model->layer_count;
}

sm_layer_info sm_model_layer_info(const sm_model *const model, const size_t index)
{
    if (index >= model->layer_count) {
        return (sm_layer_info){0};
    }
    const smi_layer *const layer = &model->layers[index];
    return (sm_layer_info){.name = layer->name,
                           .inputs = layer->inputs,
                           .outputs = layer->outputs,
                           .activation = layer->activation,
                           .dropout = layer->dropout,
                           .parameters = (layer->inputs + 1) * layer->outputs};
}

/* ---- what belongs to the whole model ---- */

sm_status smi_model_set_columns(sm_model *const model, const float *const shifts,
                                const float *const scales)
{
    const size_t features = model->shape.features;
    for (size_t f = 0; f < features; f++) {
        if (!isfinite(shifts[f]) || !isfinite(scales[f]) || scales[f] == 0.0F) {
            return smi_fail(SM_ERROR_ARGUMENT,
                            "column %zu cannot be shifted by %g and scaled by %g: both must be "
                            "finite, and the scale not 0",
                            f, (double)shifts[f], (double)scales[f]);
        }
    }
    float *const columns = smi_array(features, 2 * sizeof *columns);
    if (columns == NULL) {
        return smi_fail_memory("the scaling");
    }
    memcpy(columns, shifts, features * sizeof *columns);
    memcpy(columns + features, scales, features * sizeof *columns);
    smi_free(model->columns);
    model->columns = columns;
    model->shape.shift = 0.0F;
    model->shape.scale = 1.0F;
    model->shape.column_shift = columns;
    model->shape.column_scale = columns + features;
    smi_model_update_map(model);
    return SM_OK;
}

void smi_model_update_map(sm_model *const model)
{
    const smi_scaling scaling = smi_model_scaling(model);
    const smi_layer *const first = &model->layers[0];
    smi_pack_layer(model->parameters + first->kernel, model->parameters + first->bias, &scaling,
                   &model->map);
}

sm_status smi_model_set_training(sm_model *const model, const char *const training)
{
    char *const copy = smi_copy_text(training);
    if (copy == NULL) {
        return smi_fail_memory("the training description");
    }
    smi_free(model->training);
    model->training = copy;
    return SM_OK;
}

void smi_model_forget_training(sm_model *const model)
{
    model->training[0] = '\0';
    model->temperature = 1.0;
}

sm_shape sm_model_shape(const sm_model *const model)
{
    return model->shape;
}

const char *sm_model_training(const sm_model *const model)
{
    return model->training;
}
