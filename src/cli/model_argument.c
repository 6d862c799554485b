#include "cli/model_argument.h"

#include <stdio.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "sys/folder.h"
#include "sys/input.h"

/* A model file has the JSON header's brace after its eight bytes of length. */
bool cli_looks_like_model(const char *const path)
{
    smi_input *input = NULL;
    char start[9] = "";
    size_t got = 0;
    if (!smi_is_file(path) || smi_input_open(path, &input) != SM_OK) {
        return false;
    }
    const bool read = smi_input_read(input, start, sizeof start, &got) == SM_OK;
    smi_input_close(input);
    return read && got == sizeof start && start[8] == '{';
}

/* Says why there is no model, which other files that are looked at do not change. Returns an
 * exit status. */
static int fail_model(const char *const model, const char *const data)
{
    char why[2048];
    (void)snprintf(why, sizeof why, "%s", sm_error_message());
    if (!cli_looks_like_model(model) && cli_looks_like_model(data)) {
        cli_say("'%s' is no model, but '%s' is: the model comes first, and then the data", model,
                data);
        return CLI_WRONG_USAGE;
    }
    cli_say("%s", why);
    return CLI_FAILURE;
}

int cli_open_model_and_data(const char *const arguments[], const cli_reading *const reading,
                            cli_model_and_data *const opened)
{
    *opened = (cli_model_and_data){0};
    if (cli_check_table_options(&reading->table, true) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (sm_model_load(arguments[0], &opened->model) != SM_OK) {
        return fail_model(arguments[0], arguments[1]);
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
