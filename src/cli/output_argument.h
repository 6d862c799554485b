/* Where a command's result is to be written. */
#ifndef CLI_OUTPUT_ARGUMENT_H
#define CLI_OUTPUT_ARGUMENT_H

#include <stdbool.h>

/* Tries the place before the work begins, not after. Returns an exit status, having said what is
 * wrong. */
int cli_try_output(const char *path);

/* The files that a command reads, as they were given; NULL: it reads none such. "-" is standard
 * input. */
typedef struct cli_inputs {
    const char *model;
    const char *data; /* DATA: also a set or a generator, which are no files */
    const char *test; /* likewise */
    const char *labels;
    const char *log;
} cli_inputs;

/* Refuses "-", and to write over one of them, by whatever name or link. option: that gave the path,
 * for the message. path: NULL is fine. Returns an exit status, having said what is wrong. */
int cli_check_output(const char *option, const char *path, const cli_inputs *inputs);

/* Whether two paths are those of one file, be it there already or not. NULL is no path. */
bool cli_is_same_file(const char *a, const char *b);

#endif
