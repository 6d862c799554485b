/* softmax data split: write data as two files, one of them held out. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "cli/data/save_data.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/held_out.h"
#include "cli/output_argument.h"
#include "cli/terminal.h"
#include "sys/output.h"

typedef struct split_settings {
    cli_reading reading;
    const char *held_out;
    bool stratify;
    uint64_t seed;
    bool quiet;
} split_settings;

#define AT(field) offsetof(split_settings, field)

static const cli_option options[] = {
    {CLI_TEXT, "held-out", 0, "N|SHARE", "Rows that go to HELD-OUT (default 0.2)", AT(held_out)},
    {CLI_OFF, "no-stratify", 0, NULL,
     "Choose them among all rows; by default each class keeps its share, to a row", AT(stratify)},
    {CLI_SEED, "seed", 0, "N", "Of the choice (default 0)", AT(seed)},
    {CLI_ON, "quiet", 'q', NULL, "Say nothing", AT(quiet)},
    {CLI_HEADING, .help = "Reading:"},
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_NO_LABEL_OPTION(AT(reading.table)),
    CLI_TABLE_OPTIONS(AT(reading.table)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),
    CLI_READING_THREADS_OPTION(AT(reading)),
    {CLI_HEADING},
};

const cli_syntax cli_data_split_syntax = {
    .name = "softmax data split",
    .arguments = "DATA FILE HELD-OUT",
    .summary = "Write data as two files, one of them held out",
    .description =
        "Chooses rows of DATA at random, the same for the same seed, writes them to HELD-OUT, and "
        "all others to FILE. Both keep the order of the rows. Where DATA is a text table (.csv, "
        ".tsv, .tab, .data or .txt, raw or .gz) and both files have its ending, or .tab, .data or "
        ".txt, rows are copied as they stand, the header into both. " CLI_SAVED_KINDS_HELP
        "\n\n" CLI_DATA_HELP,
    .examples = "softmax data split penguins.csv train.csv test.csv --label species\n"
                "softmax data split a9a train.svm test.svm\n"
                "softmax data split digits train.csv test.csv --held-out 1000 --seed 7\n",
    .options = options,
    .least_arguments = 3,
    .most_arguments = 3};

static void print_rows(const split_settings *const settings, const size_t rows[2],
                       const char *const *const paths)
{
    char counted[SMI_COUNTED_SIZE];
    for (size_t p = 0; p < 2 && !settings->quiet; p++) {
        (void)printf("%s written to %s\n", smi_counted_text(rows[p], "row", counted), paths[p]);
    }
}

static int save_part(const cli_saved_kind *const kind, const sm_dataset *const part,
                     const char *const path, const cli_inputs *const inputs)
{
    sm_rows *rows = NULL;
    if (sm_rows_of(part, &rows) != SM_OK) {
        return cli_fail();
    }
    const int status = cli_save_data(kind, rows, path, NULL, inputs);
    sm_rows_free(rows);
    return status;
}

/* Both parts with the files of their labels appear, or nothing does. */
static int save_together(const cli_saved_kind *const kinds[2], sm_dataset *const parts[2],
                         const char *const *const paths, const cli_inputs *const inputs)
{
    int status = CLI_SUCCESS;
    smi_output_group_begin();
    for (size_t p = 0; p < 2 && status == CLI_SUCCESS; p++) {
        status = save_part(kinds[p], parts[p], paths[p], inputs);
    }
    const sm_status saved = smi_output_group_end(status == CLI_SUCCESS ? SM_OK : SM_ERROR_IO);
    return status == CLI_SUCCESS && saved != SM_OK ? cli_fail() : status;
}

static int save_parts(const split_settings *const settings, const cli_saved_kind *const kinds[2],
                      sm_dataset *const parts[2], const char *const *const paths,
                      const cli_inputs *const inputs)
{
    const size_t rows[2] = {sm_dataset_rows(parts[0]), sm_dataset_rows(parts[1])};
    int status = cli_check_saved_pair(kinds, paths, sm_dataset_has_labels(parts[0]));
    if (status == CLI_SUCCESS) {
        status = save_together(kinds, parts, paths, inputs);
    }
    if (status == CLI_SUCCESS) {
        print_rows(settings, rows, paths);
    }
    return status;
}

/* Data of any kind, through the features that it has. */
static int split_rows(const split_settings *const settings, const cli_inputs *const inputs,
                      const char *const *const paths)
{
    const cli_saved_kind *const kinds[2] = {cli_find_saved_kind(paths[0]),
                                            cli_find_saved_kind(paths[1])};
    sm_dataset *dataset = NULL;
    sm_dataset *parts[2] = {NULL, NULL};
    if (kinds[0] == NULL || kinds[1] == NULL) {
        return CLI_WRONG_USAGE;
    }
    for (size_t p = 0; p < 2; p++) {
        const int tried = cli_try_output(paths[p]);
        if (tried != CLI_SUCCESS) {
            return tried;
        }
    }
    if (cli_open_training_data(inputs->data, &settings->reading, NULL, &dataset) != SM_OK) {
        return cli_fail();
    }
    const bool is_table = sm_dataset_shape(dataset).columns != NULL;
    int status = cli_hold_out("held-out", settings->held_out,
                              settings->stratify && sm_dataset_has_labels(dataset), settings->seed,
                              dataset, parts);
    if (status == CLI_SUCCESS) {
        status = save_parts(settings, kinds, parts, paths, inputs);
    }
    if (status == CLI_SUCCESS && !settings->quiet && is_table) {
        cli_say("%s: written as the features that a model would see; a table is copied as it "
                "stands where its name and the files' end alike, in .csv, .tsv, .tab, .data or "
                ".txt",
                inputs->data);
    }
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    return status;
}

/* ---- text tables ---- */

/* The ending of the first `length` characters of a text table's name; NULL when it is another's.
 * copies_only: of the endings take those that stand for no kind of file that is written. */
static const char *table_ending(const char *const path, const size_t length, const bool copies_only)
{
    static const char *const endings[] = {".tab", ".data", ".txt", ".csv", ".tsv"};
    enum { FOR_COPIES = 3 };
    const size_t count = copies_only ? FOR_COPIES : sizeof endings / sizeof *endings;
    for (size_t e = 0; e < count; e++) {
        const size_t ending = strlen(endings[e]);
        if (length > ending && strncasecmp(path + length - ending, endings[e], ending) == 0) {
            return endings[e];
        }
    }
    return NULL;
}

/* Whether records are copied as they stand: from a text table to files whose names end as its own
 * does, before ".gz", or in a way that says nothing else. */
static bool are_tables(const char *const data, const char *const *const paths)
{
    size_t length = strlen(data);
    length -= length > 3 && strcasecmp(data + length - 3, ".gz") == 0 ? 3 : 0;
    const char *const ending = table_ending(data, length, false);
    bool copied = ending != NULL;
    for (size_t p = 0; p < 2 && copied; p++) {
        const size_t own = strlen(paths[p]);
        copied = table_ending(paths[p], own, false) == ending ||
                 table_ending(paths[p], own, true) != NULL;
    }
    return copied;
}

/* The first option given that says what features are, which copying does not look at; NULL: none.
 */
static const char *first_of_features(const cli_reading *const reading)
{
    const cli_table_options *const table = &reading->table;
    const struct {
        const char *name;
        bool given;
    } uses[] = {
        {"labels", reading->labels != NULL},   {"weight", table->weight != NULL},
        {"numeric", table->numeric.count > 0}, {"categorical", table->categorical.count > 0},
        {"ignore", table->ignore.count > 0},   {"text", table->text.count > 0},
        {"hash", table->hash.count > 0},       {"buckets", table->buckets.count > 0},
        {"cross", table->cross.count > 0},     {"missing", table->missing != SM_MISSING_INDICATOR},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        if (uses[i].given) {
            return uses[i].name;
        }
    }
    return NULL;
}

static int check_copying(const cli_reading *const reading)
{
    const char *const given = first_of_features(reading);
    if (given == NULL) {
        return CLI_SUCCESS;
    }
    cli_say("--%s: a table is copied as it stands where the files' names end as its own does; with "
            "other endings its features are written",
            given);
    return CLI_WRONG_USAGE;
}

static int split_table(const split_settings *const settings, const char *const data,
                       const char *const *const paths)
{
    sm_split_options how = sm_split_options_default(0);
    size_t rows[2] = {0, 0};
    how.stratify = settings->stratify && !settings->reading.table.no_label;
    how.seed = settings->seed;
    if (!cli_read_held_out(settings->held_out, &how)) {
        cli_say("--held-out=%s: it must be a number of rows, or a share such as 0.1",
                settings->held_out);
        return CLI_WRONG_USAGE;
    }
    const sm_status status = cli_split_table(data, &settings->reading, &how, paths, rows);
    if (status != SM_OK) {
        (void)cli_fail();
        return cli_split_status(status);
    }
    print_rows(settings, rows, paths);
    return CLI_SUCCESS;
}

int cli_data_split(const int argument_count, char **const arguments)
{
    split_settings settings = {.held_out = "0.2", .stratify = true};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_split_syntax, argument_count, arguments, &settings, named);
    const char *const *const paths = named + 1;
    settings.reading.quiet = settings.quiet;
    if (cli_check_table_options(&settings.reading.table, false) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (cli_check_outputs_differ(paths[0], paths[1]) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const cli_inputs inputs = {.data = named[0], .labels = settings.reading.labels};
    if (cli_check_output("FILE", paths[0], &inputs) != CLI_SUCCESS ||
        cli_check_output("HELD-OUT", paths[1], &inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (!are_tables(named[0], paths)) {
        return split_rows(&settings, &inputs, paths);
    }
    const int status = check_copying(&settings.reading);
    return status == CLI_SUCCESS ? split_table(&settings, named[0], paths) : status;
}
