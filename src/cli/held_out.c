#include "held_out.h"

#include "base/number.h"
#include "exit_status.h"
#include "terminal.h"

/* 0 when the text is neither a number of rows nor a share. */
static size_t held_out_rows(const char *const text, const size_t rows)
{
    uint64_t count = 0;
    double share = 0.0;
    if (smi_parse_u64(text, &count)) {
        return count < rows ? (size_t)count : 0;
    }
    if (smi_parse_double(text, &share) && share > 0.0 && share < 1.0) {
        return (size_t)(share * (double)rows + 0.5);
    }
    return 0;
}

int cli_hold_out(const char *const option, const char *const text, const bool stratify,
                 const uint64_t seed, sm_dataset *const dataset, sm_dataset *parts[2])
{
    const size_t rows = sm_dataset_rows(dataset);
    sm_split_options split = sm_split_options_default(held_out_rows(text, rows));
    split.stratify = stratify;
    split.seed = seed;
    int status = CLI_WRONG_USAGE;
    if (split.held_out == 0 || split.held_out >= rows) {
        cli_say("--%s=%s: it must be a number of rows below %zu, or a share such as 0.1", option,
                text, rows);
    } else {
        status = sm_dataset_split(dataset, &split, &parts[0], &parts[1]) == SM_OK ? CLI_SUCCESS
                                                                                  : cli_fail();
    }
    sm_dataset_free(dataset);
    return status;
}
