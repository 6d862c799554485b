#include "plot/bars.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "plot/palette.h"

enum { PANELS = 3, MOST_VALUES_SHOWN = 12 };

/* One of the three panels. */
typedef struct panel {
    const char *title;
    const char *axis;
    uint32_t colour;
    double values[SMI_MOST_BARS];
} panel;

/* Above bars that go up, and below those that go down; gnuplot 5.4 does not survive labels none of
 * which has a place. */
static void add_values(smi_script *const script, const double *const values, const size_t count)
{
    size_t down = 0;
    for (size_t i = 0; i < count; i++) {
        down += values[i] < 0.0;
    }
    if (down < count) {
        smi_script_add(script,
                       ", \\\n '' using 1:($2 < 0 ? NaN : $2):(number($2)) with labels "
                       "offset 0,0.7 font ',9' textcolor rgb '#%06x'",
                       SMI_TEXT);
    }
    if (down > 0) {
        smi_script_add(script,
                       ", \\\n '' using 1:($2 < 0 ? $2 : NaN):(number($2)) with labels "
                       "offset 0,-0.7 font ',9' textcolor rgb '#%06x'",
                       SMI_TEXT);
    }
}

static void add_panel(smi_script *const script, const panel *const p, const size_t count)
{
    smi_script_add(script, "$%s << EOD\n", p->title);
    for (size_t i = 0; i < count; i++) {
        smi_script_add(script, "%zu %.9g\n", i + 1, p->values[i]);
    }
    smi_script_add(script, "EOD\nset title '%s'\nset ylabel '%s'\n", p->title, p->axis);
    smi_script_add(script, "plot $%s using 1:2 with boxes fillcolor rgb '#%06x'", p->title,
                   p->colour);
    if (count <= MOST_VALUES_SHOWN) {
        add_values(script, p->values, count);
    }
    smi_script_add(script, "\n");
}

/* Whole numbers below the bars, not too many of them. */
static void set_axes(smi_script *const script, const size_t count)
{
    const size_t step = count <= 10 ? 1 : count <= 20 ? 2 : 8;
    smi_script_add(script,
                   "set style fill solid 1.0 noborder\nset boxwidth 0.7\n"
                   "set xrange [0.4:%zu.6]\nset xtics 1,%zu\nset xlabel 'class'\n"
                   "set offsets 0,0,graph 0.12,graph 0.12\nset xzeroaxis linecolor rgb '#%06x'\n"
                   "set yrange [*<0:0<*]\n"
                   "number(z) = sprintf(abs(z) < 999.5 || abs(z) >= 1e6 ? '%%.3g' : '%%.0f', z)\n",
                   count, step, SMI_GREY);
}

/* In a terminal bars lie, a line a class, and have their numbers before them. */
enum { CLASS = 6, NUMBER = 10, LEAST_BAR = 4, HEADING = 64 };

static void print_heading(smi_script *const text, const panel *const p, const size_t width)
{
    char heading[HEADING];
    (void)snprintf(heading, sizeof heading, "%s, %s", p->title, p->axis);
    smi_script_add(text, "  ");
    smi_script_column(text, strlen(heading) + 4 <= width ? heading : p->title, width - 2);
}

static void print_value(smi_script *const text, const double value, const double largest,
                        const size_t room)
{
    const double share = largest > 0.0 ? fabs(value) / largest : 0.0;
    const size_t length = (size_t)lround((double)room * share);
    const bool whole = fabs(value) >= 999.5 && fabs(value) < 1e6;
    smi_script_add(text, whole ? "%*.0f " : "%*.3g ", NUMBER, value);
    for (size_t i = 0; i <= room; i++) {
        smi_script_add(text, "%c", i >= length ? ' ' : value < 0.0 ? '-' : '+');
    }
}

static sm_status print_panels(const smi_picture_target *const target, const panel *const panels,
                              const size_t count)
{
    const size_t room = smi_max_size(target->columns, CLASS) - CLASS;
    const size_t width = smi_max_size(room / PANELS, NUMBER + LEAST_BAR + 2);
    double largest[PANELS] = {0};
    smi_script text = {0};
    smi_script_add(&text, "%*s", CLASS, "class");
    for (size_t p = 0; p < PANELS; p++) {
        print_heading(&text, &panels[p], width);
        for (size_t i = 0; i < count; i++) {
            largest[p] = fmax(largest[p], fabs(panels[p].values[i]));
        }
    }
    smi_script_end_line(&text);
    for (size_t i = 0; i < count; i++) {
        smi_script_add(&text, "%*zu", CLASS, i + 1);
        for (size_t p = 0; p < PANELS; p++) {
            print_value(&text, panels[p].values[i], largest[p], width - NUMBER - 2);
        }
        smi_script_end_line(&text);
    }
    return smi_picture_finish_text(&text, target);
}

sm_status smi_plot_softmax(const smi_picture_target *const target, const double *const logits,
                           const size_t count)
{
    panel panels[PANELS] = {{"logits", "z", SMI_GREY, {0}},
                            {"exponentials", "exp(z)", 0x56b4e9U, {0}},
                            {"probabilities", "exp(z) / sum of exp(z)", SMI_BLUE, {0}}};
    double largest = logits[0];
    double sum = 0.0;
    for (size_t i = 1; i < count; i++) {
        largest = fmax(largest, logits[i]);
    }
    /* Where exponentials overflow, or all are 0. */
    const bool shifted = exp(largest) > 1e300 || exp(largest) < 1e-300;
    const double shift = shifted ? largest : 0.0;
    panels[1].axis = shifted ? "exp(z - largest z)" : panels[1].axis;
    for (size_t i = 0; i < count; i++) {
        sum += exp(logits[i] - largest);
    }
    for (size_t i = 0; i < count; i++) {
        panels[0].values[i] = logits[i];
        panels[1].values[i] = exp(logits[i] - shift);
        panels[2].values[i] = exp(logits[i] - largest) / sum;
    }
    if (target->format == SMI_PICTURE_LETTERS) {
        return print_panels(target, panels, count);
    }
    smi_script script = {0};
    smi_picture_begin(&script, target, 960, 340);
    set_axes(&script, count);
    smi_script_add(&script, "set multiplot layout 1,%d\n", PANELS);
    for (size_t i = 0; i < PANELS; i++) {
        if (i == 1) {
            smi_script_add(&script, "set yrange [0:*]\nset offsets 0,0,graph 0.12,0\n");
        }
        if (i == 2) {
            smi_script_add(&script,
                           "set yrange [0:1.12]\nset ytics 0,0.2,1\nset offsets 0,0,0,0\n");
        }
        add_panel(&script, &panels[i], count);
    }
    smi_script_add(&script, "unset multiplot\n");
    return smi_picture_finish(&script, target);
}
