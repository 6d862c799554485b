#include "output_argument.h"

#include <softmax.h>

#include "exit_status.h"
#include "sys/output.h"
#include "terminal.h"

int cli_try_output(const char *const path)
{
    smi_output *output = NULL;
    if (smi_output_open(path, &output) != SM_OK) {
        return cli_fail();
    }
    smi_output_abandon(output);
    return CLI_SUCCESS;
}
