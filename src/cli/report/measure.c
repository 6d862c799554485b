/* What a report says of a model's results. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/picture_shape.h"
#include "cli/describe_model.h"
#include "cli/exit_status.h"
#include "cli/metric_tables.h"
#include "cli/report/sections.h"
#include "cli/terminal.h"
#include "plot/confusion.h"

enum { MOST_MISTAKES = 24, TOP = 3, LONGEST_NAME = 60 };

static int allocate(cli_report *const r)
{
    const size_t classes = r->model_shape.classes;
    r->classes = calloc(classes, sizeof *r->classes);
    r->top_accuracy = calloc(classes, sizeof *r->top_accuracy);
    if (classes <= SMI_MOST_CONFUSION_CLASSES) {
        r->confusion = calloc(classes * classes, sizeof *r->confusion);
    }
    if (r->classes == NULL || r->top_accuracy == NULL ||
        (classes <= SMI_MOST_CONFUSION_CLASSES && r->confusion == NULL)) {
        cli_say("not enough memory for %zu classes", classes);
        return CLI_FAILURE;
    }
    return CLI_SUCCESS;
}

/* Where logits overflow there are no probabilities to look at, but all else there is. */
static int calibrate(cli_report *const r)
{
    const sm_status status = sm_evaluate_calibration(r->model, r->dataset, SM_RELIABILITY_BINS,
                                                     r->bins, &r->calibration);
    if (status != SM_OK && status != SM_ERROR_DATA) {
        return cli_fail();
    }
    if (status != SM_OK) {
        r->calibration.rows = 0;
        r->no_calibration = strdup(sm_error_message());
    }
    return CLI_SUCCESS;
}

int cli_report_measure(cli_report *const r)
{
    int status = allocate(r);
    if (status != CLI_SUCCESS) {
        return status;
    }
    if (sm_evaluate_fully(r->model, r->dataset, &r->metrics, r->classes, r->top_accuracy,
                          r->confusion) != SM_OK) {
        return cli_fail();
    }
    r->right = (size_t)llround(r->metrics.accuracy * (double)r->metrics.rows);
    r->top = r->model_shape.classes > TOP ? TOP : 1;
    r->channels = smi_picture_channels(r->data_shape.features, r->data_shape.image_height,
                                       r->data_shape.image_width);
    r->mistakes = (cli_ranked_rows){.places = MOST_MISTAKES,
                                    .order = CLI_SUREST_FIRST,
                                    .wrong_only = true,
                                    .model = r->model_shape,
                                    .data = r->data_shape,
                                    .dataset = r->dataset};
    status = calibrate(r);
    return status == CLI_SUCCESS ? cli_rank_rows(r->model, &r->mistakes) : status;
}

void cli_report_free(cli_report *const r)
{
    free(r->classes);
    free(r->top_accuracy);
    free(r->confusion);
    free(r->no_calibration);
    free(r->mistakes.list);
    cli_free_training_log(&r->log);
}

static void put_lede(const cli_report *const r)
{
    char kind[CLI_KIND_SIZE];
    const char *const text = cli_kind_of(r->model, kind);
    size_t found = 0;
    smi_html_markup(r->html, "<p class=\"lede\">A %s with ", text);
    smi_html_count(r->html, sm_model_parameter_count(r->model));
    smi_html_markup(r->html, " parameters takes ");
    smi_html_count(r->html, r->right);
    smi_html_markup(r->html, " of ");
    smi_html_count(r->html, r->metrics.rows);
    smi_html_markup(r->html, " rows for what they are.");
    const size_t classes = r->model_shape.classes;
    if (r->confusion != NULL && cli_next_confusion(r->confusion, classes, NULL, &found)) {
        smi_html_markup(r->html, " Its most frequent mistake, ");
        smi_html_count(r->html, r->confusion[found]);
        smi_html_markup(r->html, r->confusion[found] == 1 ? " time, is " : " times, is ");
        smi_html_name(r->html, r->model_shape.class_names[found / classes], LONGEST_NAME);
        smi_html_markup(r->html, " taken for ");
        smi_html_name(r->html, r->model_shape.class_names[found % classes], LONGEST_NAME);
        smi_html_markup(r->html, ".");
    }
    smi_html_markup(r->html, "</p>\n");
}

/* Wilson's interval, which stays within 0 … 1. */
static void put_interval(const cli_report *const r)
{
    static const double z = 1.959964; /* 95 % of a normal distribution */
    const double n = (double)r->metrics.rows;
    const double p = r->metrics.accuracy;
    const double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double half = z * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
    smi_html_markup(r->html, "95 %% interval %.4f to %.4f", fmax(middle - half, 0.0),
                    fmin(middle + half, 1.0));
}

/* The share of the most frequent class, which a model that always answers it would get right. */
static double most_frequent(const cli_report *const r)
{
    uint64_t most = 0;
    for (size_t c = 0; c < r->model_shape.classes; c++) {
        most = r->classes[c].support > most ? r->classes[c].support : most;
    }
    return (double)most / (double)r->metrics.rows;
}

static void put_figure(smi_html *const html, const char *const name, const double value)
{
    smi_html_markup(html, "<div><dt>%s</dt><dd>%.4f</dd><dd class=\"note\">", name, value);
}

void cli_report_headline(const cli_report *const r)
{
    static const char end[] = "</dd></div>\n";
    put_lede(r);
    smi_html_markup(r->html, "<dl class=\"figures\">\n");
    put_figure(r->html, "Accuracy", r->metrics.accuracy);
    put_interval(r);
    smi_html_markup(r->html, "%s<div><dt>Mistakes</dt><dd>", end);
    smi_html_count(r->html, r->metrics.rows - r->right);
    smi_html_markup(r->html, "</dd><dd class=\"note\">of ");
    smi_html_count(r->html, r->metrics.rows);
    smi_html_markup(r->html, " rows%s", end);
    if (isfinite(r->metrics.loss)) {
        put_figure(r->html, "Loss", r->metrics.loss);
        smi_html_markup(r->html, "cross-entropy; of a guess %.4f%s",
                        log((double)r->model_shape.classes), end);
    }
    if (r->top > 1) {
        char name[32];
        (void)snprintf(name, sizeof name, "Among top %zu", r->top);
        put_figure(r->html, name, r->top_accuracy[r->top - 1]);
        smi_html_markup(r->html, "of %zu classes%s", r->model_shape.classes, end);
    }
    if (r->calibration.rows > 0) {
        put_figure(r->html, "Calibration error", r->calibration.expected_error);
        smi_html_markup(r->html, "mean certainty %.4f%s", r->calibration.confidence, end);
    }
    put_figure(r->html, "Baseline", most_frequent(r));
    smi_html_markup(r->html, "always the most frequent class%s</dl>\n", end);
}
