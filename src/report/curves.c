#include "report/curves.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "report/scale.h"

/* MARKS: along a validation curve. */
enum { MOST_POINTS = 1000, MARKS = 12, DESCRIPTION_SIZE = 240 };

/* One of a run's four curves. */
typedef struct curve {
    bool accuracy; /* else loss */
    bool validation;
} curve;

static double number_of(const smi_curve_point *const point, const curve which)
{
    if (which.accuracy) {
        return which.validation ? point->validation_accuracy : point->accuracy;
    }
    return which.validation ? point->validation_loss : point->loss;
}

static size_t step_of(const smi_run *const run)
{
    return (run->count + MOST_POINTS - 1) / MOST_POINTS;
}

/* The epoch with this number among those drawn, the last one being drawn always; NULL: no more. */
static const smi_curve_point *drawn(const smi_run *const run, const size_t number)
{
    const size_t place = number * step_of(run);
    if (place >= run->count) {
        return place < run->count - 1 + step_of(run) && step_of(run) > 1
                   ? &run->points[run->count - 1]
                   : NULL;
    }
    return &run->points[place];
}

/* How many of the curve's numbers are there, and from where to where they go. */
static size_t measure(const smi_run *const run, const curve which, double *const least,
                      double *const most)
{
    size_t count = 0;
    const smi_curve_point *point = NULL;
    for (size_t i = 0; (point = drawn(run, i)) != NULL; i++) {
        const double number = number_of(point, which);
        if (isfinite(number)) {
            *least = fmin(*least, number);
            *most = fmax(*most, number);
            count++;
        }
    }
    return count;
}

static void put_line(smi_html *const html, const smi_run *const run, const curve which,
                     const smi_frame *const frame)
{
    const smi_curve_point *point = NULL;
    bool first = true;
    smi_html_markup(html, "<path class=\"%s\" d=\"", which.validation ? "validation" : "train");
    for (size_t i = 0; (point = drawn(run, i)) != NULL; i++) {
        const double number = number_of(point, which);
        if (isfinite(number)) {
            smi_html_markup(html, "%s%.1f %.1f", first ? "M" : " ",
                            smi_scale_place(&frame->x, point->epoch),
                            smi_scale_place(&frame->y, number));
            first = false;
        }
    }
    smi_html_markup(html, "\"/>\n");
}

/* On a curve of one point, which is no line, and along that of validation, for print in grey. */
static void put_marks(smi_html *const html, const smi_run *const run, const curve which,
                      const size_t count, const smi_frame *const frame)
{
    const size_t every = (count + MARKS - 1) / MARKS;
    const smi_curve_point *point = NULL;
    size_t passed = 0;
    for (size_t i = 0; (point = drawn(run, i)) != NULL; i++) {
        const double number = number_of(point, which);
        if (isfinite(number) && passed++ % every == 0) {
            smi_html_markup(html, "<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n",
                            which.validation ? " validation" : "",
                            smi_scale_place(&frame->x, point->epoch),
                            smi_scale_place(&frame->y, number));
        }
    }
}

/* The last of the curve's numbers; NaN: there is none. */
static double last_of(const smi_run *const run, const curve which)
{
    for (size_t i = run->count; i > 0; i--) {
        const double number = number_of(&run->points[i - 1], which);
        if (isfinite(number)) {
            return number;
        }
    }
    return NAN;
}

/* What the chart shows, for those who do not see it. */
static void describe(const smi_run *const run, const bool accuracy, const size_t counts[2],
                     const double least, const double most, char description[DESCRIPTION_SIZE])
{
    char epochs[SMI_COUNTED_SIZE];
    char end[80] = "";
    if (counts[0] > 0) {
        (void)snprintf(end, sizeof end, "; the training data&#39;s ends at %.4g",
                       last_of(run, (curve){accuracy, false}));
    }
    (void)snprintf(description, DESCRIPTION_SIZE, "%s of %s, from %.4g to %.4g%s%s.",
                   accuracy ? "Accuracy" : "Loss", smi_counted_text(run->count, "epoch", epochs),
                   least, most, end,
                   counts[1] > 0 ? ", and that of held-out data is drawn with marks" : "");
}

static void put_chart(smi_html *const html, const smi_run *const run, const bool accuracy)
{
    const double last = run->points[run->count - 1].epoch;
    double least = INFINITY;
    double most = -INFINITY;
    size_t counts[2];
    char description[DESCRIPTION_SIZE];
    for (int v = 0; v < 2; v++) {
        counts[v] = measure(run, (curve){accuracy, v == 1}, &least, &most);
    }
    if (counts[0] + counts[1] == 0) {
        return;
    }
    describe(run, accuracy, counts, least, most, description);
    smi_widen(&least, &most, 0.05);
    double from = run->points[0].epoch;
    double to = last;
    smi_widen(&from, &to, 0.02);
    smi_frame frame = {.x = {from, to, 54.0, 408.0}, .y = {least, most, 218.0, 34.0}};
    smi_frame_make_room(&frame);
    smi_chart_begin(html, accuracy ? "accuracy" : "loss", 420.0, 264.0,
                    accuracy ? "Accuracy by epoch" : "Loss by epoch", description);
    smi_chart_axes(html, &frame, "epoch", accuracy ? "accuracy" : "loss (mean cross-entropy)");
    for (int v = 0; v < 2; v++) {
        const curve which = {accuracy, v == 1};
        if (counts[v] > 1) {
            put_line(html, run, which, &frame);
        }
        if (counts[v] > 0 && (v == 1 || counts[v] == 1)) {
            put_marks(html, run, which, counts[v], &frame);
        }
    }
    smi_chart_end(html);
    smi_html_markup(html, "</figure>\n");
}

void smi_html_curves(smi_html *const html, const smi_run *const run)
{
    double least = INFINITY;
    double most = -INFINITY;
    const bool validation = measure(run, (curve){false, true}, &least, &most) > 0;
    smi_html_markup(html, "<div class=\"charts\">\n");
    put_chart(html, run, false);
    put_chart(html, run, true);
    smi_html_markup(html,
                    "</div>\n<ul class=\"key\">\n<li><svg viewBox=\"0 0 24 14\" "
                    "aria-hidden=\"true\"><path class=\"train\" d=\"M2 7H22\"/></svg>training "
                    "data</li>\n%s</ul>\n",
                    validation ? "<li><svg viewBox=\"0 0 24 14\" aria-hidden=\"true\"><path "
                                 "class=\"validation\" d=\"M2 7H22\"/><circle class=\"dot "
                                 "validation\" cx=\"12\" cy=\"7\" r=\"4\"/></svg>held-out "
                                 "data</li>\n"
                               : "");
    if (step_of(run) > 1) {
        smi_html_markup(html, "<p class=\"soft\">Of ");
        smi_html_count(html, run->count);
        smi_html_markup(html, " epochs one in %zu is drawn.</p>\n", step_of(run));
    }
}
