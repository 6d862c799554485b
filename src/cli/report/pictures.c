/* The sections of a report that draw the model: its weights, and its decision regions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/exit_status.h"
#include "cli/feature_names.h"
#include "cli/plot/first_layer.h"
#include "cli/plot/plane.h"
#include "cli/report/sections.h"
#include "cli/row_cells.h"
#include "cli/terminal.h"
#include "report/image.h"
#include "report/plane.h"

enum {
    MOST_PICTURES = 64,
    MOST_PANELS = 24,
    MOST_UNITS = 12,
    BARS = 10,
    POINTS = 1000,
    LONGEST_NAME = 60
};

/* ---- regions ---- */

int cli_report_regions(const cli_report *const r)
{
    cli_feature_names features = {0};
    cli_plane plane = {0};
    int status = cli_name_features(&r->data_shape, &features)
                     ? cli_fill_plane(r->model, r->dataset, POINTS, 0, &plane)
                     : CLI_FAILURE;
    if (status == CLI_SUCCESS) {
        const smi_regions regions = {.title = "",
                                     .x_name = features.list[0],
                                     .y_name = features.list[1],
                                     .names = r->model_shape.class_names,
                                     .classes = r->model_shape.classes,
                                     .plane = plane.plane,
                                     .cells = plane.cells,
                                     .probabilities = plane.certainty,
                                     .points = plane.points,
                                     .labels = plane.labels,
                                     .count = plane.count};
        smi_html_markup(r->html, "<p>The colour of a place is the class that the model gives it, "
                                 "the fainter the less certain; points are ");
        if (plane.count < r->metrics.rows) {
            smi_html_count(r->html, plane.count);
            smi_html_markup(r->html, " of ");
        }
        smi_html_count(r->html, r->metrics.rows);
        smi_html_markup(r->html, " rows%s, in the colour and shape of their own class.</p>\n",
                        plane.count < r->metrics.rows ? ", at random" : "");
        if (!smi_html_plane(r->html, &regions)) {
            cli_say("not enough memory for the picture of the regions");
            status = CLI_FAILURE;
        }
    }
    cli_free_plane(&plane);
    cli_free_feature_names(&features);
    return status;
}

/* ---- weights ---- */

static void put_some(const cli_report *const r, const cli_first_layer *const layer,
                     const size_t shown)
{
    if (shown < layer->outputs) {
        smi_html_markup(r->html, " The first %zu of ", shown);
        smi_html_count(r->html, layer->outputs);
        smi_html_markup(r->html, " are shown.");
    }
    smi_html_markup(r->html, "</p>\n");
}

static int put_pictures(const cli_report *const r, const cli_first_layer *const layer)
{
    const size_t pixels = layer->shape.features / r->channels;
    const size_t count = layer->outputs < MOST_PICTURES ? layer->outputs : MOST_PICTURES;
    float *const values = calloc(count, pixels * sizeof *values);
    char name[256];
    bool made = values != NULL;
    for (size_t i = 0; made && i < count; i++) {
        cli_weight_pixels(layer, i, r->channels, values + i * pixels);
    }
    double most = 1.0;
    made = made && cli_full_colour(values, count * pixels, &most);
    smi_html_markup(r->html,
                    "<p>What each %s looks for: vermilion where bright pixels speak for it, blue "
                    "where they speak against it; full colour is a weight of %.3g or more.",
                    layer->network ? "unit of the first layer" : "class", most);
    put_some(r, layer, count);
    smi_html_markup(r->html, "<ul class=\"tiles weights\">\n");
    for (size_t i = 0; made && i < count; i++) {
        const smi_image image = {.values = values + i * pixels,
                                 .height = layer->shape.image_height,
                                 .width = layer->shape.image_width,
                                 .channels = 1,
                                 .signed_values = true,
                                 .least = -most,
                                 .most = most};
        cli_name_output(layer, i, name, sizeof name);
        smi_html_markup(r->html, "<li><img alt=\"Weights of ");
        smi_html_plain(r->html, name, LONGEST_NAME);
        smi_html_markup(r->html, "\" ");
        made = smi_html_image(r->html, &image);
        smi_html_markup(r->html, ">");
        smi_html_name(r->html, name, LONGEST_NAME);
        smi_html_markup(r->html, "</li>\n");
    }
    smi_html_markup(r->html, "</ul>\n");
    free(values);
    if (!made) {
        cli_say("not enough memory for %zu pictures", count);
        return CLI_FAILURE;
    }
    return CLI_SUCCESS;
}

/* What bars are drawn from. */
typedef struct bars {
    cli_row_cells cells; /* for the names */
    float *room;         /* features */
    size_t places[BARS];
    size_t count;
    double most; /* what a bar of full length is */
} bars;

/* Where all features come from one column, its name need not be said. */
static const char *bar_name(const bars *const b, const size_t feature)
{
    return b->cells.count == 1 && b->cells.left_out == 0
               ? cli_value_name(&b->cells, &b->cells.list[0], feature)
               : b->cells.names.list[feature];
}

static void put_panel(const cli_report *const r, const cli_first_layer *const layer,
                      const size_t output, bars *const b)
{
    char name[256];
    cli_name_output(layer, output, name, sizeof name);
    cli_largest_weights(layer, output, b->room, b->count, b->places);
    smi_html_markup(r->html, "<table>\n<caption>");
    smi_html_name(r->html, name, LONGEST_NAME);
    smi_html_markup(r->html, "</caption>\n<thead><tr><th scope=\"col\">feature</th><th "
                             "scope=\"col\" class=\"number\">weight</th><th scope=\"col\">against "
                             "or for</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < b->count; i++) {
        const double weight = (double)layer->kernel[b->places[i] * layer->outputs + output];
        smi_html_markup(r->html, "<tr><th scope=\"row\">");
        smi_html_name(r->html, bar_name(b, b->places[i]), LONGEST_NAME);
        smi_html_markup(r->html,
                        "</th><td class=\"number\">%.3f</td><td><div class=\"signed\"><span "
                        "class=\"%s\" style=\"--share:%.3f\"></span></div></td></tr>\n",
                        weight, weight < 0.0 ? "against" : "for", fabs(weight) / b->most);
    }
    smi_html_markup(r->html, "</tbody>\n</table>\n");
}

/* The largest weight of those outputs that are shown. */
static double largest_shown(const cli_first_layer *const layer, const size_t outputs)
{
    double largest = 0.0;
    for (size_t f = 0; f < layer->shape.features; f++) {
        for (size_t o = 0; o < outputs; o++) {
            largest = fmax(largest, fabs((double)layer->kernel[f * layer->outputs + o]));
        }
    }
    return largest > 0.0 ? largest : 1.0;
}

static int put_bars(const cli_report *const r, const cli_first_layer *const layer)
{
    const size_t features = layer->shape.features;
    const size_t most = layer->network ? MOST_UNITS : MOST_PANELS;
    const size_t panels = layer->outputs < most ? layer->outputs : most;
    bars b = {.count = features < BARS ? features : BARS, .most = largest_shown(layer, panels)};
    b.room = calloc(features, sizeof *b.room);
    if (b.room == NULL) {
        cli_say("not enough memory for %zu weights", features);
        return CLI_FAILURE;
    }
    if (!cli_row_cells_of(&r->model_shape, &b.cells)) {
        free(b.room);
        return CLI_FAILURE;
    }
    smi_html_markup(r->html,
                    "<p>The %zu largest weights of each %s%s: to the right what speaks for "
                    "it, to the left what speaks against it.",
                    b.count, layer->network ? "unit of the first layer" : "class",
                    layer->shape.column_scale == NULL ? ""
                                                      : ", for features as the model scales them");
    put_some(r, layer, panels);
    smi_html_markup(r->html, "<div class=\"panels\">\n");
    for (size_t i = 0; i < panels; i++) {
        put_panel(r, layer, i, &b);
    }
    smi_html_markup(r->html, "</div>\n");
    cli_free_row_cells(&b.cells);
    free(b.room);
    return CLI_SUCCESS;
}

int cli_report_weights(const cli_report *const r)
{
    cli_first_layer layer;
    if (!cli_first_layer_of(r->model, &layer)) {
        return CLI_FAILURE;
    }
    const int status = r->channels > 0 ? put_pictures(r, &layer) : put_bars(r, &layer);
    cli_free_first_layer(&layer);
    return status;
}
