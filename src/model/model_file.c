/* Models as files: docs/model-format.md. */
#include "model/model_file.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "model/model.h"
#include "model/safetensors.h"
#include "sys/input.h"
#include "sys/output.h"

static const char format_version[] = "1";
static const char version_key[] = "softmax.format";
static const char library_key[] = "softmax.version";
static const char model_key[] = "softmax.model";
static const char training_key[] = "softmax.training";
static const char storage_key[] = "storage";
static const char index_base_key[] = "index_base";
static const char kernel_name[] = "dense_0.kernel";
static const char bias_name[] = "dense_0.bias";
static const char shift_name[] = "shift";
static const char scale_name[] = "scale";

/* Larger model files are not read. */
static const size_t max_file = (size_t)16 << 30;

/* ---- saving ---- */

static json_t *describe_image(const sm_shape *const shape)
{
    if (shape->image_height == 0) {
        return json_null();
    }
    return json_pack("{s:I, s:I}", "height", (json_int_t)shape->image_height, "width",
                     (json_int_t)shape->image_width);
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

/* Null where each column has its own: then tensors tell. */
static json_t *describe_scaling(const sm_shape *const shape)
{
    if (shape->column_shift != NULL) {
        return json_null();
    }
    return json_pack("{s:f, s:f}", "shift", (double)shape->shift, "scale", (double)shape->scale);
}

/* What the model is, as JSON; NULL when there is not the memory. */
static json_t *describe_model(const sm_shape *const shape)
{
    json_t *const names = json_array();
    for (size_t c = 0; c < shape->classes; c++) {
        if (json_array_append_new(names, json_string(shape->class_names[c])) != 0) {
            json_decref(names);
            return NULL;
        }
    }
    json_t *const description = json_pack(
        "{s:[{s:s, s:s, s:I, s:I}], s:o, s:o, s:o}", "layers", "type", "dense", "name", "dense_0",
        "inputs", (json_int_t)shape->features, "outputs", (json_int_t)shape->classes, "class_names",
        names, "image", describe_image(shape), "scaling", describe_scaling(shape));
    if (description != NULL && !describe_storage(shape, description)) {
        json_decref(description);
        return NULL;
    }
    return description;
}

/* The file's metadata: strings only; NULL when there is not the memory. */
static json_t *metadata_of(const sm_model *const model)
{
    json_t *const description = describe_model(&model->shape);
    char *const text = description == NULL ? NULL : json_dumps(description, JSON_COMPACT);
    json_decref(description);
    if (text == NULL) {
        return NULL;
    }
    json_t *const metadata = json_pack("{s:s, s:s, s:s}", version_key, format_version, library_key,
                                       SM_VERSION_STRING, model_key, text);
    free(text);
    if (model->training[0] != '\0' &&
        json_object_set_new(metadata, training_key, json_string(model->training)) != 0) {
        json_decref(metadata);
        return NULL;
    }
    return metadata;
}

static smi_tensor flat_tensor(const char *const name, const float *const values, const size_t count)
{
    return (smi_tensor){.name = name,
                        .dtype = "F32",
                        .dimensions = 1,
                        .shape = {count},
                        .bytes = (const uint8_t *)values,
                        .size = count * sizeof *values};
}

static sm_status write_model(const sm_model *const model, smi_output *const output)
{
    const sm_shape *const shape = &model->shape;
    const size_t kernel = shape->features * shape->classes;
    const smi_tensor tensors[] = {
        {.name = kernel_name,
         .dtype = "F32",
         .dimensions = 2,
         .shape = {shape->features, shape->classes},
         .bytes = (const uint8_t *)model->parameters,
         .size = kernel * sizeof(float)},
        flat_tensor(bias_name, model->parameters + kernel, shape->classes),
        flat_tensor(shift_name, shape->column_shift, shape->features),
        flat_tensor(scale_name, shape->column_scale, shape->features),
    };
    const size_t count = shape->column_shift == NULL ? 2 : 4;
    json_t *const metadata = metadata_of(model);
    if (metadata == NULL) {
        return smi_fail_memory("the model's description");
    }
    const sm_status status = smi_safetensors_write(output, metadata, tensors, count);
    json_decref(metadata);
    return status;
}

sm_status sm_model_save(const sm_model *const model, const char *const path)
{
    if (model == NULL || path == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "path");
    }
    if (model->layer_count > 1) {
        return smi_fail(SM_ERROR_ARGUMENT, "a model with hidden layers cannot be saved yet");
    }
    smi_output *output = NULL;
    sm_status status = smi_output_open(path, &output);
    if (status != SM_OK) {
        return status;
    }
    status = write_model(model, output);
    if (status != SM_OK) {
        smi_output_abandon(output);
        return status;
    }
    return smi_output_commit(output);
}

/* ---- loading ---- */

/* The JSON object in a metadata key; *object NULL when the key is absent. */
static sm_status parse_object(const smi_safetensors *const file, const char *const key,
                              const char *const name, json_t **const object)
{
    const char *const text = smi_safetensors_metadata(file, key);
    json_error_t error;
    *object = text == NULL ? NULL : json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (text != NULL && !json_is_object(*object)) {
        json_decref(*object);
        *object = NULL;
        return smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s' is not a JSON object", name, key);
    }
    return SM_OK;
}

static sm_status fail_description(const char *const name, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s': %s", name, model_key, what);
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

static sm_status parse_layers(const char *const name, const json_t *const description,
                              sm_shape *const shape)
{
    const json_t *const layers = json_object_get(description, "layers");
    const json_t *const layer = json_array_get(layers, 0);
    const char *const type = json_string_value(json_object_get(layer, "type"));
    const char *const layer_name = json_string_value(json_object_get(layer, "name"));
    if (json_array_size(layers) != 1 || type == NULL || strcmp(type, "dense") != 0 ||
        layer_name == NULL || strcmp(layer_name, "dense_0") != 0) {
        return fail_description(name, "this version reads models of one layer 'dense_0' of type "
                                      "'dense'");
    }
    if (!take_size(layer, "inputs", &shape->features) ||
        !take_size(layer, "outputs", &shape->classes)) {
        return fail_description(name, "the layer's inputs or outputs are not sizes");
    }
    return SM_OK;
}

/* by_column: whether tensors tell the scaling. */
static sm_status parse_scaling(const char *const name, const json_t *const description,
                               sm_shape *const shape, bool *const by_column)
{
    const json_t *const image = json_object_get(description, "image");
    const json_t *const scaling = json_object_get(description, "scaling");
    const json_t *const shift = json_object_get(scaling, "shift");
    const json_t *const scale = json_object_get(scaling, "scale");
    if (!json_is_null(image) && (!take_size(image, "height", &shape->image_height) ||
                                 !take_size(image, "width", &shape->image_width))) {
        return fail_description(name, "'image' is neither null nor a height and a width");
    }
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

/* names: shape.classes pointers into the description. */
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

/* Finds a tensor and makes sure that it is what the description says. */
static sm_status take_tensor(const smi_safetensors *const file, const char *const name,
                             const char *const tensor_name, const size_t rows, const size_t columns,
                             float *const values)
{
    const smi_tensor *const tensor = smi_safetensors_find(file, tensor_name);
    if (tensor == NULL) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s' is missing", name, tensor_name);
    }
    const bool flat = columns == 0;
    const bool fits =
        flat ? tensor->dimensions == 1 && tensor->shape[0] == rows
             : tensor->dimensions == 2 && tensor->shape[0] == rows && tensor->shape[1] == columns;
    if (strcmp(tensor->dtype, "F32") != 0 || !fits) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: tensor '%s' is not F32 of the shape that the description gives", name,
                        tensor_name);
    }
    for (size_t i = 0; i < tensor->size / 4; i++) {
        const uint8_t *const bytes = tensor->bytes + 4 * i;
        const uint32_t bits = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
                              (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
        memcpy(&values[i], &bits, sizeof bits);
        if (!isfinite(values[i])) {
            return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s': value %zu is not a finite number",
                            name, tensor_name, i);
        }
    }
    return SM_OK;
}

/* So that a small file cannot ask for a large model: nothing is made before the tensors are
 * known to be there. */
static sm_status check_tensors(const smi_safetensors *const file, const char *const name,
                               const sm_shape *const shape, const bool by_column)
{
    const smi_tensor *const kernel = smi_safetensors_find(file, kernel_name);
    size_t weights = 0;
    size_t bytes = 0;
    if (kernel == NULL) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s' is missing", name, kernel_name);
    }
    if (!smi_multiply_size(shape->features, shape->classes, &weights) ||
        !smi_multiply_size(weights, sizeof(float), &bytes) || kernel->size != bytes) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: tensor '%s' is not F32 of the shape that the description gives", name,
                        kernel_name);
    }
    if (by_column && file->count != 4) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: it should hold four tensors, '%s', '%s', '%s' and '%s'; these are %zu",
                        name, kernel_name, bias_name, shift_name, scale_name, file->count);
    }
    if (!by_column && file->count != 2) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: it should hold two tensors, '%s' and '%s'; these are "
                        "%zu",
                        name, kernel_name, bias_name, file->count);
    }
    return SM_OK;
}

/* Reads the scaling of each column. columns: freed by the caller, also on failure; the shape points
 * into it. */
static sm_status take_columns(const smi_safetensors *const file, const char *const name,
                              sm_shape *const shape, float **const columns)
{
    const size_t features = shape->features;
    *columns = smi_array(features, 2 * sizeof **columns);
    if (*columns == NULL) {
        return smi_fail_memory("the scaling");
    }
    shape->column_shift = *columns;
    shape->column_scale = *columns + features;
    const sm_status status = take_tensor(file, name, shift_name, features, 0, *columns);
    return status == SM_OK ? take_tensor(file, name, scale_name, features, 0, *columns + features)
                           : status;
}

static sm_status fill_model(const smi_safetensors *const file, const char *const name,
                            sm_model *const model)
{
    const sm_shape *const shape = &model->shape;
    sm_status status =
        take_tensor(file, name, kernel_name, shape->features, shape->classes, model->parameters);
    if (status == SM_OK) {
        status = take_tensor(file, name, bias_name, shape->classes, 0,
                             model->parameters + shape->features * shape->classes);
    }
    json_t *training = NULL;
    if (status == SM_OK) {
        status = parse_object(file, training_key, name, &training);
    }
    if (status == SM_OK && training != NULL) {
        status = smi_model_set_training(model, smi_safetensors_metadata(file, training_key));
    }
    json_decref(training);
    if (status == SM_OK) {
        smi_model_update_map(model);
    }
    return status;
}

static sm_status build_model(const smi_safetensors *const file, const char *const name,
                             const json_t *const description, sm_model **const model)
{
    sm_shape shape = {0};
    bool by_column = false;
    float *columns = NULL;
    const char **class_names = NULL;
    sm_model *created = NULL;
    const smi_kernels *kernels = NULL;
    sm_status status = smi_kernels_choose(&kernels); /* its failure is not the file's */
    if (status == SM_OK) {
        status = parse_layers(name, description, &shape);
    }
    if (status == SM_OK) {
        status = parse_scaling(name, description, &shape, &by_column);
    }
    if (status == SM_OK) {
        status = parse_storage(name, description, &shape);
    }
    if (status == SM_OK) {
        status = check_tensors(file, name, &shape, by_column);
    }
    if (status == SM_OK && by_column) {
        status = take_columns(file, name, &shape, &columns);
    }
    if (status == SM_OK) {
        status = parse_class_names(name, description, shape.classes, &class_names);
    }
    if (status == SM_OK) {
        shape.class_names = class_names;
        status = sm_model_create(shape, &created);
        if (status != SM_OK && status != SM_ERROR_MEMORY) {
            status = smi_fail(SM_ERROR_FORMAT, "%s: %s", name, sm_error_message());
        }
    }
    smi_free(class_names);
    smi_free(columns);
    if (status == SM_OK) {
        status = fill_model(file, name, created);
    }
    if (status != SM_OK) {
        sm_model_free(created);
        return status;
    }
    *model = created;
    return SM_OK;
}

sm_status smi_model_parse(const uint8_t *const bytes, const size_t size, const char *const name,
                          sm_model **const model)
{
    smi_safetensors file = {0};
    sm_status status = smi_safetensors_parse(bytes, size, name, &file);
    if (status != SM_OK) {
        return status;
    }
    const char *const version = smi_safetensors_metadata(&file, version_key);
    json_t *description = NULL;
    if (version == NULL) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: a safetensors file, but not a model of softmax: its metadata has no "
                          "'%s'",
                          name, version_key);
    } else if (strcmp(version, format_version) != 0) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: model format '%s'; this version of softmax reads format %s", name,
                          version, format_version);
    } else {
        status = parse_object(&file, model_key, name, &description);
    }
    if (status == SM_OK) {
        status = description == NULL ? fail_description(name, "it is missing")
                                     : build_model(&file, name, description, model);
    }
    json_decref(description);
    smi_safetensors_free(&file);
    return status;
}

sm_status sm_model_load(const char *const path, sm_model **const model)
{
    if (path == NULL || model == NULL) {
        return smi_fail_null(__func__, path == NULL ? "path" : "model");
    }
    smi_input *input = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = smi_input_open(path, &input);
    if (status == SM_OK) {
        status = smi_input_read_all(input, max_file, &bytes, &size);
    }
    if (status == SM_OK) {
        status = smi_model_parse(bytes, size, smi_input_name(input), model);
    }
    smi_input_close(input);
    smi_free(bytes);
    return status;
}
