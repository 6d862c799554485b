#include "plot/confusion.h"

#include <math.h>
#include <stdbool.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "plot/confusion_letters.h"
#include "plot/palette.h"
#include "plot/text_room.h"
#include "plot/ticks.h"

/* Lengths are in pixels. */
enum {
    MOST_WRITTEN = 24, /* classes whose cells have numbers in them */
    MOST_NAMES = 48,   /* names along an axis */
    LONGEST_NAME = 24, /* columns of letters */
    EM = 15,
    SIDE = 760, /* of the matrix, where there are many classes */
    TOP = 44,
    RIGHT = 124, /* with the scale of colours */
    MARGIN = 8,
    LINE = 20,
    SLANTED = 24,       /* from one slanted name to the next */
    GAP = 16,           /* between what is beside the matrix */
    LONGEST_TITLE = 120 /* columns */
};

typedef struct layout {
    size_t side;  /* of the matrix */
    size_t names; /* of the longest name */
    bool rotated; /* names below it */
    size_t step;  /* every step-th is named beside it, */
    size_t below; /* and so many-th below */
    size_t left;  /* beside the matrix */
    size_t right; /* likewise, with the scale of colours */
    size_t bottom;
    size_t width; /* of the picture */
    size_t height;
} layout;

static layout lay_out(const smi_confusion *const c)
{
    const size_t cell = c->classes <= 4              ? 80
                        : c->classes <= 12           ? 58
                        : c->classes <= MOST_WRITTEN ? 44
                                                     : smi_max_size(SIDE / c->classes, 1);
    layout l = {.side = c->classes * cell, .step = (c->classes + MOST_NAMES - 1) / MOST_NAMES};
    double widest = 0.0;
    for (size_t i = 0; i < c->classes; i++) {
        widest = fmax(widest, smi_text_width(c->names[i], LONGEST_NAME));
    }
    l.names = (size_t)(widest * EM);
    l.rotated = l.names > cell * l.step;
    l.below = l.rotated ? smi_max_size(l.step, (SLANTED + cell - 1) / cell) : l.step;
    /* The title is in the middle of the matrix, and may be wider. */
    const size_t title = (size_t)(smi_text_width(c->title, LONGEST_TITLE) * EM);
    const size_t beside = title > l.side ? (title - l.side) / 2 + MARGIN : 0;
    l.left = smi_max_size(SMI_AXIS_NAME + l.names + GAP, beside);
    l.right = smi_max_size(RIGHT, beside);
    l.bottom = (l.rotated ? l.names * 7 / 10 : LINE) + GAP + SMI_AXIS_NAME;
    l.width = l.left + l.side + l.right;
    l.height = TOP + l.side + l.bottom;
    return l;
}

/* Row, column, count, share of the row, where rows are true classes; and the count as it is
 * written.
 */
static void add_cells(smi_script *const script, const smi_confusion *const c)
{
    smi_script_add(script, "$cells << EOD\n");
    for (size_t i = 0; i < c->classes; i++) {
        double sum = 0.0;
        for (size_t j = 0; j < c->classes; j++) {
            sum += (double)c->counts[i * c->classes + j];
        }
        for (size_t j = 0; j < c->classes; j++) {
            char text[SMI_NUMBER_TEXT_SIZE];
            const double count = (double)c->counts[i * c->classes + j];
            smi_script_add(script, "%zu %zu %.0f %.5g %s\n", i, j, count,
                           sum > 0.0 ? count / sum : 0,
                           smi_grouped_text(c->counts[i * c->classes + j], text));
        }
    }
    smi_script_add(script, "EOD\n");
}

static void add_names(smi_script *const script, const smi_confusion *const c, const layout *const l,
                      const char axis)
{
    smi_ticks_add_names(script, axis, c->names, c->classes, axis == 'x' ? l->below : l->step,
                        LONGEST_NAME);
    smi_script_add(script, axis == 'x' && l->rotated ? " rotate by 40 right\n" : "\n");
}

/* At the picture's edges: gnuplot's own places are by a guess of how wide names are. */
static void name_axes(smi_script *const script, const layout *const l)
{
    smi_picture_name_y(script, "true class", LONGEST_NAME, l->width);
    smi_script_add(script, "set label 2 'predicted class' at graph 0.5,screen %.5f center\n",
                   SMI_AXIS_NAME / 2.0 / (double)l->height);
}

static void set_axes(smi_script *const script, const smi_confusion *const c, const layout *const l)
{
    smi_script_add(script, "set title ");
    smi_script_quote(script, c->title, LONGEST_TITLE);
    smi_script_add(script,
                   "\nset xrange [-0.5:%zu.5]\nset yrange [%zu.5:-0.5]\n"
                   "set cbrange [0:1]\nset cblabel 'share of the true class' offset 2.2,0\n"
                   "set format cb '%%.1f'\nset cbtics scale 0\n",
                   c->classes - 1, c->classes - 1);
    name_axes(script, l);
    /* Steep at its beginning, so that rare mistakes are seen. */
    smi_script_add(script, "set palette defined (0 '#ffffff', 0.01 '#e8f3fa', 0.1 '#a9d3ec', "
                           "0.5 '#2f8fc9', 1 '#003f6b')\n");
    add_names(script, c, l, 'x');
    add_names(script, c, l, 'y');
}

/* In points: of the counts, so that the widest of them has room in its cell. */
static int size_of_counts(const smi_confusion *const c, const layout *const l)
{
    enum { LEAST = 5, EM_SIZE = 11 /* whose em is EM pixels */ };
    const double room = (double)l->side / (double)c->classes - 4.0;
    int size = c->classes <= 12 ? 10 : 8;
    double widest = 0.0;
    for (size_t i = 0; i < c->classes * c->classes; i++) {
        char text[SMI_NUMBER_TEXT_SIZE];
        widest = fmax(widest, smi_text_width(smi_grouped_text(c->counts[i], text), sizeof text));
    }
    while (size > LEAST && widest * size * EM / EM_SIZE > room) {
        size--;
    }
    return size;
}

/* Counts in cells that are not 0, and shares below them; light on dark. */
static void add_numbers(smi_script *const script, const smi_confusion *const c,
                        const layout *const l)
{
    const char *const shades[] = {"$4 < 0.4 ? $1 : NaN", "$4 >= 0.4 ? $1 : NaN"};
    const int size = size_of_counts(c, l);
    smi_script_add(script, "plot $cells using 2:1:4 with image pixels");
    for (size_t i = 0; i < 2; i++) {
        const unsigned colour = i == 0 ? SMI_TEXT : 0xffffffU;
        smi_script_add(script,
                       ", \\\n $cells using 2:($3 > 0 ? (%s) : NaN):5 with "
                       "labels font ',%d' offset 0,0.4 textcolor rgb '#%06x'",
                       shades[i], size, colour);
        smi_script_add(script,
                       ", \\\n $cells using 2:($3 > 0 ? (%s) : NaN):(sprintf('%%.1f %%%%', "
                       "100 * $4)) with labels font ',%d' offset 0,-0.5 textcolor rgb '#%06x'",
                       shades[i], c->classes <= 12 ? 8 : 7, colour);
    }
    smi_script_add(script, "\n");
}

sm_status smi_plot_confusion(const smi_picture_target *const target,
                             const smi_confusion *const confusion)
{
    if (target->format == SMI_PICTURE_LETTERS) {
        return smi_print_confusion(target, confusion);
    }
    const layout l = lay_out(confusion);
    smi_script script = {0};
    smi_picture_begin(&script, target, l.width, l.height);
    smi_script_add(&script,
                   "set colorbox vertical user origin screen %.5f,%.5f size screen %.5f,%.5f "
                   "noborder\n",
                   (double)(l.left + l.side + 16) / (double)l.width,
                   (double)l.bottom / (double)l.height, 14.0 / (double)l.width,
                   (double)l.side / (double)l.height);
    smi_picture_place_box(
        &script, l.width, l.height,
        (smi_picture_box){.left = l.left, .top = TOP, .width = l.side, .height = l.side});
    add_cells(&script, confusion);
    set_axes(&script, confusion, &l);
    if (confusion->classes <= MOST_WRITTEN) {
        add_numbers(&script, confusion, &l);
    } else {
        smi_script_add(&script, "plot $cells using 2:1:4 with image\n");
    }
    return smi_picture_finish(&script, target);
}
