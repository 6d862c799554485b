#include "cli/model_argument.h"

#include "cli/exit_status.h"
#include "cli/terminal.h"

int cli_open_model_and_data(const char *const arguments[], const cli_reading *const reading,
                            cli_model_and_data *const opened)
{
    *opened = (cli_model_and_data){0};
    if (cli_check_table_options(&reading->table, true) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (sm_model_load(arguments[0], &opened->model) != SM_OK) {
        return cli_fail();
    }
    const sm_shape shape = sm_model_shape(opened->model);
    return cli_open_test_data(arguments[1], reading, &shape, &opened->dataset) == SM_OK
               ? CLI_SUCCESS
               : cli_fail();
}

void cli_close_model_and_data(cli_model_and_data *const opened)
{
    sm_dataset_free(opened->dataset);
    sm_model_free(opened->model);
}
