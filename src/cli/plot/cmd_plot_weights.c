/* softmax plot weights: what a model's first layer looks for. */
#include <stdio.h>
#include <stdlib.h>

#include "base/picture_shape.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/feature_names.h"
#include "cli/output_argument.h"
#include "cli/plot/first_layer.h"
#include "cli/plot/output.h"
#include "cli/terminal.h"
#include "plot/mosaic.h"
#include "plot/weights.h"

enum { MOST_PICTURES = 40, MOST_PANELS = 12, GRID_COLUMNS = 5, WIDE_GRID_COLUMNS = 8 };

typedef struct weights_settings {
    cli_plot_output output;
    size_t largest;
} weights_settings;

#define AT(field) offsetof(weights_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    {CLI_COUNT, "largest", 'n', "N", "Bars of each class, the N largest weights (default 12)",
     AT(largest), 1.0, 100.0},
    {CLI_HEADING},
};

const cli_syntax cli_plot_weights_syntax = {
    .name = "softmax plot weights",
    .arguments = "MODEL",
    .summary = "Draw what speaks for and against each class",
    .description =
        "Of a model of pictures it draws a picture for each class: red where bright pixels speak "
        "for it, blue where they speak against it; in colour the mean over red, green and blue. "
        "The "
        "colours end where one weight in 200 is larger. "
        "Of other models it draws the largest weights of each class as bars, with the names that a "
        "table gave the features: they belong to the features as the model scales them. Of a "
        "network it draws the units of the first layer in the place of classes; of more than 40 "
        "pictures, or 12 panels of bars, the first, and says so. " CLI_PLOT_HELP,
    .examples = "softmax plot weights mnist.safetensors -o weights.png\n"
                "softmax plot weights penguins.safetensors --largest 5\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

/* "model.safetensors: 40 of 128 units". */
static void set_title(const cli_first_layer *const layer, const char *const path,
                      const size_t drawn, char *const title, const size_t size)
{
    char shown[CLI_PLOT_NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    const char *const noun = layer->network ? "units of the first layer" : "classes";
    cli_plot_name(path, shown);
    if (drawn == layer->outputs) {
        (void)snprintf(title, size, "%s: weights of %zu %s", shown, drawn, noun);
    } else {
        (void)snprintf(title, size, "%s: weights of the first %zu of %s %s", shown, drawn,
                       cli_grouped(layer->outputs, number), noun);
    }
}

typedef char output_name[96];

static int draw_pictures(const cli_first_layer *const layer, const size_t channels,
                         const char *const path, const smi_picture_target *const target)
{
    const sm_shape *const shape = &layer->shape;
    const size_t pixels = shape->features / channels;
    const size_t count = layer->outputs < MOST_PICTURES ? layer->outputs : MOST_PICTURES;
    char title[512];
    char scale[64];
    double full = 1.0;
    float *const values = calloc(count * pixels, sizeof *values);
    smi_tile *const tiles = calloc(count, sizeof *tiles);
    output_name *const names = calloc(count, sizeof *names);
    int status = CLI_FAILURE;
    bool made = values != NULL && tiles != NULL && names != NULL;
    for (size_t i = 0; made && i < count; i++) {
        cli_weight_pixels(layer, i, channels, values + i * pixels);
        cli_name_output(layer, i, names[i], sizeof names[i]);
        tiles[i] = (smi_tile){.values = values + i * pixels, .title = names[i]};
    }
    made = made && cli_full_colour(values, count * pixels, &full);
    if (!made) {
        cli_say("not enough memory for %zu pictures", count);
    } else {
        (void)snprintf(scale, sizeof scale, "weight; colours end at %.3g", full);
        set_title(layer, path, count, title, sizeof title);
        const smi_mosaic mosaic = {.title = title,
                                   .columns = count <= 20 ? GRID_COLUMNS : WIDE_GRID_COLUMNS,
                                   .height = shape->image_height,
                                   .width = shape->image_width,
                                   .channels = 1,
                                   .least = -full,
                                   .most = full,
                                   .scale = scale,
                                   .tiles = tiles,
                                   .count = count};
        status = cli_plot_done(smi_plot_mosaic(target, &mosaic), target);
    }
    free(values);
    free(tiles);
    free(names);
    return status;
}

/* Memory of the panels. */
typedef struct panel_memory {
    smi_weight_panel *panels;
    const char **names; /* panels × count */
    double *weights;    /* likewise */
    float *magnitudes;  /* features */
    size_t *places;     /* count */
    output_name *titles;
} panel_memory;

static void fill_panels(const cli_first_layer *const layer, const cli_feature_names *const features,
                        const size_t panels, const size_t count, const panel_memory *const m)
{
    for (size_t p = 0; p < panels; p++) {
        cli_largest_weights(layer, p, m->magnitudes, count, m->places);
        for (size_t i = 0; i < count; i++) {
            m->names[p * count + i] = features->list[m->places[i]];
            m->weights[p * count + i] = (double)layer->kernel[m->places[i] * layer->outputs + p];
        }
        cli_name_output(layer, p, m->titles[p], sizeof m->titles[p]);
        m->panels[p] = (smi_weight_panel){.title = m->titles[p],
                                          .names = m->names + p * count,
                                          .weights = m->weights + p * count};
    }
}

static int draw_bars(const cli_first_layer *const layer, const char *const path,
                     const size_t largest, const smi_picture_target *const target)
{
    const size_t panels = layer->outputs < MOST_PANELS ? layer->outputs : MOST_PANELS;
    const size_t count = largest < layer->shape.features ? largest : layer->shape.features;
    char title[512];
    cli_feature_names features = {0};
    if (!cli_name_features(&layer->shape, &features)) {
        return CLI_FAILURE;
    }
    const panel_memory m = {.panels = calloc(panels, sizeof *m.panels),
                            .names = calloc(panels * count, sizeof *m.names),
                            .weights = calloc(panels * count, sizeof *m.weights),
                            .magnitudes = calloc(layer->shape.features, sizeof *m.magnitudes),
                            .places = calloc(count, sizeof *m.places),
                            .titles = calloc(panels, sizeof *m.titles)};
    int status = CLI_FAILURE;
    if (m.panels == NULL || m.names == NULL || m.weights == NULL || m.magnitudes == NULL ||
        m.places == NULL || m.titles == NULL) {
        cli_say("not enough memory for %zu bars", panels * count);
    } else {
        fill_panels(layer, &features, panels, count, &m);
        set_title(layer, path, panels, title, sizeof title);
        const smi_weight_bars bars = {
            .title = title,
            .axis = layer->shape.column_scale == NULL ? "weight" : "weight of the scaled feature",
            .panels = m.panels,
            .panel_count = panels,
            .count = count};
        status = cli_plot_done(smi_plot_weights(target, &bars), target);
    }
    free(m.panels);
    free((void *)m.names);
    free(m.weights);
    free(m.magnitudes);
    free(m.places);
    free(m.titles);
    cli_free_feature_names(&features);
    return status;
}

static int draw(const sm_model *const model, const char *const path, const size_t largest,
                const smi_picture_target *const target)
{
    cli_first_layer layer;
    if (!cli_first_layer_of(model, &layer)) {
        return CLI_FAILURE;
    }
    const size_t channels = smi_picture_channels(layer.shape.features, layer.shape.image_height,
                                                 layer.shape.image_width);
    const int status = channels > 0 ? draw_pictures(&layer, channels, path, target)
                                    : draw_bars(&layer, path, largest, target);
    cli_free_first_layer(&layer);
    return status;
}

int cli_plot_weights(const int argument_count, char **const arguments)
{
    weights_settings settings = {.largest = 12};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_plot_weights_syntax, argument_count, arguments, &settings, named);
    const cli_inputs inputs = {.model = named[0]};
    if (cli_check_output("-o", settings.output.path, &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    sm_model *model = NULL;
    smi_picture_target target;
    if (sm_model_load(named[0], &model) != SM_OK) {
        return cli_fail();
    }
    int status = cli_plot_target(&settings.output, &target);
    if (status == CLI_SUCCESS) {
        status = draw(model, named[0], settings.largest, &target);
    }
    sm_model_free(model);
    return status;
}
