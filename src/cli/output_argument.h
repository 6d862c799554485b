/* Where a model is to be written. */
#ifndef CLI_OUTPUT_ARGUMENT_H
#define CLI_OUTPUT_ARGUMENT_H

/* Tries the place before the work begins, not after. Returns an exit status, having said what is
 * wrong. */
int cli_try_output(const char *path);

#endif
