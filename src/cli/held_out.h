/* How many rows to hold out: a number of them, or a share. */
#ifndef CLI_HELD_OUT_H
#define CLI_HELD_OUT_H

#include <softmax.h>

/* Splits the data, and frees it: part 0 is the rest, part 1 what is held out. text: a number of
 * rows, or a share below 1; option: the one it comes from, for messages. Returns an exit status,
 * having said what is wrong; there are then no parts. */
int cli_hold_out(const char *option, const char *text, bool stratify, uint64_t seed,
                 sm_dataset *dataset, sm_dataset *parts[2]);

#endif
