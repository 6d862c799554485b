/* Model files. One that is accepted predicts, and saved again it is the same model. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <softmax.h>

#include "base/picture_shape.h"
#include "fuzz/fuzz.h"
#include "model/model_file.h"

enum { MOST_FEATURES = 256, MOST_CLASSES = 64 };

static const char name[] = "model";

static void check_refusal(const sm_status status)
{
    fuzz_require(status == SM_ERROR_FORMAT || status == SM_ERROR_MEMORY,
                 "a file is refused as one");
    fuzz_require(status == SM_ERROR_MEMORY || strncmp(sm_error_message(), "model: ", 7) == 0,
                 "messages name the file");
    fuzz_require(strlen(sm_error_message()) > 7, "messages say something");
}

static void check_shape(const sm_shape *const shape)
{
    fuzz_require(shape->features >= 1 && shape->classes >= 2, "there are features and classes");
    fuzz_require(
        shape->image_height == 0 ||
            smi_picture_channels(shape->features, shape->image_height, shape->image_width) > 0,
        "pictures are height × width, or × 3");
    fuzz_require(!shape->image_resize || shape->image_height > 0, "what is resized are pictures");
    fuzz_require(isfinite(shape->shift) && isfinite(shape->scale) && shape->scale != 0.0F,
                 "a scaling");
    for (size_t f = 0; shape->column_shift != NULL && f < shape->features; f++) {
        fuzz_require(isfinite(shape->column_shift[f]) && isfinite(shape->column_scale[f]) &&
                         shape->column_scale[f] != 0.0F,
                     "a scaling of each column");
    }
    for (size_t c = 0; c < shape->classes; c++) {
        fuzz_require(shape->class_names[c][0] != '\0', "classes have names");
    }
}

/* Zeros and ones through the model; what comes out may be no number where weights are extreme. */
static void check_prediction(const sm_model *const model, const sm_shape *const shape)
{
    static float x[MOST_FEATURES];
    static float output[MOST_CLASSES];
    if (shape->features > MOST_FEATURES || shape->classes > MOST_CLASSES) {
        return;
    }
    for (size_t f = 0; f < shape->features; f++) {
        x[f] = (float)(f % 2);
    }
    fuzz_require(sm_predict_f32(model, x, 1, SM_PROBABILITIES, output) == SM_OK, "it predicts");
    for (size_t c = 0; c < shape->classes; c++) {
        fuzz_require(!(output[c] < 0.0F) && !(output[c] > 1.0F), "probabilities, or no numbers");
    }
}

/* What a layer is, and its parameters. */
static void check_layer(const sm_model *const model, const sm_model *const again,
                        const size_t index)
{
    const sm_layer_info layer = sm_model_layer_info(model, index);
    const sm_layer_info other = sm_model_layer_info(again, index);
    fuzz_require(layer.inputs == other.inputs && layer.outputs == other.outputs &&
                     layer.activation == other.activation && layer.dropout == other.dropout,
                 "the same layers");
    fuzz_require(layer.dropout >= 0.0 && layer.dropout < 1.0, "a dropout");
    float *const values = calloc(2 * layer.parameters, sizeof *values);
    fuzz_require(values != NULL, "memory for the parameters");
    float *const others = values + layer.parameters;
    const size_t kernel = layer.inputs * layer.outputs;
    fuzz_require(sm_model_get_parameters(model, index, values, values + kernel) == SM_OK &&
                     sm_model_get_parameters(again, index, others, others + kernel) == SM_OK &&
                     memcmp(values, others, layer.parameters * sizeof *values) == 0,
                 "the same parameters");
    free(values);
}

/* The layers and the texts survive saving and loading. */
static void check_saved(const sm_model *const model, const sm_shape *const shape)
{
    char path[64];
    sm_model *again = NULL;
    (void)snprintf(path, sizeof path, "/tmp/softmax-fuzz-%ld", (long)getpid());
    fuzz_require(sm_model_save(model, path) == SM_OK, "it can be saved");
    fuzz_require(sm_model_load(path, &again) == SM_OK, "and loaded");
    fuzz_require(unlink(path) == 0, "the file was there");
    const sm_shape other = sm_model_shape(again);
    fuzz_require(sm_model_layer_count(model) == sm_model_layer_count(again), "as many layers");
    for (size_t i = 0; i < sm_model_layer_count(model); i++) {
        check_layer(model, again, i);
    }
    fuzz_require(memcmp(&shape->shift, &other.shift, sizeof other.shift) == 0 &&
                     memcmp(&shape->scale, &other.scale, sizeof other.scale) == 0,
                 "the same scaling");
    fuzz_require((shape->column_shift == NULL) == (other.column_shift == NULL),
                 "columns have their own scaling, or not");
    fuzz_require(shape->column_shift == NULL ||
                     (memcmp(shape->column_shift, other.column_shift,
                             shape->features * sizeof *shape->column_shift) == 0 &&
                      memcmp(shape->column_scale, other.column_scale,
                             shape->features * sizeof *shape->column_scale) == 0),
                 "the same scaling of each column");
    fuzz_require(sm_model_temperature(model) == sm_model_temperature(again),
                 "the same temperature");
    fuzz_require(strcmp(sm_model_training(model), sm_model_training(again)) == 0,
                 "the same training");
    for (size_t c = 0; c < shape->classes; c++) {
        fuzz_require(strcmp(shape->class_names[c], other.class_names[c]) == 0, "the same names");
    }
    sm_model_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    sm_model *model = NULL;
    const sm_status status = smi_model_parse(bytes, size, name, &model);
    if (status != SM_OK) {
        fuzz_require(model == NULL, "nothing is written but on SM_OK");
        check_refusal(status);
        return 0;
    }
    const sm_shape shape = sm_model_shape(model);
    check_shape(&shape);
    fuzz_require(sm_model_temperature(model) >= SM_LEAST_TEMPERATURE &&
                     sm_model_temperature(model) <= SM_MOST_TEMPERATURE,
                 "a temperature");
    check_prediction(model, &shape);
    check_saved(model, &shape);
    sm_model_free(model);
    return 0;
}
