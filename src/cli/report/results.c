/* The sections of a report on classes, confusion and calibration. */
#include <stdlib.h>

#include "cli/exit_status.h"
#include "cli/metric_tables.h"
#include "cli/report/sections.h"
#include "cli/terminal.h"
#include "report/bins.h"
#include "report/heat.h"
#include "report/page.h"

enum { MOST_CLASSES = 200, FEW_PAIRS = 5, MANY_PAIRS = 20, LONGEST_NAME = 60 };

/* ---- confusion ---- */

static void put_pairs(const cli_report *const r, const size_t most)
{
    const size_t classes = r->model_shape.classes;
    size_t last = 0;
    size_t found = 0;
    if (!cli_next_confusion(r->confusion, classes, NULL, &found)) {
        smi_html_markup(r->html, "<p>No row is taken for another class.</p>\n");
        return;
    }
    smi_scroll_begin(r->html, "The most frequent mistakes");
    smi_html_markup(
        r->html,
        "<table class=\"pairs\">\n<caption>The most frequent mistakes</caption>\n<thead><tr><th "
        "scope=\"col\">true class</th><th scope=\"col\">taken for</th><th scope=\"col\" "
        "class=\"number\">rows</th><th scope=\"col\" class=\"number\">of the true "
        "class</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < most; i++) {
        if (!cli_next_confusion(r->confusion, classes, i == 0 ? NULL : &last, &found)) {
            break;
        }
        const size_t class = found / classes;
        const double support = (double)r->classes[class].support;
        smi_html_markup(r->html, "<tr><th scope=\"row\">");
        smi_html_name(r->html, r->model_shape.class_names[class], LONGEST_NAME);
        smi_html_markup(r->html, "</th><td>");
        smi_html_name(r->html, r->model_shape.class_names[found % classes], LONGEST_NAME);
        smi_html_markup(r->html, "</td><td class=\"number\">");
        smi_html_count(r->html, r->confusion[found]);
        smi_html_markup(r->html, "</td><td class=\"number\">%.1f %%</td></tr>\n",
                        100.0 * (double)r->confusion[found] / support);
        last = found;
    }
    smi_html_markup(r->html, "</tbody>\n</table>\n");
    smi_scroll_end(r->html);
}

int cli_report_confusion(const cli_report *const r)
{
    const size_t classes = r->model_shape.classes;
    if (r->confusion == NULL) {
        smi_html_markup(r->html, "<p>Left out, as a matrix of ");
        smi_html_count(r->html, classes);
        smi_html_markup(r->html, " classes is too large.</p>\n");
        return CLI_SUCCESS;
    }
    if (classes > SMI_MOST_HEAT_CLASSES) {
        smi_html_markup(r->html,
                        "<p>A matrix of %zu classes would not be read; these are its "
                        "largest entries off the diagonal.</p>\n",
                        classes);
        put_pairs(r, MANY_PAIRS);
        return CLI_SUCCESS;
    }
    const smi_confusion confusion = {.title = "",
                                     .names = r->model_shape.class_names,
                                     .counts = r->confusion,
                                     .classes = classes};
    smi_html_heat(r->html, &confusion);
    if (classes > 2) {
        put_pairs(r, FEW_PAIRS);
    }
    return CLI_SUCCESS;
}

/* ---- classes ---- */

/* A class and what it is sorted by. */
typedef struct sorted_class {
    size_t class;
    double f1;
} sorted_class;

static int least_f1_first(const void *const a, const void *const b)
{
    const sorted_class *const x = a;
    const sorted_class *const y = b;
    if (x->f1 != y->f1) {
        return x->f1 < y->f1 ? -1 : 1;
    }
    return x->class < y->class ? -1 : 1;
}

static void put_meter(smi_html *const html, const double share)
{
    smi_html_markup(html,
                    "<td class=\"number\">%.4f<span class=\"meter\" "
                    "style=\"--share:%.3f\"></span></td>",
                    share, share);
}

static void put_class(const cli_report *const r, const size_t class)
{
    const sm_class_metrics *const m = &r->classes[class];
    smi_html_markup(r->html, "<tr><th scope=\"row\">");
    smi_html_name(r->html, r->model_shape.class_names[class], LONGEST_NAME);
    smi_html_markup(r->html, "</th>");
    put_meter(r->html, m->precision);
    put_meter(r->html, m->recall);
    put_meter(r->html, m->f1);
    smi_html_markup(r->html, "<td class=\"number\">");
    smi_html_count(r->html, m->support);
    smi_html_markup(r->html, "</td></tr>\n");
}

static void put_mean(const cli_report *const r)
{
    sm_class_metrics sum = {0};
    for (size_t c = 0; c < r->model_shape.classes; c++) {
        sum.precision += r->classes[c].precision;
        sum.recall += r->classes[c].recall;
        sum.f1 += r->classes[c].f1;
    }
    const double count = (double)r->model_shape.classes;
    smi_html_markup(r->html, "<tfoot><tr><th scope=\"row\">mean of the classes</th>");
    put_meter(r->html, sum.precision / count);
    put_meter(r->html, sum.recall / count);
    put_meter(r->html, sum.f1 / count);
    smi_html_markup(r->html, "<td class=\"number\">");
    smi_html_count(r->html, r->metrics.rows);
    smi_html_markup(r->html, "</td></tr></tfoot>\n");
}

int cli_report_classes(const cli_report *const r)
{
    const size_t classes = r->model_shape.classes;
    const size_t shown = classes < MOST_CLASSES ? classes : MOST_CLASSES;
    sorted_class *const order = calloc(classes, sizeof *order);
    if (order == NULL) {
        cli_say("not enough memory for %zu classes", classes);
        return CLI_FAILURE;
    }
    for (size_t c = 0; c < classes; c++) {
        order[c] = (sorted_class){c, r->classes[c].f1};
    }
    smi_html_markup(r->html, "<p class=\"soft\">Precision: of the rows taken for the class, the "
                             "share that is. Recall: of its rows, the share taken for it. F1: "
                             "their harmonic mean.");
    if (shown < classes) {
        qsort(order, classes, sizeof *order, least_f1_first);
        smi_html_markup(r->html, " The %zu with the least F1, of ", shown);
        smi_html_count(r->html, classes);
        smi_html_markup(r->html, " classes.");
    }
    smi_html_markup(r->html, "</p>\n");
    smi_scroll_begin(r->html, "Figures of each class");
    smi_html_markup(
        r->html,
        "<table>\n<caption class=\"quiet\">Figures of each class</caption>\n<thead><tr><th "
        "scope=\"col\">class</th><th scope=\"col\" "
        "class=\"number\">precision</th><th scope=\"col\" class=\"number\">recall</th>"
        "<th scope=\"col\" class=\"number\">F1</th><th scope=\"col\" "
        "class=\"number\">rows</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < shown; i++) {
        put_class(r, order[i].class);
    }
    smi_html_markup(r->html, "</tbody>\n");
    put_mean(r);
    smi_html_markup(r->html, "</table>\n");
    smi_scroll_end(r->html);
    free(order);
    return CLI_SUCCESS;
}

/* ---- calibration ---- */

int cli_report_calibration(const cli_report *const r)
{
    if (r->calibration.rows == 0) {
        smi_html_markup(r->html, "<p>There is none: ");
        smi_html_name(r->html, r->no_calibration == NULL ? "" : r->no_calibration, SMI_WHOLE_NAME);
        smi_html_markup(r->html, "</p>\n");
        return CLI_SUCCESS;
    }
    smi_calibration_bin bins[SM_RELIABILITY_BINS];
    for (size_t i = 0; i < SM_RELIABILITY_BINS; i++) {
        bins[i] = (smi_calibration_bin){.from = (double)i / SM_RELIABILITY_BINS,
                                        .to = (double)(i + 1) / SM_RELIABILITY_BINS,
                                        .confidence = r->bins[i].confidence,
                                        .accuracy = r->bins[i].accuracy,
                                        .count = (double)r->bins[i].rows};
    }
    const sm_calibration *const c = &r->calibration;
    smi_html_markup(r->html,
                    "<p>Of rows whose class gets a probability of 0.8, eight in ten should be of "
                    "that class. The expected calibration error is <strong>%.4f</strong>, the mean "
                    "distance of the curve from the diagonal over rows. On the "
                    "mean the model gives its class %.4f, and is right with %.4f: it is %s.</p>\n",
                    c->expected_error, c->confidence, c->accuracy,
                    c->confidence - c->accuracy > 0.02   ? "too sure of itself"
                    : c->accuracy - c->confidence > 0.02 ? "less sure than it could be"
                                                         : "about as sure as it should be");
    smi_html_bins(r->html, bins, SM_RELIABILITY_BINS);
    return CLI_SUCCESS;
}
