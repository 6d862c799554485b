/* softmax report: all there is to say of a model on data, as one HTML file. */
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/model_argument.h"
#include "cli/output_argument.h"
#include "cli/plot/output.h"
#include "cli/report/sections.h"
#include "cli/terminal.h"
#include "plot/picture.h"
#include "plot/regions.h"
#include "report/page.h"

typedef struct report_settings {
    cli_reading reading;
    const char *output;
    const char *log;
} report_settings;

#define AT(field) offsetof(report_settings, field)

static const cli_option options[] = {
    {CLI_FILE, "output", 'o', "FILE", "Write the report to FILE (default: report.html)",
     AT(output)},
    {CLI_FILE, "log", 0, "FILE",
     "What softmax train --log wrote of the training: the curves, and the command, come from it",
     AT(log)},
    CLI_TEST_DATA_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_report_syntax = {
    .name = "softmax report",
    .arguments = "MODEL DATA",
    .summary = "Write all about a model into one HTML file",
    .description =
        "Measures the model on DATA, which must have labels, and writes one HTML file that loads "
        "nothing else and runs nothing: accuracy and loss; the data; training curves, with --log; "
        "the confusion matrix as a heat map; precision, recall and F1 of each class; whether "
        "probabilities are what they say; the surest mistakes, as pictures, columns or the words "
        "that speak for them; weights, as pictures or the largest of each class; decision regions "
        "of two features; the layers; the commands to do it again. It is made for light and dark "
        "screens, for paper, and for being read aloud.\n\n"
        "Of large data some rows are shown, which the report says; figures are always of all. Of "
        "data that has parts the test part is taken.\n\n" CLI_DATA_HELP,
    .examples = "softmax train mnist -o mnist.safetensors --log mnist.jsonl\n"
                "softmax report mnist.safetensors mnist --log mnist.jsonl -o mnist.html\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

static bool has_plane(const cli_report *const r)
{
    return r->data_shape.features == 2 && r->model_shape.features == 2 &&
           r->model_shape.classes <= SMI_MOST_REGION_CLASSES;
}

static bool has_mistakes(const cli_report *const r)
{
    return r->mistakes.count > 0;
}

/* applies: NULL: always. */
typedef struct section {
    smi_page_link link;
    int (*write)(const cli_report *report);
    bool (*applies)(const cli_report *report);
} section;

static const section sections[] = {
    {{"regions", "Regions"}, cli_report_regions, has_plane},
    {{"data", "Data"}, cli_report_data, NULL},
    {{"training", "Training"}, cli_report_training, NULL},
    {{"confusion", "Confusion"}, cli_report_confusion, NULL},
    {{"classes", "Classes"}, cli_report_classes, NULL},
    {{"calibration", "Calibration"}, cli_report_calibration, NULL},
    {{"mistakes", "Mistakes"}, cli_report_mistakes, has_mistakes},
    {{"weights", "Weights"}, cli_report_weights, NULL},
    {{"model", "Model"}, cli_report_model, NULL},
    {{"repeat", "Repeat"}, cli_report_repeat, NULL},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static int write_sections(const cli_report *const r)
{
    smi_page_link links[SECTIONS];
    const section *applying[SECTIONS];
    size_t count = 0;
    for (size_t i = 0; i < SECTIONS; i++) {
        if (sections[i].applies == NULL || sections[i].applies(r)) {
            links[count] = sections[i].link;
            applying[count++] = &sections[i];
        }
    }
    int status = CLI_SUCCESS;
    smi_page_links(r->html, links, count);
    for (size_t i = 0; i < count && status == CLI_SUCCESS; i++) {
        smi_section_begin(r->html, &links[i]);
        status = applying[i]->write(r);
        smi_section_end(r->html);
    }
    return status;
}

static int write_report(cli_report *const r, const char *const path)
{
    char model[CLI_PLOT_NAME_SIZE];
    char data[CLI_PLOT_NAME_SIZE];
    if (smi_html_open(path, &r->html) != SM_OK) {
        return cli_fail();
    }
    cli_plot_name(r->model_path, model);
    cli_plot_name(r->data_name, data);
    smi_page_begin(r->html, model, data);
    cli_report_headline(r);
    const int status = write_sections(r);
    smi_page_end(r->html);
    if (status != CLI_SUCCESS) {
        (void)smi_html_finish(r->html, SM_ERROR_DATA);
        return status;
    }
    if (smi_html_finish(r->html, SM_OK) != SM_OK) {
        return cli_fail();
    }
    (void)printf("%-11s %.4f\n", "accuracy", r->metrics.accuracy);
    cli_print_saved(11, path);
    return CLI_SUCCESS;
}

/* Whether a number that the log has of its model, if it has it, is this one. */
static bool agrees(const json_t *const run, const char *const key, const size_t number)
{
    const json_t *const logged = json_object_get(run, key);
    return !json_is_integer(logged) || json_integer_value(logged) == (json_int_t)number;
}

static const size_t DUMP_FLAGS = JSON_ENCODE_ANY | JSON_REAL_PRECISION(9);

/* The same of a text or a number, which a loss is to as many digits as the log has. */
static bool is_same(const json_t *const logged, const json_t *const kept)
{
    if (json_is_number(logged) && json_is_number(kept)) {
        const double value = json_number_value(kept);
        return fabs(json_number_value(logged) - value) <= 1e-7 * fabs(value);
    }
    return logged == NULL || kept == NULL || json_equal(logged, kept) != 0;
}

/* A model of the same size, trained with other settings or on other data, has other curves. */
static int check_training(const cli_training_log *const log, const char *const path,
                          const sm_model *const model, const char *const model_path)
{
    json_t *const training = json_loads(sm_model_training(model), 0, NULL);
    /* Where another loss than that of the rows was minimised, a model has that. */
    const bool is_own_loss = json_object_get(training, "class_weights") != NULL ||
                             json_object_get(training, "label_smoothing") != NULL ||
                             json_object_get(training, "loss_from") != NULL;
    const struct {
        const char *what;
        const json_t *logged;
        const json_t *kept;
    } facts[] = {
        {"number of rows", json_object_get(log->run, "rows"), json_object_get(training, "rows")},
        {"solver", json_object_get(log->run, "solver"),
         json_object_get(json_object_get(training, "solver"), "name")},
        {"number of steps", json_object_get(log->end, "step"), json_object_get(training, "steps")},
        {"loss", json_object_get(json_object_get(log->end, "train"), "loss"),
         is_own_loss ? NULL : json_object_get(training, "loss")}};
    int status = CLI_SUCCESS;
    for (size_t i = 0; i < sizeof facts / sizeof *facts && status == CLI_SUCCESS; i++) {
        if (!is_same(facts[i].logged, facts[i].kept)) {
            char *const logged = json_dumps(facts[i].logged, DUMP_FLAGS);
            char *const kept = json_dumps(facts[i].kept, DUMP_FLAGS);
            cli_say("%s: the log is of another training, whose %s is %s; that of %s is %s; --log "
                    "takes the log that softmax train wrote of this model",
                    path, facts[i].what, logged == NULL ? "?" : logged, model_path,
                    kept == NULL ? "?" : kept);
            free(logged);
            free(kept);
            status = CLI_FAILURE;
        }
    }
    json_decref(training);
    return status;
}

/* Curves of another model would be believed to be this one's. */
static int check_log(const cli_training_log *const log, const char *const path,
                     const sm_model *const model, const char *const model_path)
{
    const sm_shape shape = sm_model_shape(model);
    const struct {
        const char *key;
        size_t number;
    } numbers[] = {{"features", shape.features},
                   {"classes", shape.classes},
                   {"parameters", sm_model_parameter_count(model)}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!agrees(log->run, numbers[i].key, numbers[i].number)) {
            cli_say("%s: the log is of another model: its training had %lld %s, and %s has %zu; "
                    "--log takes the log that softmax train wrote of this model",
                    path, (long long)json_integer_value(json_object_get(log->run, numbers[i].key)),
                    numbers[i].key, model_path, numbers[i].number);
            return CLI_FAILURE;
        }
    }
    return check_training(log, path, model, model_path);
}

static int read_log(const char *const path, const sm_model *const model,
                    const char *const model_path, cli_training_log *const log)
{
    if (path == NULL) {
        return CLI_SUCCESS;
    }
    if (cli_read_training_log(path, log) != SM_OK) {
        return cli_fail();
    }
    if (log->count == 0) {
        cli_say("%s: the log has no epoch with a loss; the report has no curves", path);
    } else if (log->broken) {
        cli_say("%s: the last line is not whole; drawn up to epoch %g", path,
                log->points[log->count - 1].epoch);
    }
    return check_log(log, path, model, model_path);
}

/* What is named as a picture would be opened as one. */
static int check_ending(const char *const path)
{
    smi_picture_format format = SMI_PICTURE_PNG;
    if (smi_picture_format_of(path, &format) != SM_OK) {
        return CLI_SUCCESS;
    }
    cli_say("'%s': a report is an HTML page: its name ends in .html; softmax plot draws pictures",
            path);
    return CLI_WRONG_USAGE;
}

int cli_report_command(const int argument_count, char **const arguments)
{
    report_settings settings = {.output = "report.html"};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_report_syntax, argument_count, arguments, &settings, named);
    const cli_inputs inputs = {.model = named[0],
                               .data = named[1],
                               .labels = settings.reading.labels,
                               .log = settings.log};
    if (check_ending(settings.output) != CLI_SUCCESS ||
        cli_check_output("-o", settings.output, &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    int status = cli_open_model_and_data(named, &settings.reading, &opened);
    if (status == CLI_SUCCESS) {
        status = cli_need_labels(named[1], opened.dataset);
    }
    cli_report report = {.model = opened.model,
                         .dataset = opened.dataset,
                         .model_path = named[0],
                         .data_name = named[1],
                         .words = arguments,
                         .word_count = argument_count};
    if (status == CLI_SUCCESS) {
        status = read_log(settings.log, opened.model, named[0], &report.log);
    }
    if (status == CLI_SUCCESS) {
        status = cli_try_output(settings.output);
    }
    if (status == CLI_SUCCESS) {
        report.model_shape = sm_model_shape(opened.model);
        report.data_shape = sm_dataset_shape(opened.dataset);
        status = cli_report_measure(&report);
    }
    if (status == CLI_SUCCESS) {
        status = write_report(&report, settings.output);
    }
    cli_report_free(&report);
    cli_close_model_and_data(&opened);
    return status;
}
