#include "plot/mosaic.h"

#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "plot/block_mean.h"
#include "plot/mosaic_letters.h"
#include "plot/palette.h"
#include "plot/text_room.h"
#include "plot/tile_title.h"

/* Lengths in the picture's pixels. */
enum {
    MARGIN = 16,
    GAP = 14,         /* between tiles */
    LINE = 22,        /* of titles */
    HEAD = 34,        /* with the title of the whole */
    FOOT = 76,        /* with the scale */
    EM = 14,          /* of a tile's title */
    TITLE_EM = 16,    /* of the whole's */
    LONGEST = 120,    /* columns of it */
    MOST_EDGE = 128,  /* of a tile */
    LEAST_EDGE = 32,  /* likewise, where there are many */
    MOST_WIDTH = 1600 /* of all tiles, about */
};

/* Where everything lies. */
typedef struct layout {
    size_t block; /* a tile's pixels that become one, in both directions */
    size_t height;
    size_t width; /* of a tile, in blocks */
    size_t scale; /* the picture's pixels a block */
    size_t cell_height;
    size_t cell_width;
    size_t top; /* where the cells begin */
    size_t total_height;
    size_t total_width;
} layout;

static size_t widest_title(const smi_mosaic *const m)
{
    char title[SMI_TILE_TITLE_SIZE];
    double widest = 0.0;
    for (size_t i = 0; i < m->count; i++) {
        smi_tile_title(&m->tiles[i], SMI_LONGEST_TILE_TITLE, title);
        widest = fmax(widest, smi_text_width(title, SMI_LONGEST_TILE_TITLE));
    }
    return (size_t)(widest * EM);
}

static layout lay_out(const smi_mosaic *const m)
{
    const size_t edge = smi_max_size(m->height, m->width);
    const size_t most =
        smi_min_size(MOST_EDGE, smi_max_size(LEAST_EDGE, (size_t)MOST_WIDTH / m->columns));
    layout l = {.block = (edge + most - 1) / most};
    l.height = (m->height + l.block - 1) / l.block;
    l.width = (m->width + l.block - 1) / l.block;
    l.scale = smi_max_size(1, most / smi_max_size(l.height, l.width));
    const size_t rows = (m->count + m->columns - 1) / m->columns;
    l.cell_width = smi_max_size(l.width * l.scale, widest_title(m)) + GAP;
    l.cell_height = l.height * l.scale + LINE + GAP;
    l.top = m->title[0] == '\0' ? MARGIN / 2 : HEAD;
    const size_t columns = smi_min_size(m->columns, m->count);
    l.total_width =
        smi_max_size(columns * l.cell_width + (size_t)2 * MARGIN - GAP,
                     (size_t)(smi_text_width(m->title, LONGEST) * TITLE_EM) + (size_t)2 * MARGIN);
    l.total_height = l.top + rows * l.cell_height + (m->scale == NULL ? 0 : FOOT);
    return l;
}

static double mean_at(const smi_mosaic *const m, const layout *const l, const float *const values,
                      const size_t row, const size_t column, const size_t channel)
{
    const smi_pixels pixels = {values, m->height, m->width, m->channels};
    return smi_block_mean(&pixels, l->block, row, column, channel);
}

static void add_grey(smi_script *const script, const smi_mosaic *const m, const layout *const l,
                     const float *const values)
{
    for (size_t r = 0; r < l->height; r++) {
        for (size_t c = 0; c < l->width; c++) {
            smi_script_add(script, c == 0 ? "%.5g" : " %.5g", mean_at(m, l, values, r, c, 0));
        }
        smi_script_add(script, "\n");
    }
}

/* Colours as bytes: column, row, red, green, blue. */
static void add_colour(smi_script *const script, const smi_mosaic *const m, const layout *const l,
                       const float *const values)
{
    for (size_t r = 0; r < l->height; r++) {
        for (size_t c = 0; c < l->width; c++) {
            smi_script_add(script, "%zu %zu", c, r);
            for (size_t k = 0; k < 3; k++) {
                const double value = mean_at(m, l, values, r, c, k);
                smi_script_add(script, " %.0f", 255.0 * (value - m->least) / (m->most - m->least));
            }
            smi_script_add(script, "\n");
        }
    }
}

/* The tile's upper left corner. */
static size_t left_of(const smi_mosaic *const m, const layout *const l, const size_t tile)
{
    return MARGIN + tile % m->columns * l->cell_width +
           (l->cell_width - GAP - l->width * l->scale) / 2;
}

static size_t top_of(const smi_mosaic *const m, const layout *const l, const size_t tile)
{
    return l->top + tile / m->columns * l->cell_height + LINE;
}

/* A title and a frame. */
static void add_surroundings(smi_script *const script, const smi_mosaic *const m,
                             const layout *const l, const size_t tile)
{
    const smi_tile *const t = &m->tiles[tile];
    const size_t left = left_of(m, l, tile);
    const size_t top = top_of(m, l, tile);
    const size_t right = left + l->width * l->scale;
    char title[SMI_TILE_TITLE_SIZE];
    smi_script_add(script, "set label %zu ", tile + 2);
    smi_tile_title(t, SMI_LONGEST_TILE_TITLE, title);
    smi_script_quote(script, title, SMI_LONGEST_TILE_TITLE);
    smi_script_add(script, " at %g,%zu center font ',10' textcolor rgb '#%06x'\n",
                   (double)(left + right) / 2.0, top - LINE / 2, t->wrong ? SMI_RED : SMI_TEXT);
    smi_script_add(script,
                   "set object %zu rectangle from %zu,%zu to %zu,%zu front fillstyle empty border "
                   "linecolor rgb '#%06x' linewidth %d\n",
                   tile + 1, left, top, right, top + l->height * l->scale,
                   t->wrong ? SMI_RED : SMI_FAINT, t->wrong ? 3 : 1);
}

/* The range of the axes is the picture itself, in pixels, from the top. */
static void set_plane(smi_script *const script, const smi_mosaic *const m, const layout *const l)
{
    smi_picture_place(script, 0.0, 1.0, 0.0, 1.0);
    smi_script_add(script, "unset border\nunset tics\nset xrange [0:%zu]\nset yrange [%zu:0]\n",
                   l->total_width, l->total_height);
    if (m->title[0] != '\0') {
        smi_script_add(script, "set label 1 ");
        smi_script_quote(script, m->title, LONGEST);
        smi_script_add(script, " at %d,%d left font ',12' textcolor rgb '#%06x'\n", MARGIN,
                       HEAD / 2, SMI_TEXT);
    }
    smi_script_add(script, "set cbrange [%.9g:%.9g]\n", m->least, m->most);
    if (m->scale == NULL) {
        smi_script_add(script, "set palette gray\nunset colorbox\n");
    } else {
        smi_script_add(script,
                       "set palette defined (-1 '#%06x', 0 '#ffffff', 1 '#%06x')\n"
                       "set colorbox horizontal user origin screen %.4f,%.4f size screen %.4f,%.4f "
                       "noborder\nset cbtics scale 0 font ',9' textcolor rgb '#%06x'\nset cblabel "
                       "'%s' font ',10'\n",
                       SMI_BLUE, SMI_RED, 0.25, 56.0 / (double)l->total_height, 0.5,
                       10.0 / (double)l->total_height, SMI_TEXT, m->scale);
    }
}

static void add_plot(smi_script *const script, const smi_mosaic *const m, const layout *const l)
{
    for (size_t i = 0; i < m->count; i++) {
        smi_script_add(script, "%s$tile%zu %susing (%g + $1 * %zu):(%g + $2 * %zu):%s with %s",
                       i == 0 ? "plot " : ", \\\n ", i, m->channels == 1 ? "matrix " : "",
                       (double)left_of(m, l, i) + (double)l->scale / 2.0, l->scale,
                       (double)top_of(m, l, i) + (double)l->scale / 2.0, l->scale,
                       m->channels == 1 ? "3" : "3:4:5", m->channels == 1 ? "image" : "rgbimage");
    }
    smi_script_add(script, "\n");
}

sm_status smi_plot_mosaic(const smi_picture_target *const target, const smi_mosaic *const mosaic)
{
    if (target->format == SMI_PICTURE_LETTERS) {
        return smi_print_mosaic(target, mosaic);
    }
    const layout l = lay_out(mosaic);
    smi_script script = {0};
    smi_picture_begin(&script, target, l.total_width, l.total_height);
    set_plane(&script, mosaic, &l);
    for (size_t i = 0; i < mosaic->count; i++) {
        add_surroundings(&script, mosaic, &l, i);
        smi_script_add(&script, "$tile%zu << EOD\n", i);
        if (mosaic->channels == 1) {
            add_grey(&script, mosaic, &l, mosaic->tiles[i].values);
        } else {
            add_colour(&script, mosaic, &l, mosaic->tiles[i].values);
        }
        smi_script_add(&script, "EOD\n");
    }
    add_plot(&script, mosaic, &l);
    return smi_picture_finish(&script, target);
}
