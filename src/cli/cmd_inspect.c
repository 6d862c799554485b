/* softmax inspect: what a file holds, be it a model or data, and a model's statistics. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "data_argument.h"
#include "describe_data.h"
#include "exit_status.h"
#include "json.h"
#include "statistics_report.h"
#include "sys/folder.h"
#include "sys/input.h"
#include "terminal.h"

typedef struct inspect_settings {
    const char *statistics; /* the data; NULL: no statistics */
    cli_reading reading;
    const char *base;
    double confidence; /* 0: not given */
    bool json;
} inspect_settings;

static const double DEFAULT_CONFIDENCE = 0.95;

static const cli_option options[] = {
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", offsetof(inspect_settings, json)},
    {CLI_HEADING, .help = "Statistics of a model"},
    {CLI_FILE, "statistics", 0, "DATA",
     "Standard errors, z, p-values and confidence intervals of the coefficients; DATA is what the "
     "model was trained on, without penalty",
     offsetof(inspect_settings, statistics)},
    {CLI_FILE, "labels", 0, "FILE", "IDX file with the labels of DATA",
     offsetof(inspect_settings, reading.labels)},
    {CLI_TEXT, "base", 0, "CLASS", "The class that others are compared with (default: the first)",
     offsetof(inspect_settings, base)},
    {CLI_NUMBER, "confidence", 0, "SHARE", "Of the intervals (default: 0.95)",
     offsetof(inspect_settings, confidence), 0.01, 0.999999},
    {CLI_HEADING},
};

const cli_syntax cli_inspect_syntax = {
    .name = "softmax inspect",
    .arguments = "FILE",
    .summary = "Show what a model or a data file holds",
    .description = "Of a model: its layers, classes, scaling, how it was trained, and how large "
                   "its weights are. Of data: the same as softmax data info.\n\n"
                   "With --statistics, what multinomial logistic regression is used for in "
                   "statistics: how the log of the odds of each class against a base class changes "
                   "with each feature, unscaled, and how well that is known. For models of at most "
                   "2,000 parameters, trained without penalty to a small tolerance, on data whose "
                   "classes overlap.",
    .examples = "softmax inspect digits.safetensors\n"
                "softmax inspect blobs.safetensors --statistics blobs --confidence 0.9\n"
                "softmax inspect t10k-images-idx3-ubyte.gz --json\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* The size of the weights. */
typedef struct weight_summary {
    double norm;
    double largest; /* magnitude */
    double zeros;   /* share */
} weight_summary;

/* A model file has the JSON header's brace after its eight bytes of length. */
static bool looks_like_model(const char *const path)
{
    smi_input *input = NULL;
    char start[9] = "";
    size_t got = 0;
    if (!smi_is_file(path) || smi_input_open(path, &input) != SM_OK) {
        return false;
    }
    const bool read = smi_input_read(input, start, sizeof start, &got) == SM_OK;
    smi_input_close(input);
    return read && got == sizeof start && start[8] == '{';
}

static weight_summary weigh(const float *const kernel, const size_t count)
{
    double square = 0.0;
    double zeros = 0.0;
    weight_summary weights = {0};
    for (size_t i = 0; i < count; i++) {
        const double value = (double)kernel[i];
        square += value * value;
        zeros += value == 0.0;
        weights.largest = fmax(weights.largest, fabs(value));
    }
    weights.norm = sqrt(square);
    weights.zeros = zeros / (double)count;
    return weights;
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

static int print_json(const char *const path, const sm_model *const model,
                      const weight_summary *const weights)
{
    const sm_shape shape = sm_model_shape(model);
    json_t *const names = json_array();
    for (size_t c = 0; c < shape.classes; c++) {
        json_array_append_new(names, json_string(shape.class_names[c]));
    }
    json_t *image = json_null();
    if (shape.image_height > 0) {
        image = json_pack("{s:I, s:I}", "height", (json_int_t)shape.image_height, "width",
                          (json_int_t)shape.image_width);
    }
    json_t *const training = json_loads(sm_model_training(model), 0, NULL);
    const json_int_t parameters = (json_int_t)sm_model_parameter_count(model);
    return cli_json_print(json_pack(
        "{s:s, s:o, s:I, s:[{s:s, s:I, s:I, s:I}], s:o, s:o, s:{s:o, s:o}, s:{s:f, s:f, s:f}, "
        "s:o}",
        "kind", "model", "name", cli_json_text(path), "parameters", parameters, "layers", "name",
        "dense_0", "inputs", (json_int_t)shape.features, "outputs", (json_int_t)shape.classes,
        "parameters", parameters, "classes", names, "image", image, "scaling", "shift",
        number_or_list(shape.shift, shape.column_shift, shape.features), "scale",
        number_or_list(shape.scale, shape.column_scale, shape.features), "weights", "norm",
        weights->norm, "largest", weights->largest, "zeros", weights->zeros, "training",
        training == NULL ? json_null() : training));
}

static void print_training(const json_t *const training)
{
    const json_t *const solver = json_object_get(training, "solver");
    const char *const name = json_string_value(json_object_get(solver, "name"));
    char safe[64];
    char number[CLI_GROUPED_SIZE];
    if (name == NULL) {
        (void)printf("trained     no\n");
        return;
    }
    cli_make_safe(name, safe, sizeof safe);
    (void)printf("trained     %s, l2 %g", safe, json_number_value(json_object_get(training, "l2")));
    (void)printf(
        ", %s steps",
        cli_grouped((size_t)json_integer_value(json_object_get(training, "steps")), number));
    (void)printf(
        ", on %s rows",
        cli_grouped((size_t)json_integer_value(json_object_get(training, "rows")), number));
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

static void print_text(const char *const path, const sm_model *const model,
                       const weight_summary *const weights)
{
    enum { MOST_NAMES = 30 };
    const sm_shape shape = sm_model_shape(model);
    char text[256];
    char inputs[CLI_GROUPED_SIZE];
    char outputs[CLI_GROUPED_SIZE];
    char parameters[CLI_GROUPED_SIZE];
    cli_make_safe(path, text, sizeof text);
    (void)printf("model       %s\n            softmax regression\n\n", text);
    (void)printf("layer           inputs    outputs   parameters\n");
    (void)printf("dense_0     %10s %10s %12s\n\n", cli_grouped(shape.features, inputs),
                 cli_grouped(shape.classes, outputs),
                 cli_grouped(sm_model_parameter_count(model), parameters));
    (void)printf("classes     %s:", outputs);
    for (size_t c = 0; c < shape.classes && c < MOST_NAMES; c++) {
        cli_make_safe(shape.class_names[c], text, sizeof text);
        (void)printf(" %s", text);
    }
    (void)printf("%s\n", shape.classes > MOST_NAMES ? " ..." : "");
    if (shape.image_height > 0) {
        (void)printf("pictures    %zu x %zu\n", shape.image_height, shape.image_width);
    }
    print_scaling(&shape);
    (void)printf("weights     norm %.4g, largest %.4g, %.1f %% zero\n", weights->norm,
                 weights->largest, 100.0 * weights->zeros);
    json_t *const training = json_loads(sm_model_training(model), 0, NULL);
    print_training(training);
    json_decref(training);
}

static int describe_model(const char *const path, const sm_model *const model, const bool as_json)
{
    const sm_shape shape = sm_model_shape(model);
    const size_t count = shape.features * shape.classes;
    float *const kernel = malloc(count * sizeof *kernel);
    float *const bias = malloc(shape.classes * sizeof *bias);
    int status = CLI_FAILURE;
    if (kernel == NULL || bias == NULL) {
        cli_say("not enough memory");
    } else if (sm_model_get_parameters(model, 0, kernel, bias) != SM_OK) {
        status = cli_fail();
    } else {
        const weight_summary weights = weigh(kernel, count);
        status = CLI_SUCCESS;
        if (as_json) {
            status = print_json(path, model, &weights);
        } else {
            print_text(path, model, &weights);
        }
    }
    free(kernel);
    free(bias);
    return status;
}

/* Options that say more of --statistics mean nothing without it. */
static void require_statistics(const inspect_settings *const settings)
{
    const char *const alone = settings->reading.labels != NULL ? "labels"
                              : settings->base != NULL         ? "base"
                              : settings->confidence > 0.0     ? "confidence"
                                                               : NULL;
    if (settings->statistics == NULL && alone != NULL) {
        cli_say("--%s is for --statistics: softmax inspect MODEL --statistics DATA", alone);
        exit(CLI_WRONG_USAGE);
    }
}

static int report_statistics(const char *const path, const inspect_settings *const settings,
                             const sm_model *const model)
{
    const cli_statistics_request request = {
        .model_name = path,
        .data_name = settings->statistics,
        .base = settings->base,
        .confidence = settings->confidence > 0.0 ? settings->confidence : DEFAULT_CONFIDENCE,
        .json = settings->json};
    sm_dataset *train = NULL;
    const int status =
        cli_open_training_data(settings->statistics, &settings->reading, &train) == SM_OK
            ? cli_report_statistics(&request, model, train)
            : cli_fail();
    sm_dataset_free(train);
    return status;
}

static int inspect_model(const char *const path, const inspect_settings *const settings)
{
    sm_model *model = NULL;
    int status = CLI_FAILURE;
    if (sm_model_load(path, &model) != SM_OK) {
        status = cli_fail();
    } else if (settings->statistics != NULL) {
        status = report_statistics(path, settings, model);
    } else {
        status = describe_model(path, model, settings->json);
    }
    sm_model_free(model);
    return status;
}

static int inspect_data(const char *const name, const inspect_settings *const settings)
{
    sm_dataset *dataset = NULL;
    int status = CLI_FAILURE;
    const cli_reading reading = {0};
    if (cli_open_training_data(name, &reading, &dataset) != SM_OK) {
        status = cli_fail();
    } else if (settings->statistics != NULL) {
        cli_say("--statistics is for a model, and '%s' is data", name);
    } else {
        status = cli_describe_data(name, dataset, settings->json);
    }
    sm_dataset_free(dataset);
    return status;
}

int cli_inspect(const int argument_count, char **const arguments)
{
    inspect_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_inspect_syntax, argument_count, arguments, &settings, named);
    require_statistics(&settings);
    return looks_like_model(named[0]) ? inspect_model(named[0], &settings)
                                      : inspect_data(named[0], &settings);
}
