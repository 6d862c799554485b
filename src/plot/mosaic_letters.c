#include "plot/mosaic_letters.h"

#include <math.h>

#include "base/memory.h"
#include "plot/tile_title.h"

/* Characters; a letter is about twice as high as it is wide, and shows two pixels. */
enum { WIDEST = 28, NARROWEST = 14, TITLE = 12, GAP = 2 };

typedef struct sheet {
    const smi_picture_target *target;
    const smi_mosaic *mosaic;
    size_t across; /* tiles beside each other */
    size_t width;  /* of a tile, in characters */
    size_t cell;   /* likewise, with its title */
    size_t lines;  /* of a tile */
    smi_script text;
} sheet;

static void lay_out(sheet *const s)
{
    const smi_mosaic *const m = s->mosaic;
    const size_t columns = s->target->columns;
    const size_t narrowest = smi_max_size(smi_min_size(m->width, NARROWEST), TITLE);
    s->across = smi_max_size(smi_min_size(m->columns, columns / (narrowest + GAP)), 1);
    s->width = smi_min_size(smi_min_size(m->width, WIDEST), columns / s->across - GAP);
    s->cell = smi_max_size(s->width, TITLE);
    const double scale = (double)m->width / (double)s->width; /* pixels a character */
    s->lines = smi_max_size((size_t)ceil((double)m->height / scale / 2.0), 1);
}

/* The mean of one channel, from 0 to 1, over what half a character covers; row: of halves. */
static double brightness(const sheet *const s, const float *const values, const size_t row,
                         const size_t column, const size_t channel)
{
    const smi_mosaic *const m = s->mosaic;
    const size_t top = row * m->height / (2 * s->lines);
    const size_t left = column * m->width / s->width;
    const size_t bottom = smi_max_size((row + 1) * m->height / (2 * s->lines), top + 1);
    const size_t right = smi_max_size((column + 1) * m->width / s->width, left + 1);
    double sum = 0.0;
    for (size_t r = top; r < bottom; r++) {
        for (size_t c = left; c < right; c++) {
            sum += (double)values[(r * m->width + c) * m->channels + channel];
        }
    }
    const double mean = sum / (double)((bottom - top) * (right - left));
    return fmin(fmax((mean - m->least) / (m->most - m->least), 0.0), 1.0);
}

static unsigned cube(const double red, const double green, const double blue)
{
    return 16U + 36U * (unsigned)lround(5.0 * red) + 6U * (unsigned)lround(5.0 * green) +
           (unsigned)lround(5.0 * blue);
}

/* Of a terminal's 256 colours: greys are 232 … 255; signed values are blue to white to red. */
static unsigned colour_at(const sheet *const s, const float *const values, const size_t row,
                          const size_t column)
{
    const double first = brightness(s, values, row, column, 0);
    if (s->mosaic->channels == 3) {
        return cube(first, brightness(s, values, row, column, 1),
                    brightness(s, values, row, column, 2));
    }
    if (s->mosaic->scale == NULL) {
        return 232U + (unsigned)lround(23.0 * first);
    }
    return first < 0.5 ? cube(2.0 * first, 2.0 * first, 1.0)
                       : cube(1.0, 2.0 - 2.0 * first, 2.0 - 2.0 * first);
}

static void add_blocks(sheet *const s, const float *const values, const size_t line)
{
    for (size_t c = 0; c < s->width; c++) {
        smi_script_add(&s->text, "\x1b[38;5;%u;48;5;%um▀", colour_at(s, values, 2 * line, c),
                       colour_at(s, values, 2 * line + 1, c));
    }
    smi_script_add(&s->text, "\x1b[0m");
}

/* Grey is dark to bright; signed values are minus and plus signs where they are not near 0. */
static void add_letters(sheet *const s, const float *const values, const size_t line)
{
    static const char greys[] = " .:-=+*#%@";
    static const char signs[] = "==--   ++##";
    const bool grey = s->mosaic->scale == NULL;
    const char *const letters = grey ? greys : signs;
    const double last = (double)((grey ? sizeof greys : sizeof signs) - 2);
    const size_t channels = s->mosaic->channels;
    for (size_t c = 0; c < s->width; c++) {
        double mean = 0.0;
        for (size_t k = 0; k < channels; k++) {
            mean +=
                brightness(s, values, 2 * line, c, k) + brightness(s, values, 2 * line + 1, c, k);
        }
        mean /= 2.0 * (double)channels;
        smi_script_add(&s->text, "%c", letters[lround(mean * last)]);
    }
}

/* The titles or, from 1 on, a line of the pictures of tiles first … first + across − 1. */
static void add_line(sheet *const s, const size_t first, const size_t line)
{
    const smi_mosaic *const m = s->mosaic;
    for (size_t i = first; i < first + s->across && i < m->count; i++) {
        const smi_tile *const t = &m->tiles[i];
        size_t used = s->width;
        char title[SMI_TILE_TITLE_SIZE];
        if (line > 0 && s->target->blocks) {
            add_blocks(s, t->values, line - 1);
        } else if (line > 0) {
            add_letters(s, t->values, line - 1);
        } else {
            smi_script_add(&s->text, "%s", t->wrong ? (s->target->colour ? "\x1b[31m" : "!") : "");
            smi_tile_title(t, s->cell, title);
            used = smi_script_plain(&s->text, title, s->cell) +
                   (t->wrong && !s->target->colour ? 1 : 0);
            smi_script_add(&s->text, "%s", t->wrong && s->target->colour ? "\x1b[0m" : "");
        }
        const bool last = i + 1 == first + s->across || i + 1 == m->count;
        smi_script_add(&s->text, "%*s", last ? 0 : (int)(s->cell + GAP - used), "");
    }
    smi_script_add(&s->text, "\n");
}

sm_status smi_print_mosaic(const smi_picture_target *const target, const smi_mosaic *const mosaic)
{
    sheet s = {.target = target, .mosaic = mosaic};
    lay_out(&s);
    (void)smi_script_plain(&s.text, mosaic->title, target->columns);
    smi_script_add(&s.text, "\n");
    for (size_t first = 0; first < mosaic->count; first += s.across) {
        smi_script_add(&s.text, "\n");
        for (size_t line = 0; line <= s.lines; line++) {
            add_line(&s, first, line);
        }
    }
    return smi_picture_finish_text(&s.text, target);
}
