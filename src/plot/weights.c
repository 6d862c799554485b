#include "plot/weights.h"

#include <math.h>
#include <stdbool.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/text_room.h"
#include "plot/ticks.h"

/* Lengths are in pixels, but for names. HALF: the longest bar in a terminal, in characters. */
enum {
    MOST_COLUMNS = 3,
    LONGEST_NAME = 28,
    BAR = 22,
    AXIS = 200,  /* the longest bars of both signs */
    BESIDE = 24, /* names, titles and axis, on either side */
    ABOVE = 30,  /* with a panel's title */
    BELOW = 72,  /* with its axis */
    HEAD = 36,
    EM = 15,
    TITLE_EM = 16,
    LONGEST_TITLE = 100, /* columns */
    HALF = 19
};

static double largest_weight(const smi_weight_bars *const bars)
{
    double largest = 0.0;
    for (size_t p = 0; p < bars->panel_count; p++) {
        for (size_t i = 0; i < bars->count; i++) {
            largest = fmax(largest, fabs(bars->panels[p].weights[i]));
        }
    }
    return largest > 0.0 ? largest : 1.0;
}

/* The largest of 1, 2 and 5 times a power of ten below: panels have room for three tics. */
static double round_down(const double reach)
{
    const double power = pow(10.0, floor(log10(reach)));
    const double digits = reach / power;
    return power * (digits >= 5.0 ? 5.0 : digits >= 2.0 ? 2.0 : 1.0);
}

/* In pixels. */
static size_t widest_name(const smi_weight_bars *const bars)
{
    double widest = 0.0;
    for (size_t p = 0; p < bars->panel_count; p++) {
        for (size_t i = 0; i < bars->count; i++) {
            widest = fmax(widest, smi_text_width(bars->panels[p].names[i], LONGEST_NAME));
        }
    }
    return (size_t)(widest * EM);
}

/* What the widest of the panels' titles, which are over the middle of their axes, needs on either
 * side of these. In pixels. */
static size_t beside_axes(const smi_weight_bars *const bars)
{
    double widest = 0.0;
    for (size_t p = 0; p < bars->panel_count; p++) {
        widest = fmax(widest, smi_text_width(bars->panels[p].title, LONGEST_NAME));
    }
    const size_t title = (size_t)(widest * EM);
    return title > AXIS ? (title - AXIS) / 2 : 0;
}

/* In pixels; all panels are alike. */
typedef struct layout {
    size_t columns;
    size_t left; /* beside the axis, with names and titles */
    size_t right;
    size_t panel_width;
    size_t panel_height;
    size_t width;
    size_t height;
} layout;

static layout lay_out(const smi_weight_bars *const bars)
{
    const size_t title = (size_t)(smi_text_width(bars->title, LONGEST_TITLE) * TITLE_EM);
    layout l = {.columns = smi_min_size(bars->panel_count, MOST_COLUMNS),
                .left = BESIDE + smi_max_size(widest_name(bars), beside_axes(bars)),
                .right = BESIDE + beside_axes(bars),
                .panel_height = ABOVE + bars->count * BAR + BELOW};
    l.panel_width = l.left + AXIS + l.right;
    l.width = smi_max_size(l.columns * l.panel_width, title + (size_t)2 * BESIDE);
    l.height = HEAD + (bars->panel_count + l.columns - 1) / l.columns * l.panel_height;
    return l;
}

static void place_panel(smi_script *const script, const layout *const l, const size_t number)
{
    const size_t left = number % l->columns * l->panel_width;
    const size_t top = HEAD + number / l->columns * l->panel_height;
    smi_picture_place_box(script, l->width, l->height,
                          (smi_picture_box){.left = left + l->left,
                                            .top = top + ABOVE,
                                            .width = AXIS,
                                            .height = l->panel_height - ABOVE - BELOW});
}

static void add_panel(smi_script *const script, const smi_weight_bars *const bars,
                      const size_t number)
{
    const smi_weight_panel *const panel = &bars->panels[number];
    smi_script_add(script, "$panel%zu << EOD\n", number);
    for (size_t i = 0; i < bars->count; i++) {
        smi_script_add(script, "%zu %.9g\n", i, panel->weights[i]);
    }
    smi_script_add(script, "EOD\nset title ");
    smi_script_quote(script, panel->title, LONGEST_NAME);
    smi_script_add(script, " offset 0,-0.5\n");
    smi_ticks_add_names(script, 'y', panel->names, bars->count, 1, LONGEST_NAME);
    smi_script_add(
        script,
        "\nplot $panel%zu using ($2 < 0 ? 0 : NaN):1:(0):2:($1 - 0.36):($1 + 0.36) with boxxyerror "
        "fillcolor rgb '#%06x', \\\n $panel%zu using ($2 >= 0 ? 0 : NaN):1:(0):2:($1 - 0.36):($1 + "
        "0.36) with boxxyerror fillcolor rgb '#%06x'\n",
        number, SMI_BLUE, number, SMI_RED);
}

static void print_repeated(smi_script *const script, const char letter, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        smi_script_add(script, "%c", letter);
    }
}

/* A line: the name, the weight, and its bar to the left or the right of a line in the middle. */
static void print_bar(smi_script *const script, const char *const name, const double weight,
                      const double largest, const bool colour)
{
    const size_t length = (size_t)lround(HALF * fabs(weight) / largest);
    smi_script_column(script, name, LONGEST_NAME);
    smi_script_add(script, " %10.4g ", weight);
    print_repeated(script, ' ', weight < 0.0 ? HALF - length : HALF);
    smi_script_add(script, "%s", colour ? "\x1b[38;5;32m" : "");
    print_repeated(script, '-', weight < 0.0 ? length : 0);
    smi_script_add(script, "%s|%s", colour ? "\x1b[0m" : "", colour ? "\x1b[38;5;166m" : "");
    print_repeated(script, '+', weight < 0.0 ? 0 : length);
    smi_script_add(script, colour ? "\x1b[0m\n" : "\n");
}

/* In a terminal, where panels of gnuplot's would have no room for their bars. */
static sm_status print_weights(const smi_picture_target *const target,
                               const smi_weight_bars *const bars)
{
    const double largest = largest_weight(bars);
    smi_script text = {0};
    (void)smi_script_plain(&text, bars->title, target->columns);
    smi_script_add(&text, "\n");
    for (size_t p = 0; p < bars->panel_count; p++) {
        smi_script_add(&text, "\n");
        (void)smi_script_plain(&text, bars->panels[p].title, LONGEST_NAME);
        smi_script_add(&text, "\n");
        for (size_t i = 0; i < bars->count; i++) {
            print_bar(&text, bars->panels[p].names[i], bars->panels[p].weights[i], largest,
                      target->colour);
        }
    }
    return smi_picture_finish_text(&text, target);
}

sm_status smi_plot_weights(const smi_picture_target *const target,
                           const smi_weight_bars *const bars)
{
    if (target->format == SMI_PICTURE_LETTERS) {
        return print_weights(target, bars);
    }
    const layout l = lay_out(bars);
    const double reach = 1.05 * largest_weight(bars);
    const double tic = round_down(reach);
    smi_script script = {0};
    smi_picture_begin(&script, target, l.width, l.height);
    smi_script_add(&script,
                   "set style fill solid 1.0 noborder\nset border 1\n"
                   "set xrange [%.9g:%.9g]\nset yrange [%zu.5:-0.5]\nset xlabel '%s'\n"
                   "set xtics (%.9g, 0, %.9g)\nset grid xtics linetype 1 linecolor rgb '#%06x'\n"
                   "set arrow 1 from 0,graph 0 to 0,graph 1 nohead linecolor rgb '#%06x'\n",
                   -reach, reach, bars->count - 1, bars->axis, -tic, tic, SMI_FAINT, SMI_GREY);
    smi_script_add(&script, "set multiplot title ");
    smi_script_quote(&script, bars->title, LONGEST_TITLE);
    smi_script_add(&script, " font ',12'\n");
    for (size_t p = 0; p < bars->panel_count; p++) {
        place_panel(&script, &l, p);
        add_panel(&script, bars, p);
    }
    smi_script_add(&script, "unset multiplot\n");
    return smi_picture_finish(&script, target);
}
