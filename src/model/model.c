#include "model/model.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/random.h"
#include "base/status.h"

enum { MAX_CLASSES = 65536 };

void sm_model_free(sm_model *const model)
{
    if (model == NULL) {
        return;
    }
    smi_names_free(model->class_names, model->shape.classes);
    smi_free(model->columns);
    smi_free(model->training);
    smi_free(model->parameters);
    smi_free(model);
}

static sm_status check_shape(const sm_shape *const shape)
{
    size_t pixels = 0;
    if (shape->features == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "a model needs at least 1 feature");
    }
    if (shape->classes < 2 || shape->classes > MAX_CLASSES) {
        const bool one =
            shape->classes == 1 && shape->class_names != NULL && shape->class_names[0] != NULL;
        return smi_fail(SM_ERROR_DATA, "a model tells apart 2 to %d classes; these are %zu%s%s%s",
                        MAX_CLASSES, shape->classes, one ? ": '" : "",
                        one ? shape->class_names[0] : "", one ? "'" : "");
    }
    if ((shape->image_height != 0 || shape->image_width != 0) &&
        (!smi_multiply_size(shape->image_height, shape->image_width, &pixels) ||
         pixels != shape->features)) {
        return smi_fail(SM_ERROR_ARGUMENT, "pictures of %zu × %zu do not have %zu features",
                        shape->image_height, shape->image_width, shape->features);
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

/* Makes the block and lays the map over its second part. */
static sm_status make_block(sm_model *const model)
{
    const size_t features = model->shape.features;
    const size_t classes = model->shape.classes;
    const smi_layout layout = model->shape.sparse ? SMI_BY_FEATURE : SMI_BY_CLASS;
    size_t kernel = 0;
    size_t parameters = 0;
    size_t padded = 0;
    size_t map = 0;
    size_t floats = 0;
    if (smi_multiply_size(features, classes, &kernel) &&
        smi_add_size(kernel, classes, &parameters) &&
        smi_add_size(parameters, SMI_STRIDE_STEP, &padded) &&
        smi_affine_floats(layout, features, classes, &map)) {
        padded = smi_round_up(parameters, SMI_STRIDE_STEP);
        if (smi_add_size(padded, map, &floats)) {
            model->parameters = smi_array(floats, sizeof *model->parameters);
        }
    }
    if (model->parameters == NULL) {
        /* twice: as they are given and as they are multiplied */
        const double bytes = 2.0 * sizeof(float) * ((double)features + 1.0) * (double)classes;
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for %zu × %zu parameters, about %.3g GB", features,
                        classes, bytes / 1e9);
    }
    model->parameter_count = parameters;
    model->map = smi_affine_over(layout, model->parameters + padded, features, classes);
    return SM_OK;
}

sm_status sm_model_create(const sm_shape shape, sm_model **const model)
{
    if (model == NULL) {
        return smi_fail_null(__func__, "model");
    }
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
    status = smi_kernels_choose(&created->kernels);
    if (status == SM_OK) {
        status = smi_names_copy(shape.class_names, shape.classes, &created->class_names);
        created->shape.class_names = (const char *const *)created->class_names;
    }
    if (status == SM_OK) {
        status = smi_model_set_training(created, "");
    }
    if (status == SM_OK) {
        status = make_block(created);
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

sm_status sm_model_initialize(sm_model *const model, const sm_init init, const uint64_t seed)
{
    if (model == NULL) {
        return smi_fail_null(__func__, "model");
    }
    if (init != SM_INIT_ZEROS && init != SM_INIT_UNIFORM && init != SM_INIT_GLOROT) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: there is no initialisation %d", __func__,
                        (int)init);
    }
    const sm_status status = smi_model_set_training(model, "");
    if (status != SM_OK) {
        return status;
    }
    const size_t kernel = model->shape.features * model->shape.classes;
    const float limit =
        (float)sqrt(6.0 / ((double)model->shape.features + (double)model->shape.classes));
    smi_random random = smi_random_start(seed, SMI_STREAM_PARAMETERS);
    memset(model->parameters, 0, model->parameter_count * sizeof *model->parameters);
    for (size_t i = 0; i < kernel && init != SM_INIT_ZEROS; i++) {
        const float uniform = smi_random_float(&random);
        model->parameters[i] = init == SM_INIT_UNIFORM ? uniform : limit * (2.0F * uniform - 1.0F);
    }
    smi_model_update_map(model);
    return SM_OK;
}

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
    smi_pack(model->parameters, &scaling, &model->map);
}

void smi_model_take_parameters(sm_model *const model, const float *const parameters)
{
    memcpy(model->parameters, parameters, model->parameter_count * sizeof *parameters);
    smi_model_update_map(model);
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

sm_shape sm_model_shape(const sm_model *const model)
{
    return model->shape;
}

size_t sm_model_parameter_count(const sm_model *const model)
{
    return model->parameter_count;
}

const char *sm_model_training(const sm_model *const model)
{
    return model->training;
}

sm_status sm_model_get_parameters(const sm_model *const model, float *const kernel,
                                  float *const bias)
{
    if (model == NULL || kernel == NULL || bias == NULL) {
        return smi_fail_null(__func__, model == NULL    ? "model"
                                       : kernel == NULL ? "kernel"
                                                        : "bias");
    }
    const size_t weights = model->shape.features * model->shape.classes;
    memcpy(kernel, model->parameters, weights * sizeof *kernel);
    memcpy(bias, model->parameters + weights, model->shape.classes * sizeof *bias);
    return SM_OK;
}

static sm_status check_finite(const float *const values, const size_t count, const char *const what)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return smi_fail(SM_ERROR_DATA, "%s: value %zu is not a finite number", what, i);
        }
    }
    return SM_OK;
}

sm_status sm_model_set_parameters(sm_model *const model, const float *const kernel,
                                  const float *const bias)
{
    if (model == NULL || kernel == NULL || bias == NULL) {
        return smi_fail_null(__func__, model == NULL    ? "model"
                                       : kernel == NULL ? "kernel"
                                                        : "bias");
    }
    const size_t weights = model->shape.features * model->shape.classes;
    sm_status status = check_finite(kernel, weights, "kernel");
    if (status == SM_OK) {
        status = check_finite(bias, model->shape.classes, "bias");
    }
    if (status == SM_OK) {
        status = smi_model_set_training(model, "");
    }
    if (status == SM_OK) {
        memcpy(model->parameters, kernel, weights * sizeof *kernel);
        memcpy(model->parameters + weights, bias, model->shape.classes * sizeof *bias);
        smi_model_update_map(model);
    }
    return status;
}
