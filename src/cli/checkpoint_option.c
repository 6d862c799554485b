#include "checkpoint_option.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "exit_status.h"
#include "terminal.h"

/* "30s" without its s, as a number; false when it is something else. */
static bool parse_seconds(const char *const text, double *const seconds)
{
    char digits[32];
    const size_t length = strlen(text);
    if (length < 2 || length >= sizeof digits || text[length - 1] != 's') {
        return false;
    }
    memcpy(digits, text, length - 1);
    digits[length - 1] = '\0';
    return smi_parse_double(digits, seconds) && *seconds > 0.0;
}

int cli_checkpoint_every(const char *const every, sm_train_options *const options)
{
    uint64_t steps = 0;
    double seconds = INFINITY;
    if (every == NULL) {
        return CLI_SUCCESS;
    }
    if (options->checkpoint == NULL) {
        cli_say("--checkpoint-every needs --checkpoint");
        return CLI_WRONG_USAGE;
    }
    if (smi_parse_u64(every, &steps) && steps > 0 && steps < SIZE_MAX) {
        options->checkpoint_steps = (size_t)steps;
    } else if (!parse_seconds(every, &seconds)) {
        cli_say("--checkpoint-every=%s: it must be a number of steps such as 1000, or of seconds "
                "such as 30s",
                every);
        return CLI_WRONG_USAGE;
    }
    options->checkpoint_seconds = seconds;
    return CLI_SUCCESS;
}
