#include "cli/held_out.h"

#include "base/number.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

bool cli_read_held_out(const char *const text, sm_split_options *const options)
{
    uint64_t count = 0;
    double share = 0.0;
    if (smi_parse_u64(text, &count)) {
        options->held_out = count < SIZE_MAX ? (size_t)count : SIZE_MAX;
        return true;
    }
    if (smi_parse_double(text, &share) && share > 0.0 && share < 1.0) {
        options->held_out_share = share;
        return true;
    }
    return false;
}

int cli_split_status(const sm_status status)
{
    return status == SM_OK               ? CLI_SUCCESS
           : status == SM_ERROR_ARGUMENT ? CLI_WRONG_USAGE
                                         : CLI_FAILURE;
}

int cli_hold_out(const char *const option, const char *const text, const bool stratify,
                 const uint64_t seed, sm_dataset *const dataset, sm_dataset *parts[2])
{
    sm_split_options split = sm_split_options_default(0);
    split.stratify = stratify;
    split.seed = seed;
    sm_status status = SM_ERROR_ARGUMENT;
    if (!cli_read_held_out(text, &split)) {
        cli_say("--%s=%s: it must be a number of rows, or a share such as 0.1", option, text);
    } else {
        status = sm_dataset_split(dataset, &split, &parts[0], &parts[1]);
        if (status != SM_OK) {
            cli_say("--%s=%s: %s", option, text, sm_error_message());
        }
    }
    sm_dataset_free(dataset);
    return cli_split_status(status);
}
