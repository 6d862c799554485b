/* softmax data convert: write data as a file of another kind. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/data/save_data.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/output_argument.h"
#include "cli/terminal.h"

typedef struct convert_settings {
    cli_reading reading;
    const char *labels_to;
    bool number_classes;
    bool quiet;
} convert_settings;

#define AT(field) offsetof(convert_settings, field)

static const cli_option options[] = {
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_NO_LABEL_OPTION(AT(reading.table)),
    CLI_TABLE_OPTIONS(AT(reading.table)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),
    {CLI_HEADING, .help = "Writing:"},
    {CLI_FILE, "labels-to", 0, "FILE",
     "Write the labels to this file, where FILE, .npy or IDX, is not for them; it is of the same "
     "kind and ends likewise, in .npy, or in -ubyte or -int",
     AT(labels_to)},
    {CLI_ON, "number-classes", 0, NULL,
     "Write the classes' numbers, from 0, in place of their names, and list them",
     AT(number_classes)},
    {CLI_ON, "quiet", 'q', NULL, "Say nothing", AT(quiet)},
    {CLI_HEADING},
};

const cli_syntax cli_data_convert_syntax = {
    .name = "softmax data convert",
    .arguments = "DATA FILE",
    .summary = "Write data as a file of another kind",
    .description =
        "Reads DATA and writes its features, as they are before any scaling, and its labels to "
        "FILE, which appears whole or not at all. " CLI_SAVED_KINDS_HELP " Numbers are written "
        "with the digits that bring the same bits back. LIBSVM and IDX labels are whole numbers: "
        "data whose classes have other names is refused, unless --number-classes says that their "
        "numbers will do. Memory holds some blocks of rows at a time: of tables, databases, LIBSVM "
        "and IDX files and folders of pictures, which are read twice; of NumPy's arrays and of "
        "generators. What is compressed or comes from a pipe, and is large, lies in a temporary "
        "file meanwhile. A file that changes is an error. Of data that has parts the "
        "training part is taken, or the one that is "
        "named.\n\n" CLI_DATA_HELP,
    .examples = "softmax data convert mnist mnist.svm\n"
                "softmax data convert mnist:test test.csv\n"
                "softmax data convert points.svm points.csv\n"
                "softmax data convert new.csv new.npy --no-label\n"
                "softmax data convert huge.csv huge.npy --label kind --labels-to huge_labels.npy\n"
                "softmax data convert blobs points-features-idx2-float\n",
    .options = options,
    .least_arguments = 2,
    .most_arguments = 2};

/* Names the classes "0", "1", …, having listed what they were called. */
static int number_classes(sm_rows *const rows, const bool quiet)
{
    const sm_shape shape = sm_rows_shape(rows);
    char(*const texts)[CLI_GROUPED_SIZE] = calloc(shape.classes, sizeof *texts);
    const char **const names = calloc(shape.classes, sizeof *names);
    int status = CLI_FAILURE;
    if (texts == NULL || names == NULL) {
        cli_say("not enough memory");
    } else {
        for (size_t c = 0; c < shape.classes; c++) {
            char shown[128];
            (void)snprintf(texts[c], sizeof texts[c], "%zu", c);
            names[c] = texts[c];
            cli_make_safe(shape.class_names[c], shown, sizeof shown);
            if (!quiet) {
                (void)printf("%6zu  %s\n", c, shown);
            }
        }
        status = sm_rows_set_class_names(rows, names) == SM_OK ? CLI_SUCCESS : cli_fail();
    }
    free(texts);
    free(names);
    return status;
}

static int convert(const convert_settings *const settings, const cli_saved_kind *const kind,
                   const cli_inputs *const inputs, const char *const path)
{
    char counted[SMI_COUNTED_SIZE];
    char features[SMI_COUNTED_SIZE];
    sm_rows *rows = NULL;
    if (cli_open_rows(inputs->data, &settings->reading, &rows) != SM_OK) {
        return cli_fail();
    }
    int status = CLI_SUCCESS;
    if (settings->number_classes && sm_rows_have_labels(rows)) {
        status = number_classes(rows, settings->quiet);
    }
    if (status == CLI_SUCCESS) {
        status = cli_save_data(kind, rows, path, settings->labels_to, inputs);
    }
    if (status == CLI_SUCCESS && !settings->quiet) {
        (void)printf("%s of %s written to %s\n",
                     smi_counted_text(sm_rows_count(rows), "row", counted),
                     smi_counted_text(sm_rows_shape(rows).features, "feature", features), path);
    }
    sm_rows_free(rows);
    return status;
}

int cli_data_convert(const int argument_count, char **const arguments)
{
    convert_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_convert_syntax, argument_count, arguments, &settings, named);
    settings.reading.quiet = settings.quiet;
    if (cli_check_table_options(&settings.reading.table, false) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const cli_saved_kind *const kind = cli_find_saved_kind(named[1]);
    const cli_inputs inputs = {.data = named[0], .labels = settings.reading.labels};
    if (kind == NULL || cli_check_output("FILE", named[1], &inputs) != CLI_SUCCESS ||
        cli_check_labels_path(kind, named[1], settings.labels_to) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    return convert(&settings, kind, &inputs, named[1]);
}
