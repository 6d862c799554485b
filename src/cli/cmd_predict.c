/* softmax predict: classes, probabilities, logits of rows. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/model_argument.h"
#include "cli/terminal.h"

typedef struct predict_settings {
    cli_reading reading;
    size_t row; /* SIZE_MAX: all */
    size_t top; /* 0: not asked for */
    bool probabilities;
    bool logits;
    bool json;
} predict_settings;

#define AT(field) offsetof(predict_settings, field)

static const cli_option options[] = {
    {CLI_COUNT, "row", 'r', "N", "Only row N, counted from 0", AT(row), 0.0, 9e15},
    {CLI_ON, "probabilities", 'p', NULL, "Print each class's probability", AT(probabilities)},
    {CLI_ON, "logits", 'l', NULL, "Print each class's logit", AT(logits)},
    {CLI_COUNT, "top-k", 'k', "K", "Print the K most probable classes with their probabilities",
     AT(top), 1.0, 65536.0},
    CLI_TEXT_ROWS_OPTIONS(AT(reading)),
    CLI_SIZE_OPTION(AT(reading.pictures)),
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_HEADING},
};

const cli_syntax cli_predict_syntax = {
    .name = "softmax predict",
    .arguments = "MODEL DATA",
    .summary = "Classify rows",
    .description =
        "Prints a line for each row: the most probable class, then what is asked for, separated by "
        "tabs: probabilities and logits in the order of the model's classes, the K most probable "
        "classes as pairs of name and probability. IDX files and pictures need no labels; "
        "pictures of a folder come in the order of their names, and each line begins with the "
        "picture's; of LIBSVM files those "
        "that every line begins with are not looked at. Of data that has parts the test part is "
        "taken.\n\n" CLI_DATA_HELP,
    .examples = "softmax predict digits.safetensors digits --row 7 --probabilities\n"
                "softmax predict digits.safetensors seven.png --size 28x28\n"
                "softmax predict mnist.safetensors t10k-images-idx3-ubyte.gz --top-k 3\n"
                "zcat images-idx3-ubyte.gz | softmax predict mnist.safetensors - --json\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

enum { BLOCK_ROWS = 256 };

/* A block of rows that has gone through the model. */
typedef struct block {
    const sm_dataset *dataset;
    sm_shape shape;
    size_t first; /* of its rows */
    size_t rows;
    float *logits;        /* rows × classes */
    float *probabilities; /* likewise */
    size_t *top;          /* classes */
} block;

/* The JSON that grows as blocks pass; members NULL where they are not asked for. */
typedef struct growing_json {
    json_t *names;
    json_t *predictions;
    json_t *probabilities;
    json_t *logits;
    json_t *top;
} growing_json;

static void print_numbers(const float *const values, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)printf("\t%.7g", (double)values[i]);
    }
}

static void print_lines(const predict_settings *const settings, const block *const b)
{
    char name[512];
    const size_t classes = b->shape.classes;
    for (size_t r = 0; r < b->rows; r++) {
        const float *const probabilities = b->probabilities + r * classes;
        const float *const logits = b->logits + r * classes;
        const char *const row_name = sm_dataset_row_name(b->dataset, b->first + r);
        if (row_name != NULL) {
            cli_print_safe(stdout, row_name);
            (void)fputc('\t', stdout);
        }
        cli_make_safe(b->shape.class_names[sm_argmax(logits, classes)], name, sizeof name);
        (void)fputs(name, stdout);
        if (settings->probabilities) {
            print_numbers(probabilities, classes);
        }
        if (settings->logits) {
            print_numbers(logits, classes);
        }
        sm_top_k(logits, classes, settings->top, b->top);
        for (size_t k = 0; k < settings->top; k++) {
            cli_make_safe(b->shape.class_names[b->top[k]], name, sizeof name);
            (void)printf("\t%s\t%.7g", name, (double)probabilities[b->top[k]]);
        }
        (void)fputc('\n', stdout);
    }
}

static json_t *numbers_json(const float *const values, const size_t count)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, cli_json_number((double)values[i]));
    }
    return list;
}

static json_t *top_json(const block *const b, const size_t row, const size_t k)
{
    const size_t classes = b->shape.classes;
    json_t *const list = json_array();
    sm_top_k(b->logits + row * classes, classes, k, b->top);
    for (size_t i = 0; i < k; i++) {
        const double probability = (double)b->probabilities[row * classes + b->top[i]];
        json_array_append_new(list,
                              json_pack("{s:s, s:o}", "class", b->shape.class_names[b->top[i]],
                                        "probability", cli_json_number(probability)));
    }
    return list;
}

static void append_json(const predict_settings *const settings, const block *const b,
                        const growing_json *const json)
{
    const size_t classes = b->shape.classes;
    for (size_t r = 0; r < b->rows; r++) {
        const float *const logits = b->logits + r * classes;
        if (json->names != NULL) {
            json_array_append_new(json->names,
                                  cli_json_text(sm_dataset_row_name(b->dataset, b->first + r)));
        }
        json_array_append_new(json->predictions,
                              json_string(b->shape.class_names[sm_argmax(logits, classes)]));
        if (json->probabilities != NULL) {
            json_array_append_new(json->probabilities,
                                  numbers_json(b->probabilities + r * classes, classes));
        }
        if (json->logits != NULL) {
            json_array_append_new(json->logits, numbers_json(logits, classes));
        }
        if (json->top != NULL) {
            json_array_append_new(json->top, top_json(b, r, settings->top));
        }
    }
}

static int print_json(const sm_shape *const shape, const size_t rows,
                      const growing_json *const json)
{
    json_t *const names = json_array();
    for (size_t c = 0; c < shape->classes; c++) {
        json_array_append_new(names, json_string(shape->class_names[c]));
    }
    json_t *const object = json_pack("{s:I, s:o, s:o}", "rows", (json_int_t)rows, "classes", names,
                                     "predictions", json->predictions);
    if (json->names != NULL) {
        json_object_set_new(object, "names", json->names);
    }
    if (json->probabilities != NULL) {
        json_object_set_new(object, "probabilities", json->probabilities);
    }
    if (json->logits != NULL) {
        json_object_set_new(object, "logits", json->logits);
    }
    if (json->top != NULL) {
        json_object_set_new(object, "top", json->top);
    }
    return cli_json_print(object);
}

static int predict_blocks(const predict_settings *const settings, const sm_model *const model,
                          const sm_dataset *const dataset, block *const b)
{
    const bool one = settings->row != SIZE_MAX;
    const size_t first = one ? settings->row : 0;
    const size_t rows = one ? 1 : sm_dataset_rows(dataset);
    if (first >= sm_dataset_rows(dataset)) {
        cli_say("there is no row %zu: the data has %zu, counted from 0", first,
                sm_dataset_rows(dataset));
        return CLI_FAILURE;
    }
    growing_json json = {.predictions = settings->json ? json_array() : NULL};
    if (settings->json) {
        json.names = sm_dataset_row_name(dataset, first) != NULL ? json_array() : NULL;
        json.probabilities = settings->probabilities ? json_array() : NULL;
        json.logits = settings->logits ? json_array() : NULL;
        json.top = settings->top > 0 ? json_array() : NULL;
    }
    for (size_t done = 0; done < rows; done += b->rows) {
        b->first = first + done;
        b->rows = rows - done < BLOCK_ROWS ? rows - done : BLOCK_ROWS;
        if (sm_predict(model, dataset, b->first, b->rows, SM_LOGITS, b->logits) != SM_OK) {
            json_decref(json.names);
            json_decref(json.predictions);
            json_decref(json.probabilities);
            json_decref(json.logits);
            json_decref(json.top);
            return cli_fail();
        }
        sm_softmax(b->logits, b->rows, b->shape.classes, b->probabilities);
        if (settings->json) {
            append_json(settings, b, &json);
        } else {
            print_lines(settings, b);
        }
    }
    return settings->json ? print_json(&b->shape, rows, &json) : CLI_SUCCESS;
}

static int predict(predict_settings *const settings, const sm_model *const model,
                   const sm_dataset *const dataset)
{
    const sm_shape shape = sm_model_shape(model);
    block b = {.dataset = dataset,
               .shape = shape,
               .logits = calloc(shape.classes, BLOCK_ROWS * sizeof(float)),
               .probabilities = calloc(shape.classes, BLOCK_ROWS * sizeof(float)),
               .top = calloc(shape.classes, sizeof(size_t))};
    settings->top = settings->top < shape.classes ? settings->top : shape.classes;
    int status = CLI_FAILURE;
    if (b.logits == NULL || b.probabilities == NULL || b.top == NULL) {
        cli_say("not enough memory for %zu classes", shape.classes);
    } else {
        status = predict_blocks(settings, model, dataset, &b);
    }
    free(b.logits);
    free(b.probabilities);
    free(b.top);
    return status;
}

int cli_predict(const int argument_count, char **const arguments)
{
    predict_settings settings = {.reading.every_row = true, .row = SIZE_MAX};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_predict_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_model_and_data(named, &settings.reading, &opened);
    if (status == CLI_SUCCESS) {
        status = predict(&settings, opened.model, opened.dataset);
    }
    cli_close_model_and_data(&opened);
    return status;
}
