/* softmax data make: write what a generator makes, as a folder of IDX files. */
#include <limits.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "sys/folder.h"

typedef struct make_settings {
    const char *output;
    bool quiet;
} make_settings;

#define AT(field) offsetof(make_settings, field)

static const cli_option options[] = {
    {CLI_FILE, "output", 'o', "FOLDER", "Where the files go (required); made if need be",
     AT(output)},
    {CLI_ON, "quiet", 'q', NULL, "Say nothing", AT(quiet)},
    {CLI_HEADING},
};

const cli_syntax cli_data_make_syntax = {
    .name = "softmax data make",
    .arguments = "GENERATOR -o FOLDER",
    .summary = "Generate data and write it as IDX files",
    .description =
        "Writes a training part and a fresh sample for testing into FOLDER, in MNIST's format and "
        "with its file names, so that FOLDER can be given as DATA. The same settings give the same "
        "bytes on every machine.\n\n"
        "GENERATOR is digits (handwriting-like digits of 28 x 28 bytes: n, seed), blobs (points "
        "around centres: n, seed, classes, std), circles (rings around the origin: n, seed, "
        "classes, noise), moons (two half circles: n, seed, noise) or spirals (arms that wind "
        "around "
        "the origin: n, seed, classes, noise), with settings after a colon: "
        "circles:n=600,classes=4.",
    .examples = "softmax data make digits:n=60000 -o digits\n"
                "softmax data make blobs:n=500,std=2 -o blobs\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

static sm_status save_part(const sm_dataset *const dataset, const char *const folder,
                           const char *const part)
{
    const bool pictures = sm_dataset_shape(dataset).image_height > 0;
    const bool bytes = sm_dataset_element(dataset) == SM_U8;
    char features[PATH_MAX];
    char labels[PATH_MAX];
    (void)snprintf(features, sizeof features, "%s/%s-%s-%s", folder, part,
                   pictures ? "images-idx3" : "features-idx2", bytes ? "ubyte" : "float");
    (void)snprintf(labels, sizeof labels, "%s/%s-labels-idx1-ubyte", folder, part);
    return sm_dataset_save_idx(dataset, features, labels);
}

static int make(const make_settings *const settings, const char *const data)
{
    char number[CLI_GROUPED_SIZE];
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    sm_status status = sm_dataset_open(data, &train);
    if (status == SM_OK) {
        status = sm_dataset_open_test(data, &test);
    }
    if (status == SM_OK) {
        status = smi_make_folders(settings->output);
    }
    if (status == SM_OK) {
        status = save_part(train, settings->output, "train");
    }
    if (status == SM_OK && test != NULL) {
        status = save_part(test, settings->output, "t10k");
    }
    if (status == SM_OK && !settings->quiet) {
        char rows[SMI_COUNTED_SIZE];
        (void)printf("%s for training", smi_counted_text(sm_dataset_rows(train), "row", rows));
        if (test != NULL) {
            (void)printf(" and %s for testing", cli_grouped(sm_dataset_rows(test), number));
        }
        (void)printf(" written to %s\n", settings->output);
    }
    sm_dataset_free(train);
    sm_dataset_free(test);
    return status == SM_OK ? CLI_SUCCESS : cli_fail();
}

int cli_data_make(const int argument_count, char **const arguments)
{
    make_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_make_syntax, argument_count, arguments, &settings, named);
    if (settings.output == NULL) {
        cli_say("where do the files go? softmax data make %s -o FOLDER", named[0]);
        return CLI_WRONG_USAGE;
    }
    return make(&settings, named[0]);
}
