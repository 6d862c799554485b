/* softmax data split: write data as two files, one of them held out. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "data_argument.h"
#include "exit_status.h"
#include "held_out.h"
#include "save_data.h"
#include "terminal.h"

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
    {CLI_HEADING},
};

const cli_syntax cli_data_split_syntax = {
    .name = "softmax data split",
    .arguments = "DATA FILE HELD-OUT",
    .summary = "Write data as two files, one of them held out",
    .description =
        "Chooses rows of DATA at random, the same for the same seed, writes them to HELD-OUT, and "
        "all others to FILE. Both keep the order of the rows. " CLI_SAVED_KINDS_HELP
        "\n\n" CLI_DATA_HELP,
    .examples = "softmax data split a9a train.svm test.svm\n"
                "softmax data split digits train.csv test.csv --held-out 1000 --seed 7\n",
    .options = options,
    .least_arguments = 3,
    .most_arguments = 3};

static int save_parts(const split_settings *const settings, const cli_saved_kind *const kinds[2],
                      sm_dataset *const parts[2], const char *const *const paths)
{
    char rows[CLI_GROUPED_SIZE];
    int status = CLI_SUCCESS;
    for (size_t p = 0; p < 2 && status == CLI_SUCCESS; p++) {
        status = cli_save_data(kinds[p], parts[p], paths[p], NULL);
    }
    for (size_t p = 0; p < 2 && status == CLI_SUCCESS && !settings->quiet; p++) {
        (void)printf("%s rows written to %s\n", cli_grouped(sm_dataset_rows(parts[p]), rows),
                     paths[p]);
    }
    return status;
}

static int split(const split_settings *const settings, const char *const data,
                 const char *const *const paths)
{
    const cli_saved_kind *const kinds[2] = {cli_find_saved_kind(paths[0]),
                                            cli_find_saved_kind(paths[1])};
    sm_dataset *dataset = NULL;
    sm_dataset *parts[2] = {NULL, NULL};
    if (kinds[0] == NULL || kinds[1] == NULL) {
        return CLI_WRONG_USAGE;
    }
    if (cli_open_training_data(data, &settings->reading, NULL, &dataset) != SM_OK) {
        return cli_fail();
    }
    int status = cli_hold_out("held-out", settings->held_out,
                              settings->stratify && sm_dataset_has_labels(dataset), settings->seed,
                              dataset, parts);
    if (status == CLI_SUCCESS) {
        status = save_parts(settings, kinds, parts, paths);
    }
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    return status;
}

int cli_data_split(const int argument_count, char **const arguments)
{
    split_settings settings = {.held_out = "0.2", .stratify = true};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_split_syntax, argument_count, arguments, &settings, named);
    if (strcmp(named[1], named[2]) == 0) {
        cli_say("'%s' cannot be both files", named[1]);
        return CLI_WRONG_USAGE;
    }
    return split(&settings, named[0], named + 1);
}
