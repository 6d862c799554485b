/* softmax plot predictions: pictures with their classes, and those that a model takes them for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/model_argument.h"
#include "cli/plot/output.h"
#include "cli/plot/ranked_rows.h"
#include "cli/plot/tiles.h"
#include "cli/terminal.h"

typedef struct predictions_settings {
    cli_reading reading;
    cli_plot_output output;
    cli_size grid;
    bool wrong_only;
    int sort; /* cli_row_order */
} predictions_settings;

#define AT(field) offsetof(predictions_settings, field)

static const char *const sort_orders[] = {[CLI_BY_ROW] = "row",
                                          [CLI_SUREST_FIRST] = "surest",
                                          [CLI_LEAST_SURE_FIRST] = "least-sure",
                                          NULL};

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    CLI_GRID_OPTION(AT(grid), "5x8"),
    {CLI_ON, "wrong-only", 'w', NULL, "Draw only rows that are taken for another class",
     AT(wrong_only)},
    {CLI_CHOICE, "sort", 's', "ORDER",
     "Which rows come first: row (default), in the order of the data; surest, those whose class "
     "has the largest probability; least-sure",
     AT(sort), .choices = sort_orders},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_SIZE_OPTION(AT(reading.pictures)),
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_predictions_syntax = {
    .name = "softmax plot predictions",
    .arguments = "MODEL DATA",
    .summary = "Draw pictures with the classes that a model gives them",
    .description =
        "Draws rows of DATA as pictures, under their classes y and those that the model gives "
        "them, with a hat; those that differ in red, with a frame. With --sort the probability of "
        "the model's class stands behind it; --wrong-only --sort surest shows the worst mistakes. "
        "Of data that has parts the test part is taken. " CLI_PLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot predictions mnist.safetensors mnist -o predictions.png\n"
                "softmax plot predictions mnist.safetensors mnist --wrong-only --sort surest -o "
                "worst.png\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

static void set_tile(const cli_ranked_rows *const p, const cli_ranked_row *const one,
                     const bool with_probability, cli_tile *const tile)
{
    const int32_t label = sm_dataset_label(p->dataset, one->row);
    char predicted[CLI_TILE_TITLE];
    (void)snprintf(predicted, sizeof predicted, "\xc5\xb7: %s", p->model.class_names[one->class]);
    tile->row = one->row;
    tile->wrong = cli_is_wrong(p, one);
    if (label < 0) {
        memcpy(tile->title, predicted, sizeof tile->title);
    } else {
        (void)snprintf(tile->title, sizeof tile->title, "y: %s", p->data.class_names[label]);
        memcpy(tile->second, predicted, sizeof tile->second);
    }
    if (with_probability) { /* of 100.0 the last digit would only take room off names */
        const double percent = 100.0 * (double)one->probability;
        (void)snprintf(tile->note, sizeof tile->note, percent < 99.95 ? " (%.1f %%)" : " (%.0f %%)",
                       percent);
    }
}

static int draw(const predictions_settings *const settings, const char *const name,
                const cli_ranked_rows *const p, const smi_picture_target *const target)
{
    char all[SMI_COUNTED_SIZE];
    char drawn[CLI_GROUPED_SIZE];
    char shown[CLI_PLOT_NAME_SIZE];
    char title[512];
    const size_t count = p->count;
    if (count == 0) {
        cli_say("%s: no row is taken for another class: there is nothing to draw", name);
        return CLI_FAILURE;
    }
    cli_tile *const tiles = calloc(count, sizeof *tiles);
    if (tiles == NULL) {
        cli_say("not enough memory for %zu pictures", count);
        return CLI_FAILURE;
    }
    for (size_t i = 0; i < count; i++) {
        set_tile(p, &p->list[i], settings->sort != CLI_BY_ROW, &tiles[i]);
    }
    cli_plot_name(name, shown);
    (void)snprintf(title, sizeof title, "%s: %s of %s%s%s", shown, cli_grouped(count, drawn),
                   smi_counted_text(sm_dataset_rows(p->dataset), "row", all),
                   settings->wrong_only ? ", wrong ones alone" : "",
                   settings->sort == CLI_SUREST_FIRST       ? ", the surest first"
                   : settings->sort == CLI_LEAST_SURE_FIRST ? ", the least sure first"
                                                            : "");
    const int status =
        cli_plot_tiles(target, p->dataset, title, tiles, count, settings->grid.width);
    free(tiles);
    return status;
}

static int plot(const predictions_settings *const settings, const sm_model *const model,
                const sm_dataset *const dataset, const char *const name)
{
    cli_ranked_rows p = {.places = settings->grid.height * settings->grid.width,
                         .order = (cli_row_order)settings->sort,
                         .wrong_only = settings->wrong_only,
                         .model = sm_model_shape(model),
                         .data = sm_dataset_shape(dataset),
                         .dataset = dataset};
    smi_picture_target target;
    if (!cli_are_pictures(&p.data, name)) {
        return CLI_FAILURE;
    }
    if (settings->wrong_only && !sm_dataset_has_labels(dataset)) {
        cli_say("%s: --wrong-only needs labels, and there are none", name);
        return CLI_FAILURE;
    }
    int status = cli_plot_target(&settings->output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    status = cli_rank_rows(model, &p);
    if (status == CLI_SUCCESS) {
        status = draw(settings, name, &p, &target);
    }
    free(p.list);
    return status;
}

int cli_plot_predictions(const int argument_count, char **const arguments)
{
    predictions_settings settings = {.grid = {5, 8}};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_model_and_data opened;
    cli_parse(&cli_plot_predictions_syntax, argument_count, arguments, &settings, named);
    int status = cli_open_to_plot(named, &settings.reading, &settings.output, false, &opened);
    if (status == CLI_SUCCESS) {
        status = plot(&settings, opened.model, opened.dataset, named[1]);
    }
    cli_close_model_and_data(&opened);
    return status;
}
