#include "plot/run_key.h"

#include <math.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/text_room.h"

/* In pixels, but for names: LONGEST_NAME in columns, WIDEST_NAME in ems. SAMPLE: a piece of a
 * curve; each run has one of either kind, if it has the curve. */
enum {
    LONGEST_NAME = 40,
    WIDEST_NAME = 20,
    EM = 15,
    SAMPLE = 62,
    GAP = 16,
    MARGIN = 24,
    HEADING = 26,
    LINE = 21,
    BELOW = 10
};

smi_run_style smi_run_style_of(const size_t run, const bool validation)
{
    enum { SHADES = 3, MARKS = 5 }; /* gnuplot has five dashes, too */
    static const uint32_t shades[2][SHADES] = {{SMI_BLUE, 0x00304fU, 0x56b4e9U},
                                               {SMI_RED, 0x8a1c00U, 0xf0955cU}};
    static const unsigned dashes[MARKS] = {1, 2, 4, 5, 3}; /* the faintest last */
    /* Disc, triangle, square, diamond, triangle on its tip; hollow ones are one less. */
    static const unsigned shapes[MARKS] = {7, 9, 5, 13, 11};
    return (smi_run_style){.colour = shades[validation][run % SHADES],
                           .dash = dashes[run / SHADES % MARKS],
                           .shape = shapes[run % MARKS] - (validation ? 0 : 1),
                           .width = run < (size_t)SHADES * MARKS ? 2 : 4};
}

/* Runs beside each other, each in so many pixels, in the middle of the picture. Of the two kinds of
 * curves those that no run has take no room. */
typedef struct grid {
    bool kinds[2];  /* train, validation */
    size_t samples; /* pixels that come before a name */
    size_t left;
    size_t columns;
    size_t rows;
    size_t cell;
} grid;

static size_t columns_of(const char *const name)
{
    return smi_columns_within(name, LONGEST_NAME, WIDEST_NAME);
}

static grid lay_out(const smi_run_entry *const entries, const size_t count, const size_t width)
{
    double widest = 0.0;
    grid g = {.kinds = {false, false}};
    for (size_t i = 0; i < count; i++) {
        widest = fmax(widest, smi_text_width(entries[i].name, columns_of(entries[i].name)));
        g.kinds[0] = g.kinds[0] || entries[i].train;
        g.kinds[1] = g.kinds[1] || entries[i].validation;
    }
    const size_t margins = (size_t)2 * MARGIN;
    g.samples = ((size_t)g.kinds[0] + (size_t)g.kinds[1]) * (SAMPLE + GAP);
    g.cell = g.samples + (size_t)(widest * EM) + MARGIN;
    g.columns = smi_max_size(smi_min_size((width - margins) / g.cell, count), 1);
    g.left = (width - smi_min_size(g.columns * g.cell, width)) / 2;
    g.rows = (count + g.columns - 1) / g.columns;
    return g;
}

size_t smi_run_key_height(const smi_run_entry *const entries, const size_t count,
                          const size_t width)
{
    return HEADING + lay_out(entries, count, width).rows * LINE + BELOW;
}

/* Where a run stands, from the top left corner of the key. */
typedef struct place {
    size_t x;
    size_t y;
} place;

static place place_of(const grid *const g, const size_t run)
{
    const size_t columns =
        smi_max_size(g->columns, 1); /* as it is, which the analyser does not see */
    return (place){g->left + run % columns * g->cell, HEADING + run / columns * LINE + LINE / 2};
}

static size_t sample_at(const grid *const g, const place at, const bool validation)
{
    return at.x + (validation && g->kinds[0] ? SAMPLE + GAP : 0);
}

/* The ends of the two samples of each run, and their middles. */
static void add_samples(smi_script *const script, const grid *const g, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const place at = place_of(g, i);
        for (int v = 0; v < 2; v++) {
            const size_t x = sample_at(g, at, v == 1);
            smi_script_add(script, "$sample%zu%c << EOD\n%zu %zu\n%zu %zu\n%zu %zu\nEOD\n", i,
                           v == 1 ? 'v' : 't', x, at.y, x + SAMPLE / 2, at.y, x + SAMPLE, at.y);
        }
    }
}

static void add_texts(smi_script *const script, const smi_run_entry *const entries,
                      const size_t count, const grid *const g)
{
    static const char *const headings[] = {"train", "validation"};
    for (size_t c = 0; c < g->columns; c++) {
        for (int v = 0; v < 2; v++) {
            if (!g->kinds[v]) {
                continue;
            }
            smi_script_add(script,
                           "set label '%s' at %zu,%d center font ',9' textcolor rgb '#%06x'\n",
                           headings[v], sample_at(g, place_of(g, c), v == 1) + SAMPLE / 2,
                           HEADING / 2, v == 1 ? SMI_RED : SMI_BLUE);
        }
    }
    for (size_t i = 0; i < count; i++) {
        const place at = place_of(g, i);
        smi_script_add(script, "set label ");
        smi_script_quote(script, entries[i].name, columns_of(entries[i].name));
        smi_script_add(script, " at %zu,%zu left textcolor rgb '#%06x'\n", at.x + g->samples, at.y,
                       SMI_TEXT);
    }
}

void smi_run_key_add(smi_script *const script, const smi_run_entry *const entries,
                     const size_t count, const size_t width, const size_t height)
{
    const grid g = lay_out(entries, count, width);
    const size_t key = smi_run_key_height(entries, count, width);
    const char *before = "plot ";
    add_samples(script, &g, count);
    smi_script_add(script,
                   "unset border\nunset tics\nunset grid\nunset xlabel\nunset ylabel\nunset key\n"
                   "set offsets 0,0,0,0\nset xrange [0:%zu]\nset yrange [%zu:0]\n"
                   "set lmargin at screen 0\nset rmargin at screen 1\n"
                   "set bmargin at screen 0\nset tmargin at screen %.5f\n",
                   width, key, (double)key / (double)height);
    add_texts(script, entries, count, &g);
    for (size_t i = 0; i < count; i++) {
        for (int v = 0; v < 2; v++) {
            const smi_run_style style = smi_run_style_of(i, v == 1);
            if (v == 1 ? entries[i].validation : entries[i].train) {
                smi_script_add(script,
                               "%s$sample%zu%c with lines dashtype %u linewidth %u linecolor rgb "
                               "'#%06x', \\\n '' every ::1::1 with points pointtype %u linewidth "
                               "1.5 linecolor rgb '#%06x'",
                               before, i, v == 1 ? 'v' : 't', style.dash, style.width, style.colour,
                               style.shape, style.colour);
                before = ", \\\n ";
            }
        }
    }
    smi_script_add(script, "\n");
}
