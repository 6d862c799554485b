/* What the program ends with. */
#ifndef CLI_EXIT_STATUS_H
#define CLI_EXIT_STATUS_H

enum { CLI_SUCCESS = 0, CLI_FAILURE = 1, CLI_WRONG_USAGE = 2 };

#endif
