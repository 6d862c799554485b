/* Lists of penalties on the command line: "1e-6:1e0:7" or "1e-4,1e-3". */
#ifndef CLI_PENALTY_PATH_H
#define CLI_PENALTY_PATH_H

#include <stdbool.h>
#include <stddef.h>

enum { CLI_LONGEST_PATH = 100 };

#define CLI_PATH_ARGUMENT "PATH"

/* Largest first. */
typedef struct cli_path {
    double values[CLI_LONGEST_PATH];
    size_t count;
} cli_path;

/* FROM:TO:COUNT, with the same ratio from each to the next, rounded to the six digits that are
 * shown; or numbers, 0 or more, with commas between them. False when the text is something else. */
bool cli_parse_path(const char *text, cli_path *path);

#endif
