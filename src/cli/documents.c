/* Writes the manual pages (as scdoc source) and the bash completion from the commands' tables:
 *     softmax-documents manual softmax-train    a page on standard output
 *     softmax-documents completion              the completion on standard output
 * Runs while the project is built; it is not installed. */
#include <softmax.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

/* "softmax data info" → "softmax-data-info" */
static void page_name(const cli_syntax *const syntax, char *const name, const size_t size)
{
    (void)snprintf(name, size, "%s", syntax->name);
    for (char *at = name; *at != '\0'; at++) {
        *at = (char)(*at == ' ' ? '-' : *at);
    }
}

/* Text in which nothing is markup. */
static void print_plain(const char *const text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr("\\*_<>#`~", *at) != NULL) {
            (void)putchar('\\');
        }
        (void)putchar(*at);
    }
}

static void print_option(const cli_option *const option)
{
    if (option->letter != 0) {
        (void)printf("*-%c*, ", option->letter);
    }
    (void)printf("*--%s*", option->name);
    if (option->argument != NULL) {
        (void)printf("=_%s_", option->argument);
    }
    (void)printf("\n\t");
    print_plain(option->help);
    (void)printf(".\n\n");
}

static void print_options(const cli_syntax *const syntax)
{
    (void)printf("# OPTIONS\n\n");
    for (const cli_option *option = syntax->options; !cli_is_last(option); option++) {
        if (option->kind == CLI_HEADING) {
            (void)printf("## ");
            print_plain(option->help);
            (void)printf("\n\n");
        } else {
            print_option(option);
        }
    }
    (void)printf("*-?*, *--help*\n\tShow the options; *-h* does likewise.\n\n");
}

static void print_command_page(const cli_syntax *const syntax)
{
    char name[64];
    page_name(syntax, name, sizeof name);
    (void)printf("%s(1)\n\n# NAME\n\n%s - %s\n\n", name, name, syntax->summary);
    (void)printf("# SYNOPSIS\n\n*%s* [_OPTION_...]", syntax->name);
    if (syntax->arguments != NULL) {
        (void)printf(" ");
        print_plain(syntax->arguments);
    }
    (void)printf("\n\n# DESCRIPTION\n\n");
    print_plain(syntax->description);
    (void)printf("\n\n");
    print_options(syntax);
    (void)printf("# EXAMPLES\n\n```\n%s```\n\n", syntax->examples);
    (void)printf("# EXIT STATUS\n\n0 on success, 1 when the work failed, 2 on wrong usage.\n\n"
                 "# SEE ALSO\n\n*softmax*(1)\n");
}

static void print_main_page(void)
{
    char name[64];
    (void)printf(
        "softmax(1)\n\n# NAME\n\nsoftmax - multiclass classification with probabilities\n\n"
        "# SYNOPSIS\n\n*softmax* _COMMAND_ [_OPTION_...]\n\n*softmax* help [_COMMAND_]\n\n"
        "*softmax* --help | --version\n\n"
        "# DESCRIPTION\n\nTakes labelled examples, trains a classifier that gives "
        "probabilities, measures it, and applies it. Results go to standard output, messages and "
        "progress to standard error.\n\n# COMMANDS\n\n");
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        page_name(cli_commands[i].syntax, name, sizeof name);
        (void)printf("*%s*(1)\n\t%s.\n\n", name, cli_commands[i].syntax->summary);
    }
    (void)printf(
        "# ENVIRONMENT\n\n"
        "*SOFTMAX_DATA*\n\tFolder in which named data sets are looked for first.\n\n"
        "*SOFTMAX_ISA*\n\tInstruction set to use: reference, x86_64, avx2, avx512 or neon. By "
        "default the widest that the machine has.\n\n"
        "*XDG_CACHE_HOME*, *HOME*\n\tWhere *softmax data fetch* puts data sets: in softmax below "
        "the first, or below .cache of the second.\n\n"
        "*TMPDIR*\n\tFolder of files that are needed for a while, as of large data that is "
        "converted; /tmp by default.\n\n"
        "*COLUMNS*\n\tHow wide text may be where standard error is no terminal; 80 by "
        "default.\n\n"
        "*DISPLAY*, *WAYLAND_DISPLAY*\n\tWhere one is set, *softmax train --live* opens a window "
        "if gnuplot has one.\n\n"
        "*NO_COLOR*\n\tWhen set and not empty, nothing is coloured.\n\n"
        "# EXIT STATUS\n\n0 on success, 1 when the work failed (a message says how), 2 on wrong "
        "usage.\n");
}

static int print_manual(const char *const wanted)
{
    char name[64];
    if (strcmp(wanted, "softmax") == 0) {
        print_main_page();
        return 0;
    }
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        page_name(cli_commands[i].syntax, name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            print_command_page(cli_commands[i].syntax);
            return 0;
        }
    }
    (void)fprintf(stderr, "no page %s\n", wanted);
    return 1;
}

/* ---- completion ---- */

static void print_words(const cli_syntax *const syntax)
{
    for (const cli_option *option = syntax->options; !cli_is_last(option); option++) {
        if (option->kind != CLI_HEADING) {
            (void)printf("--%s%s ", option->name, option->argument == NULL ? "" : "=");
        }
    }
    (void)printf("--help");
}

static void print_choices(const cli_syntax *const syntax)
{
    for (const cli_option *option = syntax->options; !cli_is_last(option); option++) {
        if (option->kind != CLI_CHOICE) {
            continue;
        }
        const char *const command = strchr(syntax->name, ' ') + 1;
        (void)printf("    '%s --%s'", command, option->name);
        if (option->letter != 0) {
            (void)printf(" | '%s -%c'", command, option->letter);
        }
        (void)printf(") words='");
        for (int c = 0; cli_choice(option, c) != NULL; c++) {
            (void)printf("%s%s", c == 0 ? "" : " ", cli_choice(option, c));
        }
        (void)printf("' ;;\n");
    }
}

/* Where the value of an option is a file and nothing else. */
static void print_files(const cli_syntax *const syntax)
{
    const char *const command = strchr(syntax->name, ' ') + 1;
    const char *between = "    ";
    for (const cli_option *option = syntax->options; !cli_is_last(option); option++) {
        if (option->kind != CLI_FILE) {
            continue;
        }
        (void)printf("%s'%s --%s'", between, command, option->name);
        between = " | ";
        if (option->letter != 0) {
            (void)printf(" | '%s -%c'", command, option->letter);
        }
    }
    if (between[1] == '|') {
        (void)printf(") COMPREPLY=($(compgen -f -- \"$current\")) ;;\n");
    }
}

/* The words that may follow `before` ("softmax ", "softmax data "), each once: commands with the
 * same first word stand together. */
static void print_next_words(const char *const before)
{
    const char *last = "";
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const char *const name = cli_commands[i].syntax->name;
        if (strncmp(name, before, strlen(before)) != 0) {
            continue; /* and may be shorter */
        }
        const char *const word = name + strlen(before);
        const size_t length = strcspn(word, " ");
        if (strlen(last) < length || strncmp(word, last, length) != 0) {
            (void)printf("%.*s ", (int)length, word);
            last = word;
        }
    }
}

static int print_completion(void)
{
    (void)printf(
        "# bash completion for softmax\n\n"
        "_softmax() {\n"
        "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
        "    local command=${COMP_WORDS[1]} words=''\n"
        "    if [[ $command = data || $command = plot ]] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
        "        command=\"$command ${COMP_WORDS[2]}\"\n"
        "    fi\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        words='");
    print_next_words("softmax ");
    (void)printf("--help --version'\n"
                 "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                 "        return\n"
                 "    fi\n"
                 "    if [[ $command = data || $command = plot ]]; then\n"
                 "        words='");
    print_next_words("softmax data ");
    (void)printf("'\n"
                 "        [ \"$command\" = plot ] && words='");
    print_next_words("softmax plot ");
    (void)printf("'\n"
                 "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                 "        return\n"
                 "    fi\n"
                 "    # --option=value comes as three words.\n"
                 "    if [ \"$previous\" = = ]; then\n"
                 "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
                 "    elif [ \"$current\" = = ]; then\n"
                 "        current=''\n"
                 "    fi\n"
                 "    case \"$command $previous\" in\n");
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        print_choices(cli_commands[i].syntax);
    }
    (void)printf("    esac\n"
                 "    if [ -n \"$words\" ]; then\n"
                 "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                 "        return\n"
                 "    fi\n"
                 "    case \"$command\" in\n");
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        const cli_syntax *const syntax = cli_commands[i].syntax;
        (void)printf("    '%s') words='", strchr(syntax->name, ' ') + 1);
        print_words(syntax);
        (void)printf("' ;;\n");
    }
    (void)printf(
        "    esac\n"
        "    if [[ $current == -* ]]; then\n"
        "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
        "        [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace\n"
        "        return\n"
        "    fi\n"
        "    local sets='mnist fashion-mnist' generators='digits blobs circles moons spirals'\n"
        "    case \"$command $previous\" in\n");
    for (size_t i = 0; i < CLI_COMMANDS; i++) {
        print_files(cli_commands[i].syntax);
    }
    (void)printf(
        "    'data fetch fetch') COMPREPLY=($(compgen -W \"$sets\" -- \"$current\")) ;;\n"
        "    'data make make') COMPREPLY=($(compgen -W \"$generators\" -- \"$current\")) ;;\n"
        "    *) COMPREPLY=($(compgen -f -W \"$sets $generators\" -- \"$current\")) ;;\n"
        "    esac\n"
        "    compopt -o filenames\n"
        "}\n\n"
        "complete -F _softmax softmax\n");
    return 0;
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count == 3 && strcmp(arguments[1], "manual") == 0) {
        return print_manual(arguments[2]);
    }
    if (argument_count == 2 && strcmp(arguments[1], "completion") == 0) {
        return print_completion();
    }
    (void)fprintf(stderr, "usage: softmax-documents manual PAGE | completion\n");
    return 2;
}
