#include "model/model_description.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

const char smi_model_key[] = "softmax.model";
static const char storage_key[] = "storage";
static const char index_base_key[] = "index_base";
static const char resize_key[] = "resize";
static const char temperature_key[] = "temperature";

/* ---- writing ---- */

static json_t *describe_image(const sm_shape *const shape)
{
    if (shape->image_height == 0) {
        return json_null();
    }
    json_t *const image = json_pack("{s:I, s:I}", "height", (json_int_t)shape->image_height,
                                    "width", (json_int_t)shape->image_width);
    if (shape->image_resize && json_object_set_new(image, resize_key, json_true()) != 0) {
        json_decref(image);
        return NULL;
    }
    return image;
}

/* Adds what is known of the data's form; false when there is not the memory. */
static bool describe_storage(const sm_shape *const shape, json_t *const description)
{
    if (shape->sparse &&
        json_object_set_new(description, storage_key, json_string("sparse")) != 0) {
        return false;
    }
    return shape->index_base == SM_INDEX_AUTO ||
           json_object_set_new(description, index_base_key,
                               json_integer(shape->index_base == SM_INDEX_FROM_ONE ? 1 : 0)) == 0;
}

/* Adds the temperature, where there is one; false likewise. */
static bool describe_temperature(const sm_model *const model, json_t *const description)
{
    return model->temperature == 1.0 ||
           json_object_set_new(description, temperature_key, json_real(model->temperature)) == 0;
}

/* Null where each column has its own: then tensors tell. */
static json_t *describe_scaling(const sm_shape *const shape)
{
    if (shape->column_shift != NULL) {
        return json_null();
    }
    return json_pack("{s:f, s:f}", "shift", (double)shape->shift, "scale", (double)shape->scale);
}

/* The output layer has neither activation nor dropout. */
static json_t *describe_layer(const smi_layer *const layer, const bool hidden)
{
    json_t *const description =
        json_pack("{s:s, s:s, s:I, s:I}", "type", "dense", "name", layer->name, "inputs",
                  (json_int_t)layer->inputs, "outputs", (json_int_t)layer->outputs);
    const bool complete =
        !hidden || (json_object_set_new(description, "activation",
                                        json_string(sm_activation_name(layer->activation))) == 0 &&
                    json_object_set_new(description, "dropout", json_real(layer->dropout)) == 0);
    if (!complete) {
        json_decref(description);
        return NULL;
    }
    return description;
}

/* NULL when there is not the memory. */
static json_t *describe_layers(const sm_model *const model)
{
    json_t *const layers = json_array();
    for (size_t i = 0; i < model->layer_count; i++) {
        json_t *const layer = describe_layer(&model->layers[i], i + 1 < model->layer_count);
        if (json_array_append_new(layers, layer) != 0) {
            json_decref(layers);
            return NULL;
        }
    }
    return layers;
}

static json_t *describe_class_names(const sm_shape *const shape)
{
    json_t *const names = json_array();
    for (size_t c = 0; c < shape->classes; c++) {
        if (json_array_append_new(names, json_string(shape->class_names[c])) != 0) {
            json_decref(names);
            return NULL;
        }
    }
    return names;
}

json_t *smi_describe_model(const sm_model *const model)
{
    const sm_shape *const shape = &model->shape;
    json_t *const description =
        json_pack("{s:o, s:o, s:o, s:o}", "layers", describe_layers(model), "class_names",
                  describe_class_names(shape), "image", describe_image(shape), "scaling",
                  describe_scaling(shape));
    if (description != NULL &&
        (!describe_storage(shape, description) || !describe_temperature(model, description))) {
        json_decref(description);
        return NULL;
    }
    return description;
}

/* ---- reading ---- */

static sm_status fail_description(const char *const name, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s': %s", name, smi_model_key, what);
}

/* A size under `key`; false when it is not one. */
static bool take_size(const json_t *const object, const char *const key, size_t *const size)
{
    const json_t *const value = json_object_get(object, key);
    const json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 1) {
        return false;
    }
    *size = (size_t)number;
    return true;
}

/* What every layer has. */
static sm_status parse_dense(const char *const name, const json_t *const json, const size_t index,
                             smi_layer *const layer)
{
    const char *const type = json_string_value(json_object_get(json, "type"));
    const char *const layer_name = json_string_value(json_object_get(json, "name"));
    smi_layer_name(index, layer->name);
    if (type == NULL || strcmp(type, "dense") != 0 || layer_name == NULL ||
        strcmp(layer_name, layer->name) != 0) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: metadata '%s': layer %zu is not one of type 'dense' named '%s'", name,
                        smi_model_key, index, layer->name);
    }
    if (!take_size(json, "inputs", &layer->inputs) ||
        !take_size(json, "outputs", &layer->outputs)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: metadata '%s': layer '%s': its inputs or outputs are not sizes", name,
                        smi_model_key, layer->name);
    }
    return SM_OK;
}

/* What a hidden layer has besides. */
static sm_status parse_hidden(const char *const name, const json_t *const json,
                              smi_layer *const layer)
{
    const json_t *const dropout = json_object_get(json, "dropout");
    const char *const word = json_string_value(json_object_get(json, "activation"));
    layer->dropout = json_number_value(dropout);
    if (word == NULL || !smi_activation_named(word, &layer->activation)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: metadata '%s': layer '%s': this version knows the activations %s",
                        name, smi_model_key, layer->name, smi_activation_list());
    }
    if (!json_is_number(dropout) || !(layer->dropout >= 0.0 && layer->dropout < 1.0)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: metadata '%s': layer '%s': its dropout is not a number of at least 0 "
                        "and below 1",
                        name, smi_model_key, layer->name);
    }
    return SM_OK;
}

static sm_status parse_layer(const char *const name, const json_t *const layers, const size_t index,
                             smi_layer *const layer)
{
    const json_t *const json = json_array_get(layers, index);
    sm_status status = parse_dense(name, json, index, layer);
    if (status != SM_OK) {
        return status;
    }
    if (index + 1 < json_array_size(layers)) {
        return parse_hidden(name, json, layer);
    }
    if (json_object_get(json, "activation") != NULL || json_object_get(json, "dropout") != NULL) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: metadata '%s': layer '%s' is the output layer, and has neither "
                        "activation nor dropout",
                        name, smi_model_key, layer->name);
    }
    return SM_OK;
}

static sm_status parse_layers(const char *const name, const json_t *const json,
                              smi_description *const description)
{
    const json_t *const layers = json_object_get(json, "layers");
    const size_t count = json_array_size(layers); /* 0 where it is no array */
    if (count < 1 || count > SMI_MOST_LAYERS) {
        return smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s': 'layers' is not a list of 1 to %d",
                        name, smi_model_key, SMI_MOST_LAYERS);
    }
    description->hidden = smi_array(count, sizeof *description->hidden);
    if (description->hidden == NULL) {
        return smi_fail_memory("the layers");
    }
    smi_layer before = {0};
    for (size_t i = 0; i < count; i++) {
        smi_layer layer = {0};
        const sm_status status = parse_layer(name, layers, i, &layer);
        if (status != SM_OK) {
            return status;
        }
        if (i > 0 && layer.inputs != before.outputs) {
            return smi_fail(SM_ERROR_FORMAT,
                            "%s: metadata '%s': layer '%s' takes %zu inputs, but '%s' has %zu "
                            "outputs",
                            name, smi_model_key, layer.name, layer.inputs, before.name,
                            before.outputs);
        }
        description->shape.features = i == 0 ? layer.inputs : description->shape.features;
        description->hidden[i] = (sm_layer){layer.outputs, layer.activation, layer.dropout};
        before = layer;
    }
    description->hidden_count = count - 1; /* the last one is the output layer */
    description->shape.classes = before.outputs;
    return SM_OK;
}

static sm_status parse_image(const char *const name, const json_t *const description,
                             sm_shape *const shape)
{
    const json_t *const image = json_object_get(description, "image");
    const json_t *const resize = json_object_get(image, resize_key);
    if (!json_is_null(image) && (!take_size(image, "height", &shape->image_height) ||
                                 !take_size(image, "width", &shape->image_width))) {
        return fail_description(name, "'image' is neither null nor a height and a width");
    }
    if (resize != NULL && !json_is_boolean(resize)) {
        return fail_description(name, "'image': 'resize' is neither true nor false");
    }
    shape->image_resize = json_is_true(resize);
    return SM_OK;
}

/* by_column: whether tensors tell the scaling. */
static sm_status parse_scaling(const char *const name, const json_t *const description,
                               sm_shape *const shape, bool *const by_column)
{
    const json_t *const scaling = json_object_get(description, "scaling");
    const json_t *const shift = json_object_get(scaling, "shift");
    const json_t *const scale = json_object_get(scaling, "scale");
    *by_column = json_is_null(scaling);
    if (!*by_column && (!json_is_number(shift) || !json_is_number(scale))) {
        return fail_description(name, "'scaling' is neither null nor a shift and a scale");
    }
    shape->shift = *by_column ? 0.0F : (float)json_number_value(shift);
    shape->scale = *by_column ? 1.0F : (float)json_number_value(scale);
    return SM_OK;
}

/* Both keys may be absent: rows are then dense, and the index base is not known. */
static sm_status parse_storage(const char *const name, const json_t *const description,
                               sm_shape *const shape)
{
    const json_t *const storage = json_object_get(description, storage_key);
    const json_t *const base = json_object_get(description, index_base_key);
    const char *const word = json_string_value(storage);
    if (storage != NULL &&
        (word == NULL || (strcmp(word, "sparse") != 0 && strcmp(word, "dense") != 0))) {
        return fail_description(name, "'storage' is neither \"sparse\" nor \"dense\"");
    }
    const json_int_t first = json_integer_value(base);
    if (base != NULL && (!json_is_integer(base) || (first != 0 && first != 1))) {
        return fail_description(name, "'index_base' is neither 0 nor 1");
    }
    shape->sparse = word != NULL && strcmp(word, "sparse") == 0;
    if (base != NULL) {
        shape->index_base = first == 1 ? SM_INDEX_FROM_ONE : SM_INDEX_FROM_ZERO;
    }
    return SM_OK;
}

/* Absent in a model that is not calibrated. */
static sm_status parse_temperature(const char *const name, const json_t *const json,
                                   double *const temperature)
{
    const json_t *const value = json_object_get(json, temperature_key);
    *temperature = value == NULL ? 1.0 : json_number_value(value); /* 0 where it is no number */
    return smi_is_temperature(*temperature)
               ? SM_OK
               : fail_description(name, "'temperature' is not a number from 1e-6 to 1e6");
}

/* names: `classes` of them. */
static sm_status parse_class_names(const char *const name, const json_t *const description,
                                   const size_t classes, const char ***const names)
{
    const json_t *const list = json_object_get(description, "class_names");
    if (!json_is_array(list) || json_array_size(list) != classes) {
        return fail_description(name, "'class_names' does not hold one name a class");
    }
    *names = smi_array(classes, sizeof **names);
    if (*names == NULL) {
        return smi_fail_memory("the class names");
    }
    for (size_t c = 0; c < classes; c++) {
        (*names)[c] = json_string_value(json_array_get(list, c));
    }
    return SM_OK;
}

sm_status smi_description_parse(const char *const name, const json_t *const json,
                                smi_description *const description)
{
    sm_shape *const shape = &description->shape;
    *description = (smi_description){0};
    sm_status status = parse_layers(name, json, description);
    if (status == SM_OK) {
        status = parse_image(name, json, shape);
    }
    if (status == SM_OK) {
        status = parse_scaling(name, json, shape, &description->by_column);
    }
    if (status == SM_OK) {
        status = parse_storage(name, json, shape);
    }
    if (status == SM_OK) {
        status = parse_temperature(name, json, &description->temperature);
    }
    if (status == SM_OK) {
        status = parse_class_names(name, json, shape->classes, &description->class_names);
    }
    shape->class_names = description->class_names;
    return status;
}

void smi_description_free(smi_description *const description)
{
    smi_free(description->hidden);
    smi_free(description->class_names);
}
