#include "report/scale.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "plot/ticks.h"

/* In units of the chart: BESIDE between numbers and an axis, EM and DIGIT of text on
 * narrow screens. */
enum { WANTED_ACROSS = 6, WANTED_UP = 5, LONGEST_NAME = 40, BESIDE = 8, EM = 14, DIGIT = 9 };

double smi_scale_place(const smi_scale *const scale, const double number)
{
    return scale->start +
           (scale->end - scale->start) * (number - scale->from) / (scale->to - scale->from);
}

void smi_widen(double *const from, double *const to, const double share)
{
    const double range = *to - *from;
    const double margin = range > 0.0 ? share * range : fmax(fabs(*from) * 0.1, 0.05);
    *from -= margin;
    *to += margin;
}

void smi_chart_begin(smi_html *const html, const char *const id, const double width,
                     const double height, const char *const title, const char *const description)
{
    smi_html_markup(html,
                    "<figure class=\"chart\">\n<svg viewBox=\"0 0 %g %g\" role=\"img\" "
                    "aria-labelledby=\"%s-title %s-text\">\n",
                    width, height, id, id);
    smi_html_markup(html, "<title id=\"%s-title\">%s</title>\n", id, title);
    smi_html_markup(html, "<desc id=\"%s-text\">%s</desc>\n", id, description);
}

void smi_chart_end(smi_html *const html)
{
    smi_html_markup(html, "</svg>\n");
}

/* How much room a title of an axis has for a name, in letters: of wide ones fewer go in. */
static size_t letters_that_fit(const char *const name, const double room)
{
    enum { SMALL = 8, CAPITAL = 10, WIDE = 14 }; /* units of the picture, at most */
    size_t length = 0;
    size_t fitting = 0;
    double used = WIDE; /* of the ellipsis */
    for (const char *at = smi_next_seen(name, &length); *at != '\0' && fitting < LONGEST_NAME;
         at = smi_next_seen(at, &length)) {
        const bool wide = length != 1 || strchr("MW@mw%", *at) != NULL;
        used += wide ? WIDE : *at >= 'A' && *at <= 'Z' ? CAPITAL : SMALL;
        if (used > room) {
            break;
        }
        fitting++;
        at += length == 0 ? 1 : length;
    }
    return smi_max_size(fitting, 1);
}

void smi_frame_make_room(smi_frame *const frame)
{
    const smi_ticks up = smi_ticks_of(frame->y.from, frame->y.to, WANTED_UP);
    frame->x.start = fmax(frame->x.start, ceil(up.width * EM) + BESIDE);
}

void smi_chart_axes(smi_html *const html, const smi_frame *const frame, const char *const x_name,
                    const char *const y_name)
{
    const smi_scale *const x = &frame->x;
    const smi_scale *const y = &frame->y;
    const smi_ticks up = smi_ticks_of(y->from, y->to, WANTED_UP);
    const smi_ticks across =
        smi_ticks_beside(x->from, x->to, WANTED_ACROSS, (size_t)((x->end - x->start) / DIGIT));
    for (size_t i = 0; i < up.count; i++) {
        const double place = smi_scale_place(y, up.numbers[i]);
        smi_html_markup(html,
                        "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>"
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                        x->start, place, x->end, x->start - BESIDE, place + 4.0, up.texts[i]);
    }
    for (size_t i = 0; i < across.count; i++) {
        const double place = smi_scale_place(x, across.numbers[i]);
        smi_html_markup(html,
                        "<path class=\"axis\" d=\"M%.1f %.1fv5\"/>"
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
                        place, y->start, place, y->start + 19.0, across.texts[i]);
    }
    smi_html_markup(html,
                    "<path class=\"axis\" d=\"M%.1f %.1fH%.1f\"/>\n<text class=\"title\" "
                    "x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">",
                    x->start, y->start, x->end, (x->start + x->end) / 2.0, y->start + 39.0);
    smi_html_plain(html, x_name, letters_that_fit(x_name, x->end - x->start));
    smi_html_markup(html, "</text>\n<text class=\"title\" x=\"%.1f\" y=\"%.1f\">", 4.0,
                    y->end - 12.0);
    smi_html_plain(html, y_name, letters_that_fit(y_name, x->end));
    smi_html_markup(html, "</text>\n");
}
