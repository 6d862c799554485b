/* softmax plot softmax: what softmax makes of a few numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/plot/output.h"
#include "cli/terminal.h"
#include "plot/bars.h"

typedef struct softmax_settings {
    cli_plot_output output;
} softmax_settings;

static const cli_option options[] = {
    CLI_PLOT_OUTPUT_OPTIONS(offsetof(softmax_settings, output)),
    {CLI_HEADING},
};

const cli_syntax cli_plot_softmax_syntax = {
    .name = "softmax plot softmax",
    .arguments = "Z...",
    .summary = "Draw logits, their exponentials and probabilities as bars",
    .description =
        "Draws what softmax makes of the numbers Z, at most 64: exp(z) / sum of exp(z). Where "
        "exponentials are too large to be drawn, or all too small, the largest Z is taken off all "
        "of them, which "
        "changes no probability.\n\n" CLI_PLOT_HELP,
    .examples = "softmax plot softmax 2 1 0.1 -1 -o softmax.png\n"
                "softmax plot softmax 1000 1001 1002\n",
    .options = options,
    .least_arguments = 1,
    .most_arguments = CLI_MOST_ARGUMENTS};

/* A blank makes an argument of a negative number, which would be an option; read_number() takes it
 * off. */
static void protect_negative(const int argument_count, char **const arguments)
{
    static char copies[CLI_MOST_ARGUMENTS][48];
    size_t used = 0;
    double number = 0.0;
    for (int i = 1; i < argument_count && used < CLI_MOST_ARGUMENTS; i++) {
        if (arguments[i][0] == '-' && strlen(arguments[i]) < sizeof copies[0] - 1 &&
            smi_parse_double(arguments[i], &number)) {
            (void)snprintf(copies[used], sizeof copies[used], " %s", arguments[i]);
            arguments[i] = copies[used++];
        }
    }
}

static bool read_number(const char *const text, double *const number)
{
    return smi_parse_double(text + (text[0] == ' '), number);
}

int cli_plot_softmax(const int argument_count, char **const arguments)
{
    softmax_settings settings = {0};
    const char *named[CLI_MOST_ARGUMENTS];
    double logits[CLI_MOST_ARGUMENTS];
    size_t count = 0;
    smi_picture_target target;
    protect_negative(argument_count, arguments);
    cli_parse(&cli_plot_softmax_syntax, argument_count, arguments, &settings, named);
    for (; count < CLI_MOST_ARGUMENTS && named[count] != NULL; count++) {
        if (!read_number(named[count], &logits[count])) {
            cli_say("'%s' is not a finite number", named[count]);
            return CLI_WRONG_USAGE;
        }
        if (fabs(logits[count]) > SMI_MOST_DRAWN) {
            cli_say("'%s' is too large to be drawn; numbers go up to %g, of either sign",
                    named[count] + (named[count][0] == ' '), SMI_MOST_DRAWN);
            return CLI_WRONG_USAGE;
        }
    }
    const int status = cli_plot_target(&settings.output, &target);
    return status != CLI_SUCCESS ? status
                                 : cli_plot_done(smi_plot_softmax(&target, logits, count), &target);
}
