/* How many rows to hold out: a number of them, or a share. */
#ifndef CLI_HELD_OUT_H
#define CLI_HELD_OUT_H

#include <softmax.h>

/* Reads a number of rows, or a share below 1; false, and the options as they were, when the text is
 * neither. */
bool cli_read_held_out(const char *text, sm_split_options *options);

/* The exit status that a split's status comes to. */
int cli_split_status(sm_status status);

/* Splits the data, and frees it: part 0 is the rest, part 1 what is held out. text: as
 * above; option: the one it comes from, for messages. Returns an exit status, having said what is
 * wrong; there are then no parts. */
int cli_hold_out(const char *option, const char *text, bool stratify, uint64_t seed,
                 sm_dataset *dataset, sm_dataset *parts[2]);

#endif
