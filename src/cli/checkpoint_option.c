#include "cli/checkpoint_option.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

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

/* The name on the command line of what the library's options call by the first `length` bytes of
 * `field`. */
static void name_option(const char *const field, const size_t length, char *const name)
{
    for (size_t i = 0; i < length; i++) {
        name[i] = (char)(field[i] == '_' ? '-' : field[i]);
    }
    name[length] = '\0';
    if (strcmp(name, "class-weights") == 0) {
        name[length - 1] = '\0';
    }
}

int cli_fail_training(void)
{
    static const struct {
        const char *before; /* the option's name, */
        const char *after;  /* and what comes after it */
    } texts[] = {{": the checkpoint has other ", " than the options"},
                 {": the checkpoint has ", ", the options say "}};
    const char *const message = sm_error_message();
    char name[64];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *const at = strstr(message, texts[i].before);
        const char *const field = at == NULL ? message : at + strlen(texts[i].before);
        const size_t length = strcspn(field, " ");
        if (at != NULL && length < sizeof name && strstr(field, texts[i].after) != NULL) {
            name_option(field, length, name);
            cli_say("%.*s--%s%s", (int)(field - message), message, name, field + length);
            return CLI_FAILURE;
        }
    }
    return cli_fail();
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
