#include "cli/describe_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/picture_shape.h"
#include "cli/describe_columns.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/terminal.h"

/* The size of the weights, those of all layers. */
typedef struct weight_summary {
    double norm;
    double largest; /* magnitude */
    double zeros;   /* share */
} weight_summary;

/* sum: of the squares and the zeros, before they are divided */
static void add_layer(const float *const kernel, const size_t count, weight_summary *const sum)
{
    for (size_t i = 0; i < count; i++) {
        const double value = (double)kernel[i];
        sum->norm += value * value;
        sum->zeros += value == 0.0;
        sum->largest = fmax(sum->largest, fabs(value));
    }
}

static int weigh(const sm_model *const model, weight_summary *const weights)
{
    double count = 0.0;
    *weights = (weight_summary){0};
    for (size_t i = 0; i < sm_model_layer_count(model); i++) {
        const sm_layer_info layer = sm_model_layer_info(model, i);
        const size_t size = layer.inputs * layer.outputs;
        float *const kernel = malloc(layer.parameters * sizeof *kernel);
        if (kernel == NULL) {
            cli_say("not enough memory");
            return CLI_FAILURE;
        }
        const sm_status status = sm_model_get_parameters(model, i, kernel, kernel + size);
        if (status == SM_OK) {
            add_layer(kernel, size, weights);
        }
        free(kernel);
        if (status != SM_OK) {
            return cli_fail();
        }
        count += (double)size;
    }
    weights->norm = sqrt(weights->norm);
    weights->zeros /= count;
    return CLI_SUCCESS;
}

/* One number, or, where each column has its own, a list. */
static json_t *number_or_list(const float number, const float *const columns, const size_t count)
{
    if (columns == NULL) {
        return json_real((double)number);
    }
    json_t *const list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, json_real((double)columns[i]));
    }
    return list;
}

static json_t *list_layers(const sm_model *const model)
{
    json_t *const layers = json_array();
    for (size_t i = 0; i < sm_model_layer_count(model); i++) {
        const sm_layer_info layer = sm_model_layer_info(model, i);
        json_array_append_new(
            layers, json_pack("{s:s, s:I, s:I, s:s, s:f, s:I}", "name", layer.name, "inputs",
                              (json_int_t)layer.inputs, "outputs", (json_int_t)layer.outputs,
                              "activation", sm_activation_name(layer.activation), "dropout",
                              layer.dropout, "parameters", (json_int_t)layer.parameters));
    }
    return layers;
}

static int print_json(const char *const path, const sm_model *const model,
                      const weight_summary *const weights)
{
    const sm_shape shape = sm_model_shape(model);
    json_t *const names = json_array();
    for (size_t c = 0; c < shape.classes; c++) {
        json_array_append_new(names, json_string(shape.class_names[c]));
    }
    json_t *const image = cli_json_image(&shape);
    json_t *const training = json_loads(sm_model_training(model), 0, NULL);
    return cli_json_print(json_pack(
        "{s:s, s:o, s:I, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:{s:f, s:f, s:f}, s:f, s:o}", "kind",
        "model", "name", cli_json_text(path), "parameters",
        (json_int_t)sm_model_parameter_count(model), "layers", list_layers(model), "classes", names,
        "image", image, "columns", cli_columns_json(&shape), "scaling", "shift",
        number_or_list(shape.shift, shape.column_shift, shape.features), "scale",
        number_or_list(shape.scale, shape.column_scale, shape.features), "weights", "norm",
        weights->norm, "largest", weights->largest, "zeros", weights->zeros, "temperature",
        sm_model_temperature(model), "training", training == NULL ? json_null() : training));
}

static void print_pictures(const sm_shape *const shape)
{
    const size_t channels =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width);
    if (channels > 0) {
        (void)printf("pictures    %zu x %zu%s%s\n", shape->image_height, shape->image_width,
                     channels == 3 ? ", in colour" : "",
                     shape->image_resize ? "; others are resized" : "");
    }
}

static void print_training(const json_t *const training)
{
    const json_t *const solver = json_object_get(training, "solver");
    const char *const name = json_string_value(json_object_get(solver, "name"));
    char safe[64];
    char counted[SMI_COUNTED_SIZE];
    if (name == NULL) {
        (void)printf("trained     no\n");
        return;
    }
    cli_make_safe(name, safe, sizeof safe);
    (void)printf("trained     %s, l2 %g", safe, json_number_value(json_object_get(training, "l2")));
    (void)printf(", %s",
                 smi_counted_text((size_t)json_integer_value(json_object_get(training, "steps")),
                                  "step", counted));
    (void)printf(", on %s",
                 smi_counted_text((size_t)json_integer_value(json_object_get(training, "rows")),
                                  "row", counted));
    (void)printf("%s\n", json_is_true(json_object_get(training, "converged")) ? ", converged" : "");
    (void)printf("objective   %.6f\n", json_number_value(json_object_get(training, "objective")));
}

static void print_range(const char *const name, const float *const values, const size_t count)
{
    float least = values[0];
    float most = values[0];
    for (size_t i = 1; i < count; i++) {
        least = fminf(least, values[i]);
        most = fmaxf(most, values[i]);
    }
    (void)printf("%s from %g to %g", name, (double)least, (double)most);
}

static void print_scaling(const sm_shape *const shape)
{
    if (shape->column_shift == NULL) {
        (void)printf("scaling     (x - %g) * %g\n", (double)shape->shift, (double)shape->scale);
        return;
    }
    print_range("scaling     column by column: (x - shift) * scale, shift", shape->column_shift,
                shape->features);
    print_range(", scale", shape->column_scale, shape->features);
    (void)printf("\n");
}

const char *cli_kind_of(const sm_model *const model, char text[CLI_KIND_SIZE])
{
    const size_t layers = sm_model_layer_count(model);
    if (layers == 1) {
        return "softmax regression";
    }
    (void)snprintf(text, CLI_KIND_SIZE, "network of %zu dense layers", layers);
    return text;
}

static void print_layer(const sm_layer_info *const layer)
{
    char inputs[CLI_GROUPED_SIZE];
    char outputs[CLI_GROUPED_SIZE];
    char parameters[CLI_GROUPED_SIZE];
    (void)printf("%-11s %10s %10s  %-10s %8g %14s\n", layer->name,
                 cli_grouped(layer->inputs, inputs), cli_grouped(layer->outputs, outputs),
                 sm_activation_name(layer->activation), layer->dropout,
                 cli_grouped(layer->parameters, parameters));
}

/* The summary: a line a layer, and their sum. */
static void print_layers(const sm_model *const model)
{
    const size_t count = sm_model_layer_count(model);
    char total[CLI_GROUPED_SIZE];
    char kind[CLI_KIND_SIZE];
    (void)printf("            %s\n\n", cli_kind_of(model, kind));
    (void)printf("layer           inputs    outputs  activation  dropout     parameters\n");
    for (size_t i = 0; i < count; i++) {
        const sm_layer_info layer = sm_model_layer_info(model, i);
        print_layer(&layer);
    }
    (void)printf("total %63s\n\n", cli_grouped(sm_model_parameter_count(model), total));
}

static void print_text(const char *const path, const sm_model *const model,
                       const weight_summary *const weights)
{
    enum { MOST_NAMES = 30 };
    const sm_shape shape = sm_model_shape(model);
    char text[256];
    char classes[CLI_GROUPED_SIZE];
    cli_make_safe(path, text, sizeof text);
    (void)printf("model       %s\n", text);
    print_layers(model);
    (void)printf("classes     %s:", cli_grouped(shape.classes, classes));
    for (size_t c = 0; c < shape.classes && c < MOST_NAMES; c++) {
        cli_make_safe(shape.class_names[c], text, sizeof text);
        (void)printf(" %s", text);
    }
    (void)printf("%s\n", shape.classes > MOST_NAMES ? " ..." : "");
    print_pictures(&shape);
    cli_print_columns(&shape);
    print_scaling(&shape);
    (void)printf("weights     norm %.4g, largest %.4g, %.1f %% zero\n", weights->norm,
                 weights->largest, 100.0 * weights->zeros);
    json_t *const training = json_loads(sm_model_training(model), 0, NULL);
    print_training(training);
    if (sm_model_temperature(model) != 1.0) {
        (void)printf("calibrated  logits are divided by %.4g\n", sm_model_temperature(model));
    }
    json_decref(training);
}

int cli_describe_model(const char *const path, const sm_model *const model, const bool json)
{
    weight_summary weights;
    const int status = weigh(model, &weights);
    if (status != CLI_SUCCESS) {
        return status;
    }
    if (json) {
        return print_json(path, model, &weights);
    }
    print_text(path, model, &weights);
    return CLI_SUCCESS;
}
