/* The command line from tables: one row an option, from which the parser, --help, the manual pages
 * and the shell completion are made. Texts are plain ASCII. */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cli_kind {
    CLI_HEADING, /* help: the title of the options that follow */
    CLI_ON,      /* bool: set by its presence */
    CLI_OFF,     /* bool: cleared by its presence */
    CLI_COUNT,   /* size_t: a whole number from least to most */
    CLI_SEED,    /* uint64_t: any whole number */
    CLI_NUMBER,  /* double: from least to most */
    CLI_ABOVE,   /* double: above least, up to most */
    CLI_TEXT,    /* const char * */
    CLI_FILE,    /* const char *; the completion offers files alone */
    CLI_LIST,    /* cli_list: may be given several times */
    CLI_CHOICE,  /* int: the place of the word among its choices */
    CLI_SIZE,    /* cli_size: two whole numbers from least to most with an x between */
    CLI_SET      /* int: becomes `least` by its presence; of several, the last counts */
} cli_kind;

/* What a CLI_LIST was given, in order. */
enum { CLI_LONGEST_LIST = 64 };
typedef struct cli_list {
    const char *values[CLI_LONGEST_LIST];
    size_t count;
} cli_list;

typedef struct cli_size {
    size_t height;
    size_t width;
} cli_size;

typedef struct cli_option {
    cli_kind kind;
    const char *name; /* without the dashes */
    char letter;      /* 0: none */
    const char *argument;
    const char *help;
    size_t offset; /* of the value in the command's settings */
    double least;  /* CLI_COUNT, CLI_NUMBER, CLI_ABOVE, CLI_SIZE; CLI_SET: the value */
    double most;
    const char *const *choices; /* CLI_CHOICE: NULL at the end; or, where they are another's, */
    const char *(*choice)(int place); /* which word has this place; NULL: none */
} cli_option;

/* The word of a CLI_CHOICE that has this place, from 0; NULL after the last. */
const char *cli_choice(const cli_option *option, int place);

/* How a command is called. */
typedef struct cli_syntax {
    const char *name;          /* "softmax train" */
    const char *arguments;     /* "DATA -o MODEL"; NULL: it takes none */
    const char *summary;       /* one line, no full stop */
    const char *description;   /* paragraphs, an empty line between them */
    const char *examples;      /* command lines, each with its newline */
    const cli_option *options; /* a kind CLI_HEADING without help ends them */
    size_t least_arguments;
    size_t most_arguments;
} cli_syntax;

/* Whether this row ends a table of options; and how many rows there are before it, headings among
 * them. */
bool cli_is_last(const cli_option *option);
size_t cli_count_options(const cli_syntax *syntax);

/* The name of the first option under a heading that was given; NULL: none was. The defaults of
 * those options are all zero. */
const char *cli_first_given(const cli_option *options, const char *heading, const void *settings);

enum { CLI_MOST_ARGUMENTS = 64 };

/* Reads the command line into settings, which hold the defaults, and the arguments that are not
 * options into `arguments`, NULL where there are fewer. On wrong usage, and after --help, it ends
 * the program. */
void cli_parse(const cli_syntax *syntax, int argument_count, char **argument_list, void *settings,
               const char **arguments);

#endif
