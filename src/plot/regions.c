#include "plot/regions.h"

#include <math.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/text_room.h"
#include "plot/ticks.h"

/* MOST_KEYS: classes named beside the plane. Lengths are in pixels, but for names. */
enum {
    MOST_KEYS = 24,
    LONGEST_NAME = 24,
    SIDE = 600, /* the longer one of the plane */
    LEFT = 84,  /* at least: ticks may need more */
    TOP = 44,
    BOTTOM = 60,
    KEY = 60,      /* beside names */
    CHARACTER = 8, /* of a terminal */
    LINE = 16,     /* likewise */
    EM = 15,
    DIGIT = 10,        /* of a picture */
    TICKS = 6,         /* along an axis */
    NO_CLASS_SHAPE = 7 /* a disc */
};

static const char NO_LABEL[] = "no label";

double smi_cell_middle(const double from, const double to, const size_t cells, const size_t cell)
{
    return from + (to - from) * ((double)cell + 0.5) / (double)cells;
}

int32_t smi_region_class(const smi_regions *const regions, const size_t row, const size_t column)
{
    return regions->cells[row * regions->plane.columns + column];
}

bool smi_is_region_border(const smi_regions *const regions, const size_t row, const size_t column)
{
    const smi_plane *const p = &regions->plane;
    const int32_t here = smi_region_class(regions, row, column);
    return (row + 1 < p->rows && smi_region_class(regions, row + 1, column) != here) ||
           (column + 1 < p->columns && smi_region_class(regions, row, column + 1) != here);
}

double smi_region_certainty(const smi_regions *const regions, const size_t row, const size_t column)
{
    const double least = 1.0 / (double)regions->classes;
    const double there = (double)regions->probabilities[row * regions->plane.columns + column];
    return fmin(fmax((there - least) / (1.0 - least), 0.0), 1.0);
}

static uint32_t cell_colour(const smi_regions *const r, const size_t row, const size_t column)
{
    const uint32_t colour = smi_class_colour((size_t)smi_region_class(r, row, column));
    if (smi_is_region_border(r, row, column)) {
        return smi_lighter(colour, 0.85);
    }
    if (r->probabilities == NULL) {
        return smi_lighter(colour, 0.32);
    }
    return smi_lighter(colour, 0.6 * smi_region_certainty(r, row, column));
}

/* A cell's red, green and blue are one number, which keeps scripts small. */
static void add_cells(smi_script *const script, const smi_regions *const r)
{
    smi_script_add(script, "$cells << EOD\n");
    for (size_t row = 0; row < r->plane.rows; row++) {
        for (size_t column = 0; column < r->plane.columns; column++) {
            smi_script_add(script, column == 0 ? "%u" : " %u", cell_colour(r, row, column));
        }
        smi_script_add(script, "\n");
    }
    smi_script_add(script, "EOD\n");
}

/* Where regions meet: all that letters can show of them. */
static void add_borders(smi_script *const script, const smi_regions *const r)
{
    const smi_plane *const p = &r->plane;
    smi_script_add(script, "$borders << EOD\n");
    for (size_t row = 0; row < p->rows; row++) {
        for (size_t column = 0; column < p->columns; column++) {
            if (smi_is_region_border(r, row, column)) {
                smi_script_add(script, "%.7g %.7g\n",
                               smi_cell_middle(p->left, p->right, p->columns, column),
                               smi_cell_middle(p->bottom, p->top, p->rows, row));
            }
        }
    }
    smi_script_add(script, "EOD\n");
}

static size_t add_points(smi_script *const script, const smi_regions *const r, const int32_t class)
{
    size_t count = 0;
    smi_script_add(script, "$points%d << EOD\n", (int)class + 1);
    for (size_t i = 0; i < r->count; i++) {
        if (r->labels[i] == class) {
            smi_script_add(script, "%.7g %.7g\n", (double)r->points[2 * i],
                           (double)r->points[2 * i + 1]);
            count++;
        }
    }
    smi_script_add(script, "EOD\n");
    return count;
}

/* Points with a rim, so that they stand out from regions of their colour. */
static void plot_points(smi_script *const script, const smi_regions *const r, const int32_t class)
{
    const uint32_t colour = class < 0 ? SMI_GREY : smi_class_colour((size_t) class);
    const uint32_t rim = class < 0 ? 0xffffffU : smi_class_rim((size_t) class);
    const unsigned shape = class < 0 ? NO_CLASS_SHAPE : smi_class_shape((size_t) class);
    const double size = r->count <= 300 ? 1.0 : r->count <= 1000 ? 0.8 : 0.6;
    smi_script_add(script,
                   ", \\\n $points%d using 1:2 with points pointtype %u pointsize %g linecolor rgb "
                   "'#%06x'",
                   (int)class + 1, shape, size + 0.35, rim);
    smi_script_add(script,
                   ", \\\n $points%d using 1:2 with points pointtype %u pointsize %g linecolor rgb "
                   "'#%06x'",
                   (int)class + 1, shape, size, colour);
}

static bool has_unlabelled(const smi_regions *const r)
{
    bool any = false;
    for (size_t i = 0; i < r->count; i++) {
        any = any || r->labels[i] < 0;
    }
    return any;
}

/* The plane's place in the picture, in pixels. Where both axes reach about as far, a unit is as
 * long on either, so that circles are round. */
typedef struct layout {
    size_t plane_width;
    size_t plane_height;
    size_t width;
    size_t height;
    size_t names; /* columns of a class's name */
    size_t left;  /* beside the plane */
    smi_ticks across;
    smi_ticks up;
} layout;

/* The classes' names beside the plane: the longest in columns, the widest in ems. */
typedef struct key_room {
    size_t columns;
    double width;
} key_room;

static key_room room_of_key(const smi_regions *const r)
{
    const bool unlabelled = has_unlabelled(r);
    key_room room = {.columns = unlabelled ? smi_text_columns(NO_LABEL) : 0,
                     .width = unlabelled ? smi_text_width(NO_LABEL, LONGEST_NAME) : 0.0};
    for (size_t c = 0; c < r->classes && c < MOST_KEYS; c++) {
        room.columns = smi_max_size(room.columns, smi_fit_text(r->names[c], LONGEST_NAME).columns);
        room.width = fmax(room.width, smi_text_width(r->names[c], LONGEST_NAME));
    }
    return room;
}

/* In a terminal a character is as many pixels, and the plane has what beside it is left. */
static layout lay_out_letters(const smi_plane *const p, const smi_picture_target *const target,
                              const size_t longest)
{
    layout l = {.width = target->columns * CHARACTER,
                .height = target->lines * LINE,
                .names = smi_min_size(longest, target->columns / 4)};
    l.plane_height = l.height > (size_t)2 * (TOP + BOTTOM) ? l.height - TOP - BOTTOM : l.height / 2;
    l.up = smi_ticks_of(p->bottom, p->top,
                        smi_min_size(TICKS, smi_max_size(l.plane_height / LINE / 2, 1)));
    l.left = smi_max_size(LEFT, (l.up.columns + 2) * CHARACTER);
    const size_t beside = l.left + KEY + l.names * CHARACTER;
    l.plane_width = l.width > 2 * beside ? l.width - beside : l.width / 2;
    l.across = smi_ticks_beside(p->left, p->right, TICKS, l.plane_width / CHARACTER);
    return l;
}

static layout lay_out(const smi_regions *const r, const smi_picture_target *const target)
{
    enum { GAP = 14 }; /* between an axis' name and the plane, beside the ticks' texts */
    const smi_plane *const p = &r->plane;
    const double ratio = (p->top - p->bottom) / (p->right - p->left);
    const bool equal = ratio > 0.4 && ratio < 2.5;
    const key_room key = room_of_key(r);
    if (target->format == SMI_PICTURE_LETTERS) {
        return lay_out_letters(p, target, key.columns);
    }
    layout l = {.names = LONGEST_NAME,
                .plane_width = equal && ratio > 1.0 ? (size_t)(SIDE / ratio) : SIDE,
                .up = smi_ticks_of(p->bottom, p->top, TICKS)};
    l.plane_height = equal ? (size_t)((double)l.plane_width * ratio) : SIDE * 3 / 4;
    l.across = smi_ticks_beside(p->left, p->right, TICKS, l.plane_width / DIGIT);
    l.left = smi_max_size(LEFT, SMI_AXIS_NAME + (size_t)(l.up.width * EM) + GAP);
    l.width = l.left + l.plane_width + KEY + (size_t)(key.width * EM);
    l.height = TOP + l.plane_height + BOTTOM;
    return l;
}

static void add_key(smi_script *const script, const smi_regions *const r, const layout *const l)
{
    for (size_t c = 0; c < r->classes && c < MOST_KEYS; c++) {
        smi_script_add(script,
                       ", \\\n NaN with points pointtype %u pointsize 1.2 linecolor rgb '#%06x' "
                       "title ",
                       smi_class_shape(c), smi_class_colour(c));
        smi_script_quote(script, r->names[c], l->names);
    }
    if (has_unlabelled(r)) {
        smi_script_add(script,
                       ", \\\n NaN with points pointtype %d pointsize 1.2 linecolor rgb '#%06x' "
                       "title '%s'",
                       NO_CLASS_SHAPE, SMI_GREY, NO_LABEL);
    }
}

/* How much of its name an axis of so many pixels has room for. */
static size_t name_columns(const char *const name, const size_t room)
{
    enum { LONGEST_TITLE = 60 };
    return smi_columns_within(name, LONGEST_TITLE, (double)room / (double)EM);
}

/* Beside the plane, from the left: gnuplot's own place is from the right, by a guess of how wide
 * names are. */
static void place_key(smi_script *const script, const smi_picture_target *const target,
                      const layout *const l)
{
    enum { GAP = 12 };
    if (target->format == SMI_PICTURE_LETTERS) {
        smi_script_add(script, "set key outside right top");
    } else {
        smi_script_add(script, "set key at screen %.5f,%.5f left top",
                       (double)(l->left + l->plane_width + GAP) / (double)l->width,
                       1.0 - (double)TOP / (double)l->height);
    }
    smi_script_add(script, " Left reverse samplen 1 spacing 1.3\n");
}

static void set_axes(smi_script *const script, const smi_picture_target *const target,
                     const smi_regions *const r, const layout *const l)
{
    const smi_plane *const p = &r->plane;
    const bool letters = target->format == SMI_PICTURE_LETTERS;
    smi_script_add(script, "set title ");
    smi_script_quote(script, r->title, 120);
    if (letters) { /* which do not stand on their sides */
        smi_script_add(script, "\nset xlabel ");
        smi_script_quote(script, r->x_name, LONGEST_NAME);
        smi_script_add(script, ".'; upwards: '.");
        smi_script_quote(script, r->y_name, LONGEST_NAME);
    } else {
        smi_script_add(script, "\nset xlabel ");
        smi_script_quote(script, r->x_name, name_columns(r->x_name, l->plane_width));
        smi_script_add(script, "\n");
        smi_picture_name_y(script, r->y_name, name_columns(r->y_name, l->plane_height), l->width);
    }
    smi_script_add(script, "%sset xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\nset border 15\n",
                   letters ? "\n" : "", p->left, p->right, p->bottom, p->top);
    smi_ticks_add(script, 'x', &l->across);
    smi_ticks_add(script, 'y', &l->up);
    place_key(script, target, l);
    smi_picture_place_box(script, l->width, l->height,
                          (smi_picture_box){.left = l->left,
                                            .top = TOP,
                                            .width = l->plane_width,
                                            .height = l->height - TOP - BOTTOM});
}

/* Over axes of its own, which count cells: gnuplot takes long to compute each one's place. */
static void plot_plane(smi_script *const script, const smi_plane *const p)
{
    smi_script_add(script,
                   "set x2range [-0.5:%zu.5]\nset y2range [-0.5:%zu.5]\n"
                   "plot $cells matrix using 1:2:(int($3) >> 16):((int($3) >> 8) & 255):"
                   "(int($3) & 255) axes x2y2 with rgbimage",
                   p->columns - 1, p->rows - 1);
}

sm_status smi_plot_regions(const smi_picture_target *const target, const smi_regions *const regions)
{
    const bool letters = target->format == SMI_PICTURE_LETTERS;
    const int32_t classes = (int32_t)regions->classes;
    bool any[SMI_MOST_REGION_CLASSES + 1];
    smi_script script = {0};
    const layout l = lay_out(regions, target);
    smi_picture_begin(&script, target, l.width, l.height);
    set_axes(&script, target, regions, &l);
    if (letters) {
        add_borders(&script, regions);
    } else {
        add_cells(&script, regions);
    }
    for (int32_t c = -1; c < classes; c++) {
        any[c + 1] = add_points(&script, regions, c) > 0;
    }
    if (letters) {
        smi_script_add(&script, "plot $borders using 1:2 with dots");
    } else {
        plot_plane(&script, &regions->plane);
    }
    for (int32_t c = -1; c < classes; c++) {
        if (any[c + 1]) {
            plot_points(&script, regions, c);
        }
    }
    add_key(&script, regions, &l);
    smi_script_add(&script, "\n");
    return smi_picture_finish(&script, target);
}
