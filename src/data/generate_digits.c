/* Handwriting-like digits, 28 × 28 bytes, white on black as in MNIST. Each is drawn from strokes
 * whose points are jittered, then slanted, turned, stretched, shifted and bent by a smooth wave,
 * with a pen of random width. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/portable_math.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/digit_strokes.h"
#include "data/generator.h"

enum { SIDE = 28, PIXELS = SIDE * SIDE, PIECES = 6, WAVES = 2 };

/* One hand's way of writing one digit: drawn anew for each. */
typedef struct hand {
    double xx, xy, yx, yy; /* unit square, centred, to pixels */
    double shift_x;        /* pixels */
    double shift_y;
    double radius; /* of the pen, pixels */
    double ink;    /* darkest value, 0 … 255 */
    struct {
        double frequency_x, frequency_y; /* turns per unit square */
        double phase;                    /* turns */
        double bend_x, bend_y;           /* unit squares */
    } waves[WAVES];
} hand;

static hand draw_hand(smi_random *const random)
{
    const double height = smi_random_between(random, 17.0, 21.5);
    const double width = height * smi_random_between(random, 0.75, 1.1);
    const double slant = 0.16 + 0.22 * smi_random_normal(random);
    const double turn = 0.018 * smi_random_normal(random);
    const double cosine = smi_portable_cos(turn);
    const double sine = smi_portable_sin(turn);
    /* Stretch, then slant (the top goes right), then turn. */
    hand h = {.xx = cosine * width,
              .xy = (-slant * cosine - sine) * height,
              .yx = sine * width,
              .yy = (cosine - slant * sine) * height,
              .shift_x = 0.7 * smi_random_normal(random),
              .shift_y = 0.7 * smi_random_normal(random),
              .radius = smi_random_between(random, 0.75, 1.6),
              .ink = smi_random_between(random, 215.0, 255.0)};
    for (size_t w = 0; w < WAVES; w++) {
        h.waves[w].frequency_x = smi_random_between(random, -1.0, 1.0);
        h.waves[w].frequency_y = smi_random_between(random, -1.0, 1.0);
        h.waves[w].phase = smi_random_double(random);
        h.waves[w].bend_x = 0.045 * smi_random_normal(random);
        h.waves[w].bend_y = 0.045 * smi_random_normal(random);
    }
    return h;
}

/* From the unit square to pixels. */
static smi_pen_point place(const hand *const h, const smi_pen_point point)
{
    double x = point.x - 0.5;
    double y = point.y - 0.5;
    for (size_t w = 0; w < WAVES; w++) {
        const double wave = smi_portable_sin(h->waves[w].frequency_x * point.x +
                                             h->waves[w].frequency_y * point.y + h->waves[w].phase);
        x += h->waves[w].bend_x * wave;
        y += h->waves[w].bend_y * wave;
    }
    const double centre = 0.5 * (SIDE - 1);
    return (smi_pen_point){centre + h->shift_x + h->xx * x + h->xy * y,
                           centre + h->shift_y + h->yx * x + h->yy * y};
}

/* Where the curve of Catmull and Rom through b and c, coming from a and going to d, is at t. */
static smi_pen_point spline(const smi_pen_point a, const smi_pen_point b, const smi_pen_point c,
                            const smi_pen_point d, const double t)
{
    const double wa = ((2.0 - t) * t - 1.0) * t;
    const double wb = (3.0 * t - 5.0) * t * t + 2.0;
    const double wc = ((4.0 - 3.0 * t) * t + 1.0) * t;
    const double wd = (t - 1.0) * t * t;
    return (smi_pen_point){0.5 * (wa * a.x + wb * b.x + wc * c.x + wd * d.x),
                           0.5 * (wa * a.y + wb * b.y + wc * c.y + wd * d.y)};
}

/* The distance from p to the segment from a to b. */
static double distance(const smi_pen_point p, const smi_pen_point a, const smi_pen_point b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    double t = square > 0.0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0.0;
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    const double ex = p.x - a.x - t * dx;
    const double ey = p.y - a.y - t * dy;
    return sqrt(ex * ex + ey * ey);
}

/* The range of pixels, clipped to the picture, that lie within `reach` of both values. */
static void pixel_range(const double a, const double b, const double reach, int *const first,
                        int *const last)
{
    const double low = (a < b ? a : b) - reach;
    const double high = (a < b ? b : a) + reach;
    *first = low <= 0.0 ? 0 : low >= SIDE ? SIDE : (int)low;
    *last = high < 0.0 ? -1 : high >= SIDE - 1 ? SIDE - 1 : (int)high;
}

/* The pen goes from a to b: each pixel keeps the most ink it ever got, softened at the rim. */
static void draw_segment(const hand *const h, const smi_pen_point a, const smi_pen_point b,
                         uint8_t *const picture)
{
    int first_x = 0;
    int last_x = 0;
    int first_y = 0;
    int last_y = 0;
    pixel_range(a.x, b.x, h->radius + 1.0, &first_x, &last_x);
    pixel_range(a.y, b.y, h->radius + 1.0, &first_y, &last_y);
    for (int y = first_y; y <= last_y; y++) {
        for (int x = first_x; x <= last_x; x++) {
            const smi_pen_point pixel = {(double)x, (double)y};
            double cover = h->radius + 0.5 - distance(pixel, a, b);
            cover = cover < 0.0 ? 0.0 : cover > 1.0 ? 1.0 : cover;
            const uint8_t value = (uint8_t)(cover * h->ink + 0.5);
            uint8_t *const at = &picture[y * SIDE + x];
            *at = value > *at ? value : *at;
        }
    }
}

static void draw_stroke(const hand *const h, const smi_stroke *const stroke,
                        smi_random *const random, uint8_t *const picture)
{
    smi_pen_point points[SMI_STROKE_POINTS] = {{0.0, 0.0}};
    for (size_t i = 0; i < stroke->count; i++) {
        const bool corner = i > 0 && stroke->points[i].x == stroke->points[i - 1].x &&
                            stroke->points[i].y == stroke->points[i - 1].y;
        points[i] = stroke->points[i];
        points[i].x += 0.028 * smi_random_normal(random);
        points[i].y += 0.028 * smi_random_normal(random);
        points[i] = corner ? points[i - 1] : points[i];
    }
    smi_pen_point from = place(h, points[0]);
    for (size_t i = 0; i + 1 < stroke->count; i++) {
        const smi_pen_point before = points[i == 0 ? 0 : i - 1];
        const smi_pen_point after = points[smi_min_size(i + 2, stroke->count - 1)];
        for (size_t piece = 1; piece <= PIECES; piece++) {
            const double t = (double)piece / PIECES;
            const smi_pen_point to = place(h, spline(before, points[i], points[i + 1], after, t));
            draw_segment(h, from, to, picture);
            from = to;
        }
    }
}

static void draw_digit(const size_t digit, smi_random *const random, uint8_t *const picture)
{
    const smi_digit_glyphs *const ways = &smi_digits[digit];
    const smi_glyph *const glyph = &ways->glyphs[smi_random_below(random, ways->count)];
    const hand h = draw_hand(random);
    for (size_t s = 0; s < glyph->count; s++) {
        draw_stroke(&h, &glyph->strokes[s], random, picture);
    }
}

sm_status smi_make_digits(const smi_generator_settings *const settings, sm_dataset **const dataset)
{
    const size_t rows = (size_t)settings->n;
    uint8_t *const x = smi_array(rows, PIXELS);
    int32_t *const labels = smi_array(rows, sizeof *labels);
    if (x == NULL || labels == NULL) {
        smi_free(x);
        smi_free(labels);
        return smi_fail(SM_ERROR_MEMORY, "not enough memory for %zu pictures", rows);
    }
    for (size_t r = 0; r < rows; r++) {
        smi_random random = smi_row_random(settings, r);
        labels[r] = (int32_t)smi_random_below(&random, 10);
        draw_digit((size_t)labels[r], &random, x + r * PIXELS);
    }
    const sm_status status =
        smi_dataset_take("digits", SM_U8, x, rows, PIXELS, labels, 10, dataset);
    return status == SM_OK ? sm_dataset_set_image_shape(*dataset, SIDE, SIDE) : status;
}
