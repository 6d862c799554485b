#include "report/bins.h"

#include <math.h>
#include <stdbool.h>

#include "report/page.h"
#include "report/scale.h"

static const smi_frame square = {.x = {0.0, 1.0, 54.0, 408.0}, .y = {0.0, 1.0, 258.0, 34.0}};

/* Shares of fewer rows than these say little: the curve passes them by. */
static const double FEW = 10.0;

static void put_curve(smi_html *const html, const smi_calibration_bin *const bins,
                      const size_t count)
{
    bool first = true;
    smi_html_markup(html, "<path class=\"train\" d=\"");
    for (size_t i = 0; i < count; i++) {
        if (bins[i].count >= FEW) {
            smi_html_markup(html, "%s%.1f %.1f", first ? "M" : " ",
                            smi_scale_place(&square.x, bins[i].confidence),
                            smi_scale_place(&square.y, bins[i].accuracy));
            first = false;
        }
    }
    smi_html_markup(html, "\"/>\n");
    for (size_t i = 0; i < count; i++) {
        if (bins[i].count > 0.0) {
            smi_html_markup(html, "<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>\n",
                            bins[i].count < FEW ? " few" : "",
                            smi_scale_place(&square.x, bins[i].confidence),
                            smi_scale_place(&square.y, bins[i].accuracy));
        }
    }
}

static bool has_few(const smi_calibration_bin *const bins, const size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        any = any || (bins[i].count > 0.0 && bins[i].count < FEW);
    }
    return any;
}

static void put_reliability(smi_html *const html, const smi_calibration_bin *const bins,
                            const size_t count)
{
    smi_chart_begin(html, "reliability", 420.0, 304.0, "Reliability curve",
                    "The share of rows that is right against the probability of their class. Of a "
                    "perfectly calibrated model it is the dashed diagonal; the table below has the "
                    "numbers.");
    smi_chart_axes(html, &square, "probability of the predicted class", "share that is right");
    smi_html_markup(html, "<path class=\"ideal\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", square.x.start,
                    square.y.start, square.x.end, square.y.end);
    put_curve(html, bins, count);
    smi_chart_end(html);
    if (has_few(bins, count)) {
        smi_html_markup(html, "<figcaption>Hollow: fewer than %g rows.</figcaption>\n", FEW);
    }
    smi_html_markup(html, "</figure>\n");
}

static void put_histogram(smi_html *const html, const smi_calibration_bin *const bins,
                          const size_t count)
{
    double most = 0.0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, bins[i].count);
    }
    smi_frame frame = {.x = square.x, .y = {0.0, most * 1.04, 258.0, 34.0}};
    smi_frame_make_room(&frame);
    smi_chart_begin(html, "certainty", 420.0, 304.0, "Rows by probability",
                    "How many rows have which probability of their predicted class; the table "
                    "below has the numbers.");
    smi_chart_axes(html, &frame, "probability of the predicted class", "rows");
    for (size_t i = 0; i < count; i++) {
        const double left = smi_scale_place(&frame.x, bins[i].from) + 0.75;
        const double top = smi_scale_place(&frame.y, bins[i].count);
        smi_html_markup(
            html, "<rect class=\"column\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
            left, top, smi_scale_place(&frame.x, bins[i].to) - 0.75 - left, frame.y.start - top);
    }
    smi_chart_end(html);
    smi_html_markup(html, "</figure>\n");
}

void smi_html_bins(smi_html *const html, const smi_calibration_bin *const bins, const size_t count)
{
    smi_html_markup(html, "<div class=\"charts\">\n");
    put_reliability(html, bins, count);
    put_histogram(html, bins, count);
    smi_html_markup(html, "</div>\n<details>\n<summary>The numbers</summary>\n");
    smi_scroll_begin(html, "Rows by probability");
    smi_html_markup(html,
                    "<table>\n<caption>Rows by the probability of their predicted class</caption>\n"
                    "<thead><tr><th scope=\"col\">probability</th>"
                    "<th scope=\"col\" class=\"number\">rows</th>"
                    "<th scope=\"col\" class=\"number\">mean probability</th>"
                    "<th scope=\"col\" class=\"number\">share right</th></tr></thead>\n"
                    "<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        if (bins[i].count > 0.0) {
            smi_html_markup(html, "<tr><th scope=\"row\">%.3f to %.3f</th><td class=\"number\">",
                            bins[i].from, bins[i].to);
            smi_html_count(html, (uint64_t)bins[i].count);
            smi_html_markup(
                html, "</td><td class=\"number\">%.3f</td><td class=\"number\">%.3f</td></tr>\n",
                bins[i].confidence, bins[i].accuracy);
        }
    }
    smi_html_markup(html, "</tbody>\n</table>\n");
    smi_scroll_end(html);
    smi_html_markup(html, "</details>\n");
}
