/* argp takes beginnings of names for options, and what it says of others shows names as they are:
 * it gets words that need neither. */
#include "cli/option_words.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

/* argp's own; -h is ours. */
static const cli_option own_options[] = {{CLI_ON, "help", '?', NULL, NULL, 0},
                                         {CLI_ON, "usage", 'h', NULL, NULL, 0}};
enum { OWN_OPTIONS = sizeof own_options / sizeof *own_options };

/* A command's options without headings, argp's among them. */
typedef struct option_list {
    const cli_syntax *syntax;
    size_t count;
    const cli_option **options;
    const char **names; /* theirs */
} option_list;

static void end_without_memory(void)
{
    cli_say("not enough memory");
    exit(CLI_FAILURE);
}

static option_list list_options(const cli_syntax *const syntax)
{
    const size_t most = cli_count_options(syntax) + OWN_OPTIONS;
    option_list list = {syntax, 0, malloc(most * sizeof(void *)),
                        malloc(most * sizeof *list.names)};
    if (list.options == NULL || list.names == NULL) {
        end_without_memory();
    }
    for (size_t i = 0; i < most; i++) {
        const cli_option *const option =
            i < OWN_OPTIONS ? &own_options[i] : &syntax->options[i - OWN_OPTIONS];
        if (option->kind != CLI_HEADING) {
            list.options[list.count] = option;
            list.names[list.count] = option->name;
            list.count++;
        }
    }
    return list;
}

/* "softmax train: ", `before`, what was given, of `length` bytes, and `after`; ends the program. */
static void fail_option(const option_list *const list, const char *const before,
                        const char *const given, const size_t length, const char *const after)
{
    char *const shown = strndup(given, length);
    if (shown == NULL) {
        end_without_memory();
    }
    (void)fprintf(stderr, "%s: %s", list->syntax->name, before);
    cli_print_safe(stderr, shown);
    (void)fprintf(stderr, "%s\n", after);
    exit(CLI_WRONG_USAGE);
}

/* mark: the dashes and the name that the value is to follow. */
static void fail_lack(const option_list *const list, const cli_option *const option,
                      const char *const mark)
{
    (void)fprintf(stderr, "%s: %s needs a value: %s %s\n", list->syntax->name, mark, mark,
                  option->argument);
    exit(CLI_WRONG_USAGE);
}

static bool begins(const char *const name, const char *const beginning, const size_t length)
{
    return strncmp(name, beginning, length) == 0;
}

/* Whether these are the first letters of the name's words, as "lr" is for "learning-rate". */
static bool has_initials(const char *const name, const char *const letters)
{
    const char *word = name;
    size_t i = 0;
    while (word != NULL && letters[i] == *word) {
        i++;
        word = strchr(word, '-');
        word = word == NULL ? NULL : word + 1;
    }
    return word == NULL && i > 1 && letters[i] == '\0';
}

/* The place of the one name that begins so or has these initials, or else of the nearest; SIZE_MAX:
 * there is none. */
static size_t meant_option(const option_list *const list, const char *const wanted)
{
    size_t meant = 0;
    size_t last = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (begins(list->names[i], wanted, strlen(wanted)) ||
            has_initials(list->names[i], wanted)) {
            meant++;
            last = i;
        }
    }
    return meant == 1 ? last : smi_nearest_name(wanted, list->names, list->count);
}

/* word: from its dashes on, of which `length` bytes are the option. */
static void fail_unknown(const option_list *const list, const char *const word, const size_t length)
{
    char after[256];
    char *const wanted = strndup(word + 2, length - 2);
    if (wanted == NULL) {
        end_without_memory();
    }
    const size_t meant = meant_option(list, wanted);
    free(wanted);
    if (meant != SIZE_MAX) {
        (void)snprintf(after, sizeof after, "'; did you mean '--%s'?", list->names[meant]);
    } else {
        (void)snprintf(after, sizeof after, "'; '%s --help' lists them", list->syntax->name);
    }
    fail_option(list, "there is no option '", word, length, after);
}

/* "--NAME" or "--NAME=VALUE". Returns whether the next word is the option's value. */
static bool check_name(const option_list *const list, const char *const word, const bool is_final)
{
    const size_t length = strcspn(word, "=");
    const bool has_value = word[length] == '=';
    size_t i = 0;
    while (i < list->count && (strlen(list->names[i]) != length - 2 ||
                               !begins(list->names[i], word + 2, length - 2))) {
        i++;
    }
    if (i == list->count) {
        fail_unknown(list, word, length);
        return false;
    }
    const cli_option *const option = list->options[i];
    if (has_value && option->argument == NULL) {
        fail_option(list, "", word, strlen(word), ": the option takes no value");
    }
    if (!has_value && option->argument != NULL && is_final) {
        char mark[64];
        (void)snprintf(mark, sizeof mark, "--%s", option->name);
        fail_lack(list, option, mark);
    }
    return !has_value && option->argument != NULL;
}

/* Letters, as in "-q", "-qo" or "-oVALUE". Returns likewise. */
static bool check_letters(const option_list *const list, const char *const word,
                          const bool is_final)
{
    for (const char *at = word + 1; *at != '\0'; at++) {
        size_t i = 0;
        while (i < list->count && list->options[i]->letter != *at) {
            i++;
        }
        if (i == list->count) {
            char after[128];
            (void)snprintf(after, sizeof after, "'; '%s --help' lists them", list->syntax->name);
            fail_option(list, "there is no option '-", at,
                        smi_max_size(smi_character_length(at), 1), after);
            return false;
        }
        const cli_option *const option = list->options[i];
        if (option->argument != NULL) {
            if (at[1] == '\0' && is_final) {
                fail_lack(list, option, (const char[]){'-', *at, '\0'});
            }
            return at[1] == '\0';
        }
    }
    return false;
}

void cli_check_words(const cli_syntax *const syntax, const int argument_count,
                     char *const *const argument_list)
{
    const option_list list = list_options(syntax);
    for (int i = 1; i < argument_count && strcmp(argument_list[i], "--") != 0; i++) {
        const char *const word = argument_list[i];
        const bool is_final = i + 1 == argument_count;
        bool takes_next = false;
        if (begins(word, "--", 2)) {
            takes_next = check_name(&list, word, is_final);
        } else if (word[0] == '-' && word[1] != '\0') {
            takes_next = check_letters(&list, word, is_final);
        }
        i += takes_next;
    }
    free(list.options);
    free(list.names);
}
