/* softmax plot images: rows of data as the pictures they are. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/output_argument.h"
#include "cli/plot/output.h"
#include "cli/plot/sample_rows.h"
#include "cli/plot/tiles.h"
#include "cli/terminal.h"

typedef struct images_settings {
    cli_reading reading;
    cli_plot_output output;
    cli_size grid;
    bool random;
    uint64_t seed;
} images_settings;

enum { MOST_NAME = 160 }; /* bytes of a class in a title */

#define AT(field) offsetof(images_settings, field)

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(AT(output)),
    CLI_GRID_OPTION(AT(grid), "3x5"),
    {CLI_ON, "random", 0, NULL, "Draw rows at random (default: the first)", AT(random)},
    {CLI_SEED, "seed", 0, "N", "With --random: of the choice (default 0)", AT(seed)},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_images_syntax = {
    .name = "softmax plot images",
    .arguments = "DATA",
    .summary = "Draw rows of pictures, with their classes",
    .description =
        "Draws the first rows of DATA, or some at random, as pictures under their classes. Of "
        "data that has parts the training part is taken. " CLI_PLOT_HELP "\n\n" CLI_DATA_HELP,
    .examples = "softmax plot images mnist -o mnist.png\n"
                "softmax plot images digits:test --grid 5x10 --random --seed 7 -o digits.pdf\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

static void set_title(cli_tile *const tile, const sm_dataset *const dataset)
{
    const int32_t label = sm_dataset_label(dataset, tile->row);
    if (label < 0) {
        (void)snprintf(tile->title, sizeof tile->title, "row %zu", tile->row);
    } else {
        const char *const name = sm_dataset_shape(dataset).class_names[label];
        (void)snprintf(tile->title, sizeof tile->title, "y: %.*s",
                       (int)cli_whole_length(name, MOST_NAME), name);
    }
}

static int draw(const images_settings *const settings, const char *const name,
                const sm_dataset *const dataset, const smi_picture_target *const target,
                const size_t *const rows, const size_t count)
{
    char counted[SMI_COUNTED_SIZE];
    char drawn[CLI_GROUPED_SIZE];
    char shown[CLI_PLOT_NAME_SIZE];
    char title[512];
    char seed[48] = "";
    cli_tile *const tiles = calloc(count, sizeof *tiles);
    if (tiles == NULL) {
        cli_say("not enough memory for %zu pictures", count);
        return CLI_FAILURE;
    }
    for (size_t i = 0; i < count; i++) {
        tiles[i].row = rows == NULL ? i : rows[i];
        set_title(&tiles[i], dataset);
    }
    if (settings->random) {
        (void)snprintf(seed, sizeof seed, ", at random, seed %llu",
                       (unsigned long long)settings->seed);
    }
    cli_plot_name(name, shown);
    (void)snprintf(title, sizeof title, "%s: %s of %s%s", shown, cli_grouped(count, drawn),
                   smi_counted_text(sm_dataset_rows(dataset), "row", counted), seed);
    const int status = cli_plot_tiles(target, dataset, title, tiles, count, settings->grid.width);
    free(tiles);
    return status;
}

static int plot(const images_settings *const settings, const char *const name,
                const sm_dataset *const dataset)
{
    const sm_shape shape = sm_dataset_shape(dataset);
    const size_t rows = sm_dataset_rows(dataset);
    const size_t places = settings->grid.height * settings->grid.width;
    size_t count = places < rows ? places : rows;
    smi_picture_target target;
    if (!cli_are_pictures(&shape, name)) {
        return CLI_FAILURE;
    }
    int status = cli_plot_target(&settings->output, &target);
    if (status != CLI_SUCCESS) {
        return status;
    }
    size_t *const sample =
        settings->random ? cli_sample_rows(rows, places, settings->seed, &count) : NULL;
    status = settings->random && sample == NULL
                 ? CLI_FAILURE
                 : draw(settings, name, dataset, &target, sample, count);
    free(sample);
    return status;
}

int cli_plot_images(const int argument_count, char **const arguments)
{
    images_settings settings = {.grid = {3, 5},
                                .reading.table.label = ""}; /* a table needs none to be refused */
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_plot_images_syntax, argument_count, arguments, &settings, named);
    const cli_inputs inputs = {.data = named[0], .labels = settings.reading.labels};
    if (cli_check_output("-o", settings.output.path, &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    sm_dataset *dataset = NULL;
    if (cli_open_training_data(named[0], &settings.reading, NULL, &dataset) != SM_OK) {
        return cli_fail();
    }
    const int status = plot(&settings, named[0], dataset);
    sm_dataset_free(dataset);
    return status;
}
