/* softmax evaluate: how good a model is on labelled data. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/metric_tables.h"
#include "cli/model_argument.h"
#include "cli/terminal.h"

typedef struct evaluate_settings {
    cli_reading reading;
    size_t top;
    bool json;
} evaluate_settings;

/* Whose confusion matrix is 256 MiB; there is none of more. */
#define MOST_CONFUSION_CLASSES 5792
#define MOST_CONFUSION_CLASSES_TEXT "5,792"

#define AT(field) offsetof(evaluate_settings, field)

static const cli_option options[] = {
    CLI_TEST_DATA_OPTIONS(AT(reading)),
    {CLI_COUNT, "top-k", 'k', "K",
     "Also count a row as right when its class is among the K most probable (default 3)", AT(top),
     1.0, 65536.0},
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_HEADING},
};

const cli_syntax cli_evaluate_syntax = {
    .name = "softmax evaluate",
    .arguments = "MODEL DATA",
    .summary = "Measure a model on labelled data",
    .description =
        "Prints loss (mean cross-entropy) and accuracy, precision, recall and F1 of each class, "
        "and the confusion matrix, or of more than 20 classes its largest entries. With more "
        "than " MOST_CONFUSION_CLASSES_TEXT " classes there is no matrix, and --json has null in "
        "its place. Of data that has parts the test part is taken.\n\n" CLI_DATA_HELP,
    .examples = "softmax evaluate digits.safetensors digits\n"
                "softmax evaluate m.safetensors mnist:train --json\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

/* A model's results on one data set. */
typedef struct evaluation {
    sm_shape shape;
    sm_metrics metrics;
    size_t top;
    uint64_t *confusion; /* NULL: too large */
    double *top_accuracy;
    sm_class_metrics *classes;
} evaluation;

static json_t *classes_json(const evaluation *const result)
{
    json_t *const list = json_array();
    for (size_t c = 0; c < result->shape.classes; c++) {
        const sm_class_metrics *const m = &result->classes[c];
        json_array_append_new(list, json_pack("{s:s, s:f, s:f, s:f, s:I}", "name",
                                              result->shape.class_names[c], "precision",
                                              m->precision, "recall", m->recall, "f1", m->f1,
                                              "support", (json_int_t)m->support));
    }
    return list;
}

/* Most of a large matrix is 0: all zeros are one object. */
static json_t *confusion_json(const evaluation *const result)
{
    const size_t classes = result->shape.classes;
    if (result->confusion == NULL) {
        return json_null();
    }
    json_t *const zero = json_integer(0);
    json_t *const matrix = json_array();
    for (size_t r = 0; r < classes; r++) {
        json_t *const row = json_array();
        for (size_t c = 0; c < classes; c++) {
            const uint64_t count = result->confusion[r * classes + c];
            json_array_append_new(row,
                                  count == 0 ? json_incref(zero) : json_integer((json_int_t)count));
        }
        json_array_append_new(matrix, row);
    }
    json_decref(zero);
    return matrix;
}

static int print_json(const evaluation *const result)
{
    json_t *const object = cli_json_metrics(&result->metrics);
    json_object_set_new(object, "top_k",
                        json_pack("{s:I, s:f}", "k", (json_int_t)result->top, "accuracy",
                                  result->top_accuracy[result->top - 1]));
    json_object_set_new(object, "classes", classes_json(result));
    json_object_set_new(object, "confusion", confusion_json(result));
    return cli_json_print(object);
}

static void print_text(const evaluation *const result)
{
    char number[CLI_GROUPED_SIZE];
    (void)printf("rows        %s\nloss        %.4f\naccuracy    %.4f\n",
                 cli_grouped(result->metrics.rows, number), result->metrics.loss,
                 result->metrics.accuracy);
    if (result->top > 1 && result->top < result->shape.classes) {
        (void)printf("among top %zu %.4f\n", result->top, result->top_accuracy[result->top - 1]);
    }
    (void)fputc('\n', stdout);
    cli_print_classes(&result->shape, result->classes);
    (void)fputc('\n', stdout);
    if (result->confusion != NULL) {
        cli_print_confusion(&result->shape, result->confusion);
    } else {
        (void)printf("confusion: left out, as a matrix of %s classes is too large\n",
                     cli_grouped(result->shape.classes, number));
    }
}

static int evaluate(const evaluate_settings *const settings, const sm_model *const model,
                    const sm_dataset *const dataset)
{
    const sm_shape shape = sm_model_shape(model);
    const bool has_confusion = shape.classes <= MOST_CONFUSION_CLASSES;
    evaluation result = {.shape = shape,
                         .top = settings->top < shape.classes ? settings->top : shape.classes,
                         .top_accuracy = calloc(shape.classes, sizeof(double)),
                         .classes = calloc(shape.classes, sizeof(sm_class_metrics))};
    if (has_confusion) {
        result.confusion = calloc(shape.classes * shape.classes, sizeof(uint64_t));
    }
    int status = CLI_FAILURE;
    if ((has_confusion && result.confusion == NULL) || result.top_accuracy == NULL ||
        result.classes == NULL) {
        cli_say("not enough memory for %zu classes", shape.classes);
    } else if (sm_evaluate_fully(model, dataset, &result.metrics, result.classes,
                                 result.top_accuracy, result.confusion) != SM_OK) {
        status = cli_fail();
    } else {
        status = settings->json ? print_json(&result) : CLI_SUCCESS;
        if (!settings->json) {
            print_text(&result);
        }
    }
    free(result.confusion);
    free(result.top_accuracy);
    free(result.classes);
    return status;
}

int cli_evaluate(const int argument_count, char **const arguments)
{
    evaluate_settings settings = {.top = 3};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_evaluate_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_model_and_data(named, &settings.reading, &opened);
    if (status == CLI_SUCCESS) {
        status = cli_need_labels(named[1], opened.dataset);
    }
    if (status == CLI_SUCCESS) {
        status = evaluate(&settings, opened.model, opened.dataset);
    }
    cli_close_model_and_data(&opened);
    return status;
}
