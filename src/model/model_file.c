/* Models as files: docs/model-format.md. */
#include "model/model_file.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "model/model.h"
#include "model/model_description.h"
#include "model/safetensors.h"
#include "sys/input.h"
#include "sys/output.h"

const char smi_checkpoint_key[] = "softmax.checkpoint";

static const char format_version[] = "1";
static const char version_key[] = "softmax.format";
static const char library_key[] = "softmax.version";
static const char training_key[] = "softmax.training";
static const char columns_key[] = "softmax.columns";
static const char shift_name[] = "shift";
static const char scale_name[] = "scale";

/* Larger model files are not read. */
static const size_t max_file = (size_t)16 << 30;

/* ---- metadata ---- */

/* Adds what not every model has; false when there is not the memory. */
static bool add_text(json_t *const metadata, const char *const key, const char *const text)
{
    return text == NULL || text[0] == '\0' ||
           json_object_set_new(metadata, key, json_string(text)) == 0;
}

/* The file's metadata: strings only; NULL when there is not the memory. */
static json_t *metadata_of(const sm_model *const model)
{
    json_t *const description = smi_describe_model(model);
    char *const text = description == NULL ? NULL : json_dumps(description, JSON_COMPACT);
    json_decref(description);
    if (text == NULL) {
        return NULL;
    }
    json_t *const metadata = json_pack("{s:s, s:s, s:s}", version_key, format_version, library_key,
                                       SM_VERSION_STRING, smi_model_key, text);
    free(text);
    if (!add_text(metadata, training_key, model->training) ||
        !add_text(metadata, columns_key, model->table)) {
        json_decref(metadata);
        return NULL;
    }
    return metadata;
}

/* ---- tensors ---- */

enum { TENSOR_LABEL_SIZE = SMI_LAYER_NAME_SIZE + 8 };

typedef struct tensor_label {
    char text[TENSOR_LABEL_SIZE];
} tensor_label;

/* "dense_0.kernel", … */
static tensor_label name_of(const char *const layer, const char *const what)
{
    tensor_label name;
    (void)snprintf(name.text, sizeof name.text, "%s.%s", layer, what);
    return name;
}

static tensor_label kernel_of(const smi_layer *const layer)
{
    return name_of(layer->name, "kernel");
}

static tensor_label bias_of(const smi_layer *const layer)
{
    return name_of(layer->name, "bias");
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

/* ---- saving ---- */

/* A kernel and a bias for each layer, then, where columns have their own, shift and scale; returns
 * how many. tensors, names: 2 · (layers + 1). */
static size_t list_tensors(const sm_model *const model, smi_tensor *const tensors,
                           tensor_label *const names)
{
    const sm_shape *const shape = &model->shape;
    size_t count = 0;
    for (size_t i = 0; i < model->layer_count; i++) {
        const smi_layer *const layer = &model->layers[i];
        names[count] = kernel_of(layer);
        names[count + 1] = bias_of(layer);
        tensors[count] = (smi_tensor){.name = names[count].text,
                                      .dtype = "F32",
                                      .dimensions = 2,
                                      .shape = {layer->inputs, layer->outputs},
                                      .bytes = (const uint8_t *)(model->parameters + layer->kernel),
                                      .size = layer->inputs * layer->outputs * sizeof(float)};
        tensors[count + 1] =
            flat_tensor(names[count + 1].text, model->parameters + layer->bias, layer->outputs);
        count += 2;
    }
    if (shape->column_shift != NULL) {
        tensors[count++] = flat_tensor(shift_name, shape->column_shift, shape->features);
        tensors[count++] = flat_tensor(scale_name, shape->column_scale, shape->features);
    }
    return count;
}

static sm_status write_model(const sm_model *const model, smi_output *const output)
{
    const size_t most = 2 * (model->layer_count + 1);
    smi_tensor *const tensors = smi_array(most, sizeof *tensors);
    tensor_label *const names = smi_array(most, sizeof *names);
    json_t *const metadata = metadata_of(model);
    sm_status status = SM_OK;
    if (tensors == NULL || names == NULL || metadata == NULL) {
        status = smi_fail_memory("the model's description");
    } else {
        const size_t count = list_tensors(model, tensors, names);
        status = smi_safetensors_write(output, metadata, tensors, count);
    }
    json_decref(metadata);
    smi_free(names);
    smi_free(tensors);
    return status;
}

sm_status sm_model_save(const sm_model *const model, const char *const path)
{
    if (model == NULL || path == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "path");
    }
    smi_output *output = NULL;
    const sm_status status = smi_output_open(path, &output);
    return status == SM_OK ? smi_output_finish(output, write_model(model, output)) : status;
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

static sm_status check_kernel(const smi_safetensors *const file, const char *const name,
                              const smi_layer *const layer)
{
    const tensor_label kernel = kernel_of(layer);
    const smi_tensor *const tensor = smi_safetensors_find(file, kernel.text);
    size_t weights = 0;
    size_t bytes = 0;
    if (tensor == NULL) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s' is missing", name, kernel.text);
    }
    if (!smi_multiply_size(layer->inputs, layer->outputs, &weights) ||
        !smi_multiply_size(weights, sizeof(float), &bytes) || tensor->size != bytes) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: tensor '%s' is not F32 of the shape that the description gives", name,
                        kernel.text);
    }
    return SM_OK;
}

/* So that a small file cannot ask for a large model: nothing is made before the tensors are
 * known to be there. */
static sm_status check_tensors(const smi_safetensors *const file, const char *const name,
                               const smi_description *const description)
{
    const size_t layers = description->hidden_count + 1;
    const size_t wanted = 2 * layers + (description->by_column ? 2 : 0);
    size_t inputs = description->shape.features;
    for (size_t i = 0; i < layers; i++) {
        const size_t outputs = i < description->hidden_count ? description->hidden[i].units
                                                             : description->shape.classes;
        smi_layer layer = {.inputs = inputs, .outputs = outputs};
        smi_layer_name(i, layer.name);
        const sm_status status = check_kernel(file, name, &layer);
        if (status != SM_OK) {
            return status;
        }
        inputs = outputs;
    }
    if (file->count != wanted) {
        return smi_fail(
            SM_ERROR_FORMAT,
            "%s: it should hold %zu tensors, a kernel and a bias for each layer%s; these "
            "are %zu",
            name, wanted, description->by_column ? ", 'shift' and 'scale'" : "", file->count);
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

static sm_status take_parameters(const smi_safetensors *const file, const char *const name,
                                 sm_model *const model)
{
    sm_status status = SM_OK;
    for (size_t i = 0; i < model->layer_count && status == SM_OK; i++) {
        const smi_layer *const layer = &model->layers[i];
        status = take_tensor(file, name, kernel_of(layer).text, layer->inputs, layer->outputs,
                             model->parameters + layer->kernel);
        if (status == SM_OK) {
            status = take_tensor(file, name, bias_of(layer).text, layer->outputs, 0,
                                 model->parameters + layer->bias);
        }
    }
    return status;
}

static sm_status fill_model(const smi_safetensors *const file, const char *const name,
                            sm_model *const model)
{
    sm_status status = take_parameters(file, name, model);
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
                             const json_t *const json, sm_model **const model)
{
    smi_description description = {0};
    float *columns = NULL;
    json_t *table = NULL;
    sm_model *created = NULL;
    const smi_kernels *kernels = NULL;
    sm_status status = smi_kernels_choose(&kernels); /* its failure is not the file's */
    if (status == SM_OK) {
        status = smi_description_parse(name, json, &description);
    }
    if (status == SM_OK) {
        status = check_tensors(file, name, &description);
    }
    if (status == SM_OK && description.by_column) {
        status = take_columns(file, name, &description.shape, &columns);
    }
    if (status == SM_OK) {
        status = parse_object(file, columns_key, name, &table);
        description.shape.columns = smi_safetensors_metadata(file, columns_key);
    }
    json_decref(table);
    if (status == SM_OK) {
        status = smi_model_create_network(description.shape, description.hidden,
                                          description.hidden_count, &created);
        if (status != SM_OK && status != SM_ERROR_MEMORY) {
            status = smi_fail(SM_ERROR_FORMAT, "%s: %s", name, sm_error_message());
        }
    }
    if (status == SM_OK) {
        created->temperature = description.temperature;
    }
    smi_description_free(&description);
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
    if (version == NULL && smi_safetensors_metadata(&file, smi_checkpoint_key) != NULL) {
        status =
            smi_fail(SM_ERROR_FORMAT,
                     "%s: a checkpoint of training, not a model; training goes on from it with "
                     "--resume",
                     name);
    } else if (version == NULL) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: a safetensors file, but not a model of softmax: its metadata has no "
                          "'%s'",
                          name, version_key);
    } else if (strcmp(version, format_version) != 0) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: model format '%s'; this version of softmax reads format %s", name,
                          version, format_version);
    } else {
        status = parse_object(&file, smi_model_key, name, &description);
    }
    if (status == SM_OK) {
        status = description == NULL ? smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s': it is missing",
                                                name, smi_model_key)
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
