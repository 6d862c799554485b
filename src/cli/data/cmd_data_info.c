/* softmax data info: what DATA holds. */
#include <stddef.h>

#include "cli/command.h"
#include "cli/data/describe_data.h"
#include "cli/data_argument.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

typedef struct info_settings {
    cli_reading reading;
    bool json;
} info_settings;

#define AT(field) offsetof(info_settings, field)

static const cli_option options[] = {
    CLI_LABELS_OPTION(AT(reading)),
    CLI_ZERO_BASED_OPTION(AT(reading)),
    CLI_NO_LABEL_OPTION(AT(reading.table)),
    CLI_TABLE_OPTIONS(AT(reading.table)),
    CLI_PICTURE_OPTIONS(AT(reading.pictures)),
    CLI_READING_RUN_OPTIONS(AT(reading)),
    {CLI_ON, "json", 0, NULL, "The result as one JSON object", AT(json)},
    {CLI_HEADING},
};

const cli_syntax cli_data_info_syntax = {
    .name = "softmax data info",
    .arguments = "DATA",
    .summary = "Describe data",
    .description =
        "Prints rows, features, of sparse data the entries, the range of the values, and "
        "the rows of each class; of a table also what each column is, the range or the categories "
        "of "
        "its values, and how many are missing. Of data that has parts the training part is "
        "taken.\n\n" CLI_DATA_HELP,
    .examples = "softmax data info mnist\n"
                "softmax data info blobs:n=100,seed=7 --json\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = 1};

int cli_data_info(const int argument_count, char **const arguments)
{
    info_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    cli_parse(&cli_data_info_syntax, argument_count, arguments, &settings, named);
    sm_dataset *dataset = NULL;
    if (cli_check_table_options(&settings.reading.table, false) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (cli_open_training_data(named[0], &settings.reading, NULL, &dataset) != SM_OK) {
        return cli_fail();
    }
    const int status = cli_describe_data(named[0], dataset, settings.json);
    sm_dataset_free(dataset);
    return status;
}
