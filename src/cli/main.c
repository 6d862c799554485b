/* softmax: finds the command and hands over. */
#include <softmax.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "exit_status.h"
#include "terminal.h"

static const char help_hint[] = "'softmax --help' lists the commands";

static void print_help(FILE *const file)
{
    (void)fputs("Usage: softmax COMMAND [OPTION...]\n"
                "Multiclass classification with probabilities: from labelled data to a tested "
                "model.\n\nCommands:\n",
                file);
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const cli_syntax *const syntax = cli_commands[i].syntax;
        (void)fprintf(file, "  %-13s %s\n", strchr(syntax->name, ' ') + 1, syntax->summary);
    }
    (void)fputs("\nTwo to begin with:\n"
                "  softmax train digits -o digits.safetensors\n"
                "  softmax evaluate digits.safetensors digits\n\n"
                "'softmax COMMAND --help' and 'man softmax-COMMAND' say more.\n",
                file);
}

static void print_version(void)
{
    const char *const isa = sm_isa();
    (void)printf("softmax %s", sm_version());
    if (isa[0] != '\0') {
        (void)printf(" (%s)", isa);
    }
    (void)fputc('\n', stdout);
}

/* Whether arguments 1 … are the words of this command's name after "softmax"; sets how many. */
static bool is_called(const cli_syntax *const syntax, const int argument_count,
                      char **const arguments, int *const words)
{
    const char *name = strchr(syntax->name, ' ') + 1;
    for (*words = 0;; name++) {
        const size_t length = strcspn(name, " ");
        const int next = *words + 1;
        if (next >= argument_count || strlen(arguments[next]) != length ||
            strncmp(arguments[next], name, length) != 0) {
            return false;
        }
        *words = next;
        name += length;
        if (*name == '\0') {
            return true;
        }
    }
}

static int run_command(const int argument_count, char **const arguments)
{
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        int words = 0;
        if (is_called(cli_commands[i].syntax, argument_count, arguments, &words)) {
            arguments[words] = (char *)cli_commands[i].syntax->name;
            return cli_commands[i].run(argument_count - words, arguments + words);
        }
    }
    if (strcmp(arguments[argument_count - 1], "--help") == 0) {
        print_help(stdout);
        return CLI_SUCCESS;
    }
    if (strcmp(arguments[1], "data") == 0) {
        cli_say("'softmax data' is followed by convert, fetch, info, make or split; %s", help_hint);
    } else {
        cli_say("there is no command '%s'; %s", arguments[1], help_hint);
    }
    return CLI_WRONG_USAGE;
}

int main(const int argument_count, char **const arguments)
{
    cli_terminal_start();
    if (argument_count < 2) {
        print_help(stderr);
        return CLI_WRONG_USAGE;
    }
    int status = CLI_SUCCESS;
    if (strcmp(arguments[1], "--help") == 0) {
        print_help(stdout);
    } else if (strcmp(arguments[1], "--version") == 0) {
        print_version();
    } else {
        status = run_command(argument_count, arguments);
    }
    if (fflush(stdout) != 0 && status == CLI_SUCCESS) {
        cli_say("cannot write to standard output");
        status = CLI_FAILURE;
    }
    return status;
}
