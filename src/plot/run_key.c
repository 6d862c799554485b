#include "plot/run_key.h"

#include <string.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/text_room.h"

/* Lengths of pixels or letters, but for names: longest in columns, widest in ems. sample: a piece
 * of a curve; each run has one of either kind, if it has the curve. */
typedef struct measures {
    size_t longest_name;
    size_t widest_name;
    size_t em;
    size_t sample;
    size_t gap;
    size_t margin;
    size_t heading;
    size_t line;
    size_t below;
} measures;

static const measures PIXELS = {.longest_name = 40,
                                .widest_name = 20,
                                .em = 15,
                                .sample = 62,
                                .gap = 16,
                                .margin = 24,
                                .heading = 26,
                                .line = 21,
                                .below = 10};
/* The sample is as long as the heading above it. */
static const measures LETTERS = {.longest_name = 30,
                                 .widest_name = 30,
                                 .em = 1,
                                 .sample = 10,
                                 .gap = 2,
                                 .margin = 2,
                                 .heading = 1,
                                 .line = 1,
                                 .below = 0};

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

/* Runs beside each other, each in so many pixels or letters, in the middle of the picture. Of the
 * two kinds of curves those that no run has take no room. */
typedef struct grid {
    const measures *measures;
    bool kinds[2];  /* train, validation */
    size_t samples; /* what comes before a name */
    size_t left;
    size_t top;
    size_t columns;
    size_t rows;
    size_t cell;
} grid;

static size_t columns_of(const char *const name, const measures *const m)
{
    return smi_columns_within(name, m->longest_name, (double)m->widest_name);
}

static size_t width_of_name(const smi_run_key *const key, const size_t run, const measures *const m)
{
    const char *const name = key->entries[run].name;
    const size_t columns = columns_of(name, m);
    return key->letters ? smi_fit_text(name, columns).columns
                        : (size_t)(smi_text_width(name, columns) * (double)m->em);
}

static grid lay_out(const smi_run_key *const key)
{
    const measures *const m = key->letters ? &LETTERS : &PIXELS;
    grid g = {.measures = m, .kinds = {false, false}};
    size_t widest = 0;
    for (size_t i = 0; i < key->count; i++) {
        widest = smi_max_size(widest, width_of_name(key, i, m));
        g.kinds[0] = g.kinds[0] || key->entries[i].train;
        g.kinds[1] = g.kinds[1] || key->entries[i].validation;
    }
    const size_t room = key->width > 2 * m->margin ? key->width - 2 * m->margin : 0;
    g.samples = ((size_t)g.kinds[0] + (size_t)g.kinds[1]) * (m->sample + m->gap);
    g.cell = g.samples + widest + m->margin;
    g.columns = smi_max_size(smi_min_size(room / g.cell, key->count), 1);
    g.left = (key->width - smi_min_size(g.columns * g.cell, key->width)) / 2;
    g.rows = (key->count + g.columns - 1) / g.columns;
    return g;
}

static size_t height_of(const grid *const g)
{
    return g->measures->heading + g->rows * g->measures->line + g->measures->below;
}

size_t smi_run_key_height(const smi_run_key *const key)
{
    const grid g = lay_out(key);
    return height_of(&g);
}

/* Where a run stands, from the top left corner of the plane. */
typedef struct place {
    size_t x;
    size_t y;
} place;

static place place_of(const grid *const g, const size_t run)
{
    const size_t columns =
        smi_max_size(g->columns, 1); /* as it is, which the analyser does not see */
    const measures *const m = g->measures;
    return (place){g->left + run % columns * g->cell,
                   g->top + m->heading + run / columns * m->line + m->line / 2};
}

static size_t sample_at(const grid *const g, const place at, const bool validation)
{
    return at.x + (validation && g->kinds[0] ? g->measures->sample + g->measures->gap : 0);
}

/* The ends of the two samples of each run, and their middles. */
static void add_samples(smi_script *const script, const grid *const g, const size_t count)
{
    const size_t length = g->measures->sample;
    for (size_t i = 0; i < count; i++) {
        const place at = place_of(g, i);
        for (int v = 0; v < 2; v++) {
            const size_t x = sample_at(g, at, v == 1);
            smi_script_add(script, "$sample%zu%c << EOD\n%zu %zu\n%zu %zu\n%zu %zu\nEOD\n", i,
                           v == 1 ? 'v' : 't', x, at.y, x + length / 2, at.y, x + length, at.y);
        }
    }
}

/* The heading above samples of validation: what they are of, if all are of the same. */
static const char *held_out_name(const smi_run_key *const key)
{
    const char *name = NULL;
    for (size_t i = 0; i < key->count; i++) {
        const smi_run_entry *const entry = &key->entries[i];
        if (entry->validation && name != NULL && strcmp(name, entry->held_out) != 0) {
            return "held out";
        }
        name = entry->validation ? entry->held_out : name;
    }
    return name;
}

static void add_texts(smi_script *const script, const smi_run_key *const key, const grid *const g)
{
    const char *const headings[] = {"train", held_out_name(key)};
    const measures *const m = g->measures;
    for (size_t c = 0; c < g->columns; c++) {
        for (int v = 0; v < 2; v++) {
            if (!g->kinds[v]) {
                continue;
            }
            smi_script_add(script,
                           "set label '%s' at %zu,%zu center font ',9' textcolor rgb '#%06x'\n",
                           headings[v], sample_at(g, place_of(g, c), v == 1) + m->sample / 2,
                           g->top + m->heading / 2, v == 1 ? SMI_RED : SMI_BLUE);
        }
    }
    for (size_t i = 0; i < key->count; i++) {
        const place at = place_of(g, i);
        smi_script_add(script, "set label ");
        smi_script_quote(script, key->entries[i].name, columns_of(key->entries[i].name, m));
        smi_script_add(script, " at %zu,%zu left textcolor rgb '#%06x'\n", at.x + g->samples, at.y,
                       SMI_TEXT);
    }
}

/* The plane of the key. Of letters it is the whole picture, whose first and last are the ends of
 * the axes: any part of it is rounded, and lines then fall together. */
static void set_plane(smi_script *const script, const smi_run_key *const key, const grid *const g,
                      const size_t height)
{
    const size_t end = key->letters ? height - 1 : height_of(g);
    smi_script_add(script,
                   "unset border\nunset tics\nunset grid\nunset xlabel\nunset ylabel\nunset key\n"
                   "%sset offsets 0,0,0,0\nset xrange [0:%zu]\nset yrange [%zu:0]\n"
                   "set lmargin at screen 0\nset rmargin at screen 1\n"
                   "set bmargin at screen 0\nset tmargin at screen %.5f\n",
                   key->letters ? "unset title\n" : "", key->width - (key->letters ? 1 : 0), end,
                   key->letters ? 1.0 : (double)end / (double)height);
}

void smi_run_key_add(smi_script *const script, const smi_run_key *const key, const size_t height)
{
    grid g = lay_out(key);
    const char *before = "plot ";
    size_t curve = 0; /* as the panels count them: gnuplot's letters go by that */
    g.top = key->letters ? height - height_of(&g) : 0;
    add_samples(script, &g, key->count);
    set_plane(script, key, &g, height);
    add_texts(script, key, &g);
    for (size_t i = 0; i < key->count; i++) {
        for (int v = 0; v < 2; v++) {
            const smi_run_style style = smi_run_style_of(i, v == 1);
            if (!(v == 1 ? key->entries[i].validation : key->entries[i].train)) {
                continue;
            }
            smi_script_add(script, "%s$sample%zu%c with lines ", before, i, v == 1 ? 'v' : 't');
            if (key->letters) {
                smi_script_add(script, "linetype %zu ", ++curve);
            }
            smi_script_add(script,
                           "dashtype %u linewidth %u linecolor rgb '#%06x', \\\n '' every ::1::1 "
                           "with points pointtype %u linewidth 1.5 linecolor rgb '#%06x'",
                           style.dash, style.width, style.colour, style.shape, style.colour);
            before = ", \\\n ";
        }
    }
    smi_script_add(script, "\n");
}
