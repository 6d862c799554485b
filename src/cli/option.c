#include "cli/option.h"

#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/exit_status.h"
#include "cli/option_words.h"
#include "cli/terminal.h"

/* Options without a letter have keys from here on. */
enum { FIRST_KEY = 1000, HELP_KEY = 'h' };

typedef struct parsing {
    const cli_syntax *syntax;
    char *settings;
    const char **arguments;
} parsing;

bool cli_is_last(const cli_option *const option)
{
    return option->kind == CLI_HEADING && option->help == NULL;
}

size_t cli_count_options(const cli_syntax *const syntax)
{
    size_t count = 0;
    while (!cli_is_last(&syntax->options[count])) {
        count++;
    }
    return count;
}

/* Bytes of an option's value that are not all zero once it was given. */
static size_t size_of_value(const cli_kind kind)
{
    switch (kind) {
    case CLI_ON:
    case CLI_OFF:
        return sizeof(bool);
    case CLI_COUNT:
        return sizeof(size_t);
    case CLI_SEED:
        return sizeof(uint64_t);
    case CLI_NUMBER:
    case CLI_ABOVE:
        return sizeof(double);
    case CLI_TEXT:
    case CLI_FILE:
        return sizeof(const char *);
    case CLI_LIST:
        return sizeof(cli_list);
    case CLI_CHOICE:
    case CLI_SET:
        return sizeof(int);
    case CLI_SIZE:
        return sizeof(cli_size);
    case CLI_HEADING:
        break;
    }
    return 0;
}

const char *cli_first_given(const cli_option *const options, const char *const heading,
                            const void *const settings)
{
    const cli_option *begin = options;
    while (begin->kind != CLI_HEADING || strcmp(begin->help, heading) != 0) {
        begin++;
    }
    for (const cli_option *option = begin + 1; option->kind != CLI_HEADING; option++) {
        const unsigned char *const value = (const unsigned char *)settings + option->offset;
        for (size_t i = 0; i < size_of_value(option->kind); i++) {
            if (value[i] != 0) {
                return option->name;
            }
        }
    }
    return NULL;
}

static const cli_option *find_option(const cli_syntax *const syntax, const int key)
{
    for (size_t i = 0; !cli_is_last(&syntax->options[i]); i++) {
        const cli_option *const option = &syntax->options[i];
        if (option->kind != CLI_HEADING &&
            (key == FIRST_KEY + (int)i || (option->letter != 0 && key == option->letter))) {
            return option;
        }
    }
    return NULL;
}

/* One line that names the option, the value and what is wrong; ends the program. */
static void fail_value(const parsing *const run, const cli_option *const option,
                       const char *const value, const char *const what)
{
    (void)fprintf(stderr, "%s: --%s=", run->syntax->name, option->name);
    cli_print_safe(stderr, value);
    (void)fprintf(stderr, ": %s\n", what);
    exit(CLI_WRONG_USAGE);
}

static void fail_arguments(const cli_syntax *const syntax, const char *const what,
                           const char *const value)
{
    (void)fprintf(stderr, "%s: %s", syntax->name, what);
    if (value != NULL) {
        (void)fputs(": '", stderr);
        cli_print_safe(stderr, value);
        (void)fputc('\'', stderr);
    }
    (void)fprintf(stderr, "; it is called as: %s%s%s\n", syntax->name,
                  syntax->arguments == NULL ? "" : " ",
                  syntax->arguments == NULL ? "" : syntax->arguments);
    exit(CLI_WRONG_USAGE);
}

static void fail_range(const parsing *const run, const cli_option *const option,
                       const char *const value)
{
    char what[128];
    const char *const noun = option->kind == CLI_COUNT ? "a whole number" : "a number";
    if (option->kind == CLI_ABOVE) {
        (void)snprintf(what, sizeof what, "it must be a number above %g", option->least);
    } else if (option->most >= 1e15) {
        (void)snprintf(what, sizeof what, "it must be %s, %g or more", noun, option->least);
    } else {
        (void)snprintf(what, sizeof what, "it must be %s from %g to %g", noun, option->least,
                       option->most);
    }
    fail_value(run, option, value, what);
}

static void set_count(const parsing *const run, const cli_option *const option,
                      const char *const value, size_t *const to)
{
    uint64_t number = 0;
    if (!smi_parse_u64(value, &number) || (double)number < option->least ||
        (double)number > option->most || number >= SIZE_MAX) {
        fail_range(run, option, value);
    }
    *to = (size_t)number;
}

static void set_size(const parsing *const run, const cli_option *const option,
                     const char *const value, cli_size *const to)
{
    const char *const cross = strchr(value, 'x');
    const size_t length = cross == NULL ? 0 : (size_t)(cross - value);
    char first[16] = "";
    uint64_t height = 0;
    uint64_t width = 0;
    if (length < sizeof first) {
        memcpy(first, value, length);
    }
    if (!smi_parse_u64(first, &height) || !smi_parse_u64(cross + 1, &width) ||
        (double)height < option->least || (double)height > option->most ||
        (double)width < option->least || (double)width > option->most) {
        char what[128];
        /* RxC are rows and columns, HxW a height and a width. */
        const bool grid = option->argument[0] == 'R';
        (void)snprintf(what, sizeof what, "it must be %s from %g to %g, such as %s",
                       grid ? "rows and columns" : "a height and a width", option->least,
                       option->most, grid ? "3x5" : "28x28");
        fail_value(run, option, value, what);
    }
    *to = (cli_size){(size_t)height, (size_t)width};
}

const char *cli_choice(const cli_option *const option, const int place)
{
    return option->choice != NULL ? option->choice(place) : option->choices[place];
}

static void set_choice(const parsing *const run, const cli_option *const option,
                       const char *const value, int *const to)
{
    char what[256] = "it must be one of";
    for (int i = 0; cli_choice(option, i) != NULL; i++) {
        if (strcmp(cli_choice(option, i), value) == 0) {
            *to = i;
            return;
        }
        strncat(what, i == 0 ? " " : ", ", sizeof what - strlen(what) - 1);
        strncat(what, cli_choice(option, i), sizeof what - strlen(what) - 1);
    }
    fail_value(run, option, value, what);
}

static void add_value(const parsing *const run, const cli_option *const option,
                      const char *const value, cli_list *const to)
{
    if (to->count == CLI_LONGEST_LIST) {
        fail_value(run, option, value, "it was given too often; several names fit into one");
    }
    to->values[to->count++] = value;
}

static void set_value(const parsing *const run, const cli_option *const option,
                      const char *const value)
{
    void *const to = run->settings + option->offset;
    double number = 0.0;
    uint64_t seed = 0;
    switch (option->kind) {
    case CLI_ON:
    case CLI_OFF:
        *(bool *)to = option->kind == CLI_ON;
        break;
    case CLI_COUNT:
        set_count(run, option, value, to);
        break;
    case CLI_SEED:
        if (!smi_parse_u64(value, &seed)) {
            fail_value(run, option, value, "it must be a whole number, 0 or more");
        }
        *(uint64_t *)to = seed;
        break;
    case CLI_NUMBER:
    case CLI_ABOVE:
        if (!smi_parse_double(value, &number) || number < option->least || number > option->most ||
            (option->kind == CLI_ABOVE && number == option->least)) {
            fail_range(run, option, value);
        }
        *(double *)to = number;
        break;
    case CLI_TEXT:
    case CLI_FILE:
        *(const char **)to = value;
        break;
    case CLI_LIST:
        add_value(run, option, value, to);
        break;
    case CLI_CHOICE:
        set_choice(run, option, value, to);
        break;
    case CLI_SIZE:
        set_size(run, option, value, to);
        break;
    case CLI_SET:
        *(int *)to = (int)option->least;
        break;
    case CLI_HEADING:
        break;
    }
}

/* value: the first argument that is too many. */
static void fail_many(const cli_syntax *const syntax, const char *const value)
{
    enum { FEW = 3 };
    char what[64] = "there is one argument too many";
    if (syntax->most_arguments > FEW) { /* which nobody counts at a glance */
        (void)snprintf(what, sizeof what, "there are more than %zu arguments",
                       syntax->most_arguments);
    }
    fail_arguments(syntax, what, value);
}

static error_t parse_one(const int key, char *const value, struct argp_state *const state)
{
    const parsing *const run = state->input;
    const cli_syntax *const syntax = run->syntax;
    if (key == ARGP_KEY_INIT) {
        /* What is wrong is told in one line, without another that points to --help. */
        state->err_stream = NULL;
        return 0;
    }
    if (key == ARGP_KEY_ARG) {
        if (state->arg_num >= syntax->most_arguments) {
            fail_many(syntax, value);
        }
        run->arguments[state->arg_num] = value;
        return 0;
    }
    if (key == ARGP_KEY_END && state->arg_num < syntax->least_arguments) {
        fail_arguments(syntax, "an argument is missing", NULL);
    }
    if (key == HELP_KEY) {
        argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
    }
    const cli_option *const option = find_option(syntax, key);
    if (option == NULL) {
        return ARGP_ERR_UNKNOWN;
    }
    set_value(run, option, value);
    return 0;
}

/* argp's text: what stands before the options, a vertical tab, what stands after. */
static char *help_text(const cli_syntax *const syntax)
{
    static const char form[] = "%s.\n\v%s\n\nExamples:\n%s";
    const size_t size = sizeof form + strlen(syntax->summary) + strlen(syntax->description) +
                        strlen(syntax->examples);
    char *const text = malloc(size);
    if (text != NULL) {
        (void)snprintf(text, size, form, syntax->summary, syntax->description, syntax->examples);
    }
    return text;
}

/* argp's table of the options and of -h, which is not listed as it has -? of its own, and the empty
 * row that ends it. NULL: there is not the memory. */
static struct argp_option *argp_options(const cli_syntax *const syntax)
{
    const size_t count = cli_count_options(syntax);
    struct argp_option *const list = calloc(count + 2, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++) {
        const cli_option *const option = &syntax->options[i];
        if (option->kind == CLI_HEADING) {
            list[i] = (struct argp_option){.doc = option->help};
        } else {
            list[i] = (struct argp_option){.name = option->name,
                                           .key = option->letter != 0 ? option->letter
                                                                      : FIRST_KEY + (int)i,
                                           .arg = option->argument,
                                           .doc = option->help};
        }
    }
    if (list != NULL) {
        list[count] = (struct argp_option){.key = HELP_KEY, .flags = OPTION_HIDDEN};
    }
    return list;
}

void cli_parse(const cli_syntax *const syntax, const int argument_count, char **const argument_list,
               void *const settings, const char **const arguments)
{
    cli_check_words(syntax, argument_count, argument_list);
    struct argp_option *const options = argp_options(syntax);
    char *const text = help_text(syntax);
    if (options == NULL || text == NULL) {
        cli_say("not enough memory");
        exit(CLI_FAILURE);
    }
    for (size_t i = 0; i < CLI_MOST_ARGUMENTS; i++) {
        arguments[i] = NULL;
    }
    const struct argp argp = {
        .options = options, .parser = parse_one, .args_doc = syntax->arguments, .doc = text};
    parsing run = {.syntax = syntax, .settings = settings, .arguments = arguments};
    const error_t error = argp_parse(&argp, argument_count, argument_list, 0, NULL, &run);
    free(text);
    free(options);
    if (error != 0) { /* the words have been checked: it lacks memory */
        cli_say("not enough memory");
        exit(CLI_FAILURE);
    }
}
