/* softmax: finds the command and hands over. */
#include <signal.h>
#include <softmax.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/command.h"
#include "cli/cut_file.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

static const char help_hint[] = "'softmax --help' lists the commands";

/* Of a command's name, "data info", what follows this first word; NULL: it has another, or but
 * one. */
static const char *second_word(const char *const name, const char *const first)
{
    const size_t length = strlen(first);
    return strncmp(name, first, length) == 0 && name[length] == ' ' ? name + length + 1 : NULL;
}

/* The commands whose first word is this, of those that have two; NULL: all commands. */
static void print_commands(FILE *const file, const char *const first)
{
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const cli_syntax *const syntax = cli_commands[i].syntax;
        const char *const name = strchr(syntax->name, ' ') + 1;
        if (first == NULL || second_word(name, first) != NULL) {
            (void)fprintf(file, "  %-16s  %s\n", name, syntax->summary);
        }
    }
}

static void print_help(FILE *const file)
{
    (void)fputs("Usage: softmax COMMAND [OPTION...]\n"
                "Multiclass classification with probabilities: from labelled data to a tested "
                "model.\n\nCommands:\n",
                file);
    print_commands(file, NULL);
    (void)fputs("\nTwo to begin with:\n"
                "  softmax train digits -o digits.safetensors\n"
                "  softmax evaluate digits.safetensors digits\n\n"
                "'softmax COMMAND --help' and 'man softmax-COMMAND' say more.\n",
                file);
}

static void print_group_help(const char *const first)
{
    (void)printf("Usage: softmax %s COMMAND [OPTION...]\n\nCommands:\n", first);
    print_commands(stdout, first);
    (void)printf("\n'softmax %s COMMAND --help' says more.\n", first);
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

/* Says which words may follow a first one that several commands have. */
static void say_second_words(const char *const first)
{
    char words[256] = "";
    const char *last = NULL;
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const char *const second =
            second_word(strchr(cli_commands[i].syntax->name, ' ') + 1, first);
        if (second == NULL) {
            continue;
        }
        if (last != NULL) {
            const size_t used = strlen(words);
            (void)snprintf(words + used, sizeof words - used, "%s%s", used == 0 ? "" : ", ", last);
        }
        last = second;
    }
    cli_say("'softmax %s' is followed by %s%s%s; 'softmax %s --help' lists them", first, words,
            words[0] == '\0' ? "" : " or ", last, first);
}

/* Says that there is no such command, and which one may be meant. */
static void say_unknown(const char *const word)
{
    char words[CLI_COMMANDS][32];
    const char *names[CLI_COMMANDS];
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const char *const name = strchr(cli_commands[i].syntax->name, ' ') + 1;
        (void)snprintf(words[i], sizeof words[i], "%.*s", (int)strcspn(name, " "), name);
        names[i] = words[i];
    }
    const size_t nearest = smi_nearest_name(word, names, CLI_COMMANDS);
    if (nearest != SIZE_MAX) {
        cli_say("there is no command '%s'; did you mean '%s'? %s", word, names[nearest], help_hint);
    } else {
        cli_say("there is no command '%s'; %s", word, help_hint);
    }
}

/* Whether several commands have this first word. */
static bool is_group(const char *const first)
{
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        if (second_word(strchr(cli_commands[i].syntax->name, ' ') + 1, first) != NULL) {
            return true;
        }
    }
    return false;
}

static bool asks_for_help(const char *const word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "-?") == 0;
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
    if (!is_group(arguments[1])) {
        say_unknown(arguments[1]);
        return CLI_WRONG_USAGE;
    }
    if (argument_count == 3 && asks_for_help(arguments[2])) {
        print_group_help(arguments[1]);
        return CLI_SUCCESS;
    }
    say_second_words(arguments[1]);
    return CLI_WRONG_USAGE;
}

/* softmax help [COMMAND] */
static int help(const int argument_count, char **const arguments)
{
    enum { MOST_WORDS = 4 }; /* softmax help data info */
    char flag[] = "--help";
    char *asked[MOST_WORDS + 1] = {arguments[0]};
    if (argument_count == 2) {
        print_help(stdout);
        return CLI_SUCCESS;
    }
    if (argument_count > MOST_WORDS) {
        cli_say("'softmax help' is followed by one command; %s", help_hint);
        return CLI_WRONG_USAGE;
    }
    for (int i = 2; i < argument_count; i++) {
        asked[i - 1] = arguments[i];
    }
    asked[argument_count - 1] = flag;
    return run_command(argument_count, asked);
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
    if (asks_for_help(arguments[1])) {
        print_help(stdout);
    } else if (strcmp(arguments[1], "help") == 0) {
        status = help(argument_count, arguments);
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
