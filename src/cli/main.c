/* softmax: finds the command and hands over. */
#include <signal.h>
#include <softmax.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/cut_file.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

static const char help_hint[] = "'softmax --help' lists the commands";

static void print_help(FILE *const file)
{
    (void)fputs("Usage: softmax COMMAND [OPTION...]\n"
                "Multiclass classification with probabilities: from labelled data to a tested "
                "model.\n\nCommands:\n",
                file);
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const cli_syntax *const syntax = cli_commands[i].syntax;
        (void)fprintf(file, "  %-16s  %s\n", strchr(syntax->name, ' ') + 1, syntax->summary);
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

/* Says which words may follow a first one that several commands have; false where none has. */
static bool say_second_words(const char *const first)
{
    char words[256] = "";
    const char *last = NULL;
    const size_t length = strlen(first);
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const char *const name = strchr(cli_commands[i].syntax->name, ' ') + 1;
        if (strncmp(name, first, length) != 0 || name[length] != ' ') {
            continue;
        }
        if (last != NULL) {
            const size_t used = strlen(words);
            (void)snprintf(words + used, sizeof words - used, "%s%s", used == 0 ? "" : ", ", last);
        }
        last = name + length + 1;
    }
    if (last != NULL) {
        cli_say("'softmax %s' is followed by %s%s%s; %s", first, words,
                words[0] == '\0' ? "" : " or ", last, help_hint);
    }
    return last != NULL;
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
    if (!say_second_words(arguments[1])) {
        cli_say("there is no command '%s'; %s", arguments[1], help_hint);
    }
    return CLI_WRONG_USAGE;
}

int main(const int argument_count, char **const arguments)
{
    cli_terminal_start();
    cli_catch_cut_files();
    (void)signal(SIGCHLD, SIG_DFL); /* who ignores it, and may have passed this on, cannot wait */
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
