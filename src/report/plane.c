#include "report/plane.h"

#include "base/memory.h"
#include "plot/palette.h"
#include "report/image.h"
#include "report/scale.h"

/* The indices of cells are SMI_CLASS_COLOURS × SHADES, then comes that of borders. */
enum { SHADES = 24, BORDER = SMI_CLASS_COLOURS * SHADES, MOST_KEYS = 24, LONGEST_NAME = 30 };

static const smi_scale across = {.start = 46.0, .end = 468.0};
static const smi_scale up = {.start = 378.0, .end = 34.0};

static uint8_t index_of(const smi_regions *const r, const size_t row, const size_t column)
{
    if (smi_is_region_border(r, row, column)) {
        return BORDER;
    }
    const size_t shade = (size_t)((SHADES - 1) * smi_region_certainty(r, row, column) + 0.5);
    return (uint8_t)((size_t)smi_region_class(r, row, column) % SMI_CLASS_COLOURS * SHADES + shade);
}

static void make_colours(uint32_t colours[BORDER + 1])
{
    for (size_t c = 0; c < SMI_CLASS_COLOURS; c++) {
        for (size_t s = 0; s < SHADES; s++) {
            const double share = 0.08 + 0.37 * (double)s / (SHADES - 1);
            colours[c * SHADES + s] = smi_class_colour(c) << 8 | (uint32_t)(255.0 * share);
        }
    }
    colours[BORDER] = SMI_GREY << 8 | 0xffU;
}

static bool put_cells(smi_html *const html, const smi_regions *const r, const smi_frame *const f)
{
    uint32_t colours[BORDER + 1];
    uint8_t *const indices = smi_array(r->plane.rows, r->plane.columns);
    if (indices == NULL) {
        return false;
    }
    make_colours(colours);
    for (size_t row = 0; row < r->plane.rows; row++) {
        for (size_t column = 0; column < r->plane.columns; column++) {
            indices[(r->plane.rows - 1 - row) * r->plane.columns + column] =
                index_of(r, row, column);
        }
    }
    smi_html_markup(html,
                    "<image x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
                    "preserveAspectRatio=\"none\" href=\"",
                    f->x.start, f->y.end, f->x.end - f->x.start, f->y.start - f->y.end);
    const bool made =
        smi_html_indexed(html, indices, r->plane.rows, r->plane.columns, colours, BORDER + 1);
    smi_html_markup(html, "\"/>\n");
    smi_free(indices);
    return made;
}

/* A part of a path: disc, square, triangle, diamond, triangle on its tip, pentagon, cross, as
 * pictures have them. */
static void put_shape(smi_html *const html, const size_t shape, const double x, const double y,
                      const double size)
{
    static const char *const shapes[SMI_CLASS_SHAPES] = {
        "m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z",
        "m-.9-.9h1.8v1.8h-1.8z",
        "m0-1.2l1.1 1.9h-2.2z",
        "m0-1.25l1.25 1.25l-1.25 1.25l-1.25-1.25z",
        "m0 1.2l1.1-1.9h-2.2z",
        "m0-1.15l1.1.8l-.42 1.25h-1.36l-.42-1.25z",
        "m-.35-1.1h.7v.75h.75v.7h-.75v.75h-.7v-.75h-.75v-.7h.75z"};
    smi_html_markup(html, "<path transform=\"translate(%.1f %.1f)scale(%.3g)\" d=\"M0 0%s\"/>\n", x,
                    y, size, shapes[shape]);
}

static void put_group(smi_html *const html, const int32_t class)
{
    if (class < 0) {
        smi_html_markup(html,
                        "<g class=\"mark\" fill=\"var(--soft)\" style=\"stroke-width:.3\">\n");
    } else {
        const int colour = (int)class % SMI_CLASS_COLOURS;
        smi_html_markup(html,
                        "<g class=\"mark\" fill=\"var(--class-%d)\" "
                        "style=\"stroke:var(--rim-%d);stroke-width:.3\">\n",
                        colour, colour);
    }
}

static void put_points(smi_html *const html, const smi_regions *const r, const smi_frame *const f,
                       const int32_t class)
{
    const double size = r->count <= 300 ? 3.2 : 2.4;
    const size_t shape = class < 0 ? 0 : (size_t) class % SMI_CLASS_SHAPES;
    put_group(html, class);
    for (size_t i = 0; i < r->count; i++) {
        if (r->labels[i] == class) {
            put_shape(html, shape, smi_scale_place(&f->x, (double)r->points[2 * i]),
                      smi_scale_place(&f->y, (double)r->points[2 * i + 1]), size);
        }
    }
    smi_html_markup(html, "</g>\n");
}

static void put_keys(smi_html *const html, const smi_regions *const r)
{
    smi_html_markup(html, "<ul class=\"key\">\n");
    for (size_t c = 0; c < r->classes && c < MOST_KEYS; c++) {
        smi_html_markup(html, "<li><svg viewBox=\"0 0 24 14\" aria-hidden=\"true\">");
        put_group(html, (int32_t)c);
        put_shape(html, c % SMI_CLASS_SHAPES, 12.0, 7.0, 5.0);
        smi_html_markup(html, "</g></svg>");
        smi_html_name(html, r->names[c], LONGEST_NAME);
        smi_html_markup(html, "</li>\n");
    }
    if (r->classes > MOST_KEYS) {
        smi_html_markup(html, "<li>and %zu more classes</li>\n", r->classes - MOST_KEYS);
    }
    smi_html_markup(html, "</ul>\n");
}

bool smi_html_plane(smi_html *const html, const smi_regions *const regions)
{
    smi_frame frame = {.x = across, .y = up};
    frame.x.from = regions->plane.left;
    frame.x.to = regions->plane.right;
    frame.y.from = regions->plane.bottom;
    frame.y.to = regions->plane.top;
    smi_frame_make_room(&frame);
    smi_chart_begin(html, "regions-chart", 480.0, 424.0, "Decision regions",
                    "The plane of the two features in the colours of the classes that the model "
                    "gives each place, and the rows over it in the colours and shapes of their "
                    "own.");
    const bool made = put_cells(html, regions, &frame);
    smi_chart_axes(html, &frame, regions->x_name, regions->y_name);
    for (int32_t c = -1; c < (int32_t)regions->classes; c++) {
        put_points(html, regions, &frame, c);
    }
    smi_chart_end(html);
    put_keys(html, regions);
    smi_html_markup(html, "</figure>\n");
    return made;
}
