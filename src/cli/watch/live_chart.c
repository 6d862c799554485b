#include "cli/watch/live_chart.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* LABEL: of the numbers at the left, with the blank behind them; GAP: between the charts. */
enum { LABEL = 9, GAP = 3, LEAST_WIDTH = 20, MOST_WIDTH = 80, LEAST_HEIGHT = 4, MOST_HEIGHT = 14 };
enum { DOTS_ACROSS = 2, DOTS_DOWN = 4, MOST_CELLS = MOST_WIDTH * MOST_HEIGHT };

enum { TRAIN, VALIDATION, CURVES };
static const char *const names[] = {[TRAIN] = "train", [VALIDATION] = "validation"};
static const char marks[] = {[TRAIN] = 'o', [VALIDATION] = 'x'};
static const char *const colours[] = {[TRAIN] = "\033[38;5;32m", [VALIDATION] = "\033[38;5;166m"};
static const char plain[] = "\033[0m";

/* One of the two charts. */
typedef struct chart {
    const char *name;
    const cli_chart_style *style;
    const smi_curve_point *points;
    size_t count;
    bool accuracy; /* else loss */
    size_t width;  /* in cells, without labels */
    size_t height;
    double least; /* of the values; least < most */
    double most;
    uint8_t cells[CURVES][MOST_CELLS]; /* the dots that a curve has there, a bit each */
} chart;

static double value_of(const chart *const c, const size_t point, const int curve)
{
    const smi_curve_point *const p = &c->points[point];
    if (c->accuracy) {
        return curve == TRAIN ? p->accuracy : p->validation_accuracy;
    }
    return curve == TRAIN ? p->loss : p->validation_loss;
}

/* ---- what is drawn ---- */

/* False: there is no finite value. */
static bool find_range(chart *const c)
{
    c->least = INFINITY;
    c->most = -INFINITY;
    for (size_t i = 0; i < c->count; i++) {
        for (int curve = 0; curve < CURVES; curve++) {
            const double value = value_of(c, i, curve);
            if (isfinite(value)) {
                c->least = fmin(c->least, value);
                c->most = fmax(c->most, value);
            }
        }
    }
    if (c->least == c->most) {
        const double margin = fmax(fabs(c->least) * 0.1, 1e-6);
        c->least -= margin;
        c->most += margin;
    }
    return isfinite(c->least) && isfinite(c->most - c->least);
}

/* x: 0 … 1 from the left, y: from the bottom. */
static void set_dot(chart *const c, const int curve, const double x, const double y)
{
    static const uint8_t bits[DOTS_DOWN][DOTS_ACROSS] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};
    const size_t across = c->style->dots ? DOTS_ACROSS : 1;
    const size_t down = c->style->dots ? DOTS_DOWN : 1;
    const size_t column = (size_t)lround(x * (double)(c->width * across - 1));
    const size_t row = (size_t)lround((1.0 - y) * (double)(c->height * down - 1));
    c->cells[curve][row / down * c->width + column / across] |= bits[row % down][column % across];
}

/* Where a point lies; false where it is none. */
static bool place_of(const chart *const c, const size_t point, const int curve, double place[2])
{
    const double first = c->points[0].epoch;
    const double last = c->points[c->count - 1].epoch;
    const double value = value_of(c, point, curve);
    place[0] = last > first ? (c->points[point].epoch - first) / (last - first) : 0.0;
    place[1] = (value - c->least) / (c->most - c->least);
    return isfinite(value);
}

/* Lines from each point to the next, as dots so close that none is missing between them. */
static void draw_curve(chart *const c, const int curve)
{
    double from[2] = {0.0, 0.0};
    double to[2] = {0.0, 0.0};
    for (size_t i = 0; i < c->count; i++) {
        if (!place_of(c, i, curve, to)) {
            continue;
        }
        const bool joined = i > 0 && place_of(c, i - 1, curve, from);
        const double across = joined ? fabs(to[0] - from[0]) * (double)c->width * DOTS_ACROSS : 0.0;
        const double down = joined ? fabs(to[1] - from[1]) * (double)c->height * DOTS_DOWN : 0.0;
        const size_t steps = (size_t)ceil(fmax(across, down));
        for (size_t s = 1; s <= steps; s++) {
            const double share = (double)s / (double)steps;
            set_dot(c, curve, from[0] + share * (to[0] - from[0]),
                    from[1] + share * (to[1] - from[1]));
        }
        set_dot(c, curve, to[0], to[1]);
    }
}

/* ---- how it is written ---- */

static void add_blanks(smi_script *const text, const size_t count)
{
    smi_script_add(text, "%*s", (int)count, "");
}

/* What the title says of a curve: "━ train 0.1234", names only once in a line; and how wide it is.
 */
typedef struct legend {
    char text[64];
    size_t width; /* 0: the curve has no value now */
} legend;

static legend legend_of(const chart *const c, const int curve, const int digits)
{
    legend made = {0};
    const double value = value_of(c, c->count - 1, curve);
    if (isfinite(value)) {
        made.width = strlen("o ") + (size_t)snprintf(made.text, sizeof made.text, "%s%s%.*g",
                                                     c->accuracy ? "" : names[curve],
                                                     c->accuracy ? "" : " ", digits, value);
    }
    return made;
}

/* "loss  ━ train 0.1234  ━ validation 0.2345"; closer, with fewer digits, where there is not the
 * room, and then without what does not go in. */
static void add_title(smi_script *const text, const chart *const c)
{
    const size_t room = LABEL + c->width;
    size_t used = strlen(c->name);
    size_t between = 2;
    legend legends[CURVES] = {legend_of(c, TRAIN, 4), legend_of(c, VALIDATION, 4)};
    if (used + 2 * between + legends[TRAIN].width + legends[VALIDATION].width > room) {
        between = 1;
        legends[TRAIN] = legend_of(c, TRAIN, 3);
        legends[VALIDATION] = legend_of(c, VALIDATION, 3);
    }
    smi_script_add(text, "%s", c->name);
    for (int curve = 0; curve < CURVES; curve++) {
        const legend *const l = &legends[curve];
        if (l->width == 0 || used + between + l->width > room) {
            continue;
        }
        add_blanks(text, between);
        smi_script_add(text, "%s", c->style->colour ? colours[curve] : "");
        if (c->style->dots) {
            smi_script_add(text, "\xe2\x94\x81");
        } else {
            smi_script_add(text, "%c", marks[curve]);
        }
        smi_script_add(text, "%s %s", c->style->colour ? plain : "", l->text);
        used += between + l->width;
    }
    add_blanks(text, room - used);
}

/* The curve whose colour a cell has, that which was drawn last; CURVES: none. */
static int curve_of(const chart *const c, const size_t cell)
{
    return c->cells[VALIDATION][cell] != 0 ? VALIDATION
           : c->cells[TRAIN][cell] != 0    ? TRAIN
                                           : CURVES;
}

static void add_cell(smi_script *const text, const chart *const c, const size_t cell)
{
    const int curve = curve_of(c, cell);
    const unsigned bits = c->cells[TRAIN][cell] | (unsigned)c->cells[VALIDATION][cell];
    if (curve == CURVES) {
        smi_script_add(text, " ");
    } else if (c->style->dots) { /* U+2800 and the bits */
        smi_script_add(text, "\xe2%c%c", (int)(0xa0 | bits >> 6), (int)(0x80 | (bits & 0x3f)));
    } else {
        smi_script_add(text, "%c", marks[curve]);
    }
}

static void add_row(smi_script *const text, const chart *const c, const size_t row)
{
    const bool middle = c->height % 2 == 1 && row == c->height / 2;
    if (row == 0 || row == c->height - 1 || middle) {
        const double share = (double)row / (double)(c->height - 1);
        smi_script_add(text, "%*.4g ", LABEL - 1, c->most + share * (c->least - c->most));
    } else {
        add_blanks(text, LABEL);
    }
    int colour = CURVES;
    for (size_t cell = row * c->width; cell < (row + 1) * c->width; cell++) {
        const int wanted = c->style->colour ? curve_of(c, cell) : CURVES;
        if (wanted != colour) {
            smi_script_add(text, "%s", wanted == CURVES ? plain : colours[wanted]);
            colour = wanted;
        }
        add_cell(text, c, cell);
    }
    smi_script_add(text, "%s", colour == CURVES ? "" : plain);
}

/* The first and the last epoch. */
static void add_epochs(smi_script *const text, const chart *const c)
{
    char first[32];
    char last[32];
    const int left = snprintf(first, sizeof first, "%.6g", c->points[0].epoch);
    const int right = snprintf(last, sizeof last, "epoch %.6g", c->points[c->count - 1].epoch);
    add_blanks(text, LABEL);
    smi_script_add(text, "%s", first);
    add_blanks(text, c->width - (size_t)left - (size_t)right);
    smi_script_add(text, "%s", last);
}

typedef void add_part(smi_script *text, const chart *c, size_t row);

static void add_part_title(smi_script *const text, const chart *const c, const size_t row)
{
    (void)row;
    add_title(text, c);
}

static void add_part_epochs(smi_script *const text, const chart *const c, const size_t row)
{
    (void)row;
    add_epochs(text, c);
}

/* A line of all charts, one beside the other. */
static void add_line(smi_script *const text, const chart *const charts, const size_t count,
                     add_part *const part, const size_t row)
{
    for (size_t i = 0; i < count; i++) {
        add_blanks(text, i == 0 ? 0 : GAP);
        part(text, &charts[i], row);
    }
    smi_script_end_line(text);
}

static bool make_chart(chart *const c, const cli_chart_style *const style,
                       const smi_curve_point *const points, const size_t count)
{
    c->style = style;
    c->points = points;
    c->count = count;
    if (!find_range(c)) {
        return false;
    }
    for (int curve = 0; curve < CURVES; curve++) {
        draw_curve(c, curve);
    }
    return true;
}

size_t cli_draw_charts(smi_script *const text, const smi_curve_point *const points,
                       const size_t count, const cli_chart_style *const style)
{
    enum { OTHER_LINES = 2, LEAST = LABEL + LEAST_WIDTH };
    if (count == 0 || style->columns < LEAST || style->lines < LEAST_HEIGHT + OTHER_LINES) {
        return 0;
    }
    const bool both = style->columns >= 2 * LEAST + GAP;
    const size_t columns = both ? (style->columns - GAP) / 2 : style->columns;
    const size_t width = smi_min_size(columns - LABEL, MOST_WIDTH);
    const size_t height = smi_min_size(style->lines - OTHER_LINES, MOST_HEIGHT);
    chart charts[] = {{.name = "loss", .width = width, .height = height},
                      {.name = "accuracy", .accuracy = true, .width = width, .height = height}};
    if (!make_chart(&charts[0], style, points, count)) {
        return 0;
    }
    const size_t drawn = both && make_chart(&charts[1], style, points, count) ? 2 : 1;
    add_line(text, charts, drawn, add_part_title, 0);
    for (size_t row = 0; row < height; row++) {
        add_line(text, charts, drawn, add_row, row);
    }
    add_line(text, charts, drawn, add_part_epochs, 0);
    return height + OTHER_LINES;
}
