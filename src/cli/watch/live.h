/* train --live: loss and accuracy of training and validation data, drawn as epochs pass: in a
 * window, or else in the terminal, above the line of progress. */
#ifndef CLI_WATCH_LIVE_H
#define CLI_WATCH_LIVE_H

#include <stdbool.h>

#include <softmax.h>

#define CLI_LIVE_HELP                                                                              \
    "Draw loss and accuracy as epochs pass: in a window of gnuplot's where there is a display, "   \
    "which stays at the end, or else in the terminal"

typedef struct cli_live cli_live;

/* name: of what is trained on. Says so where there is neither a window nor a terminal, and draws
 * nothing then. NULL: there was not the memory, which was said. */
cli_live *cli_live_open(const char *name);

/* Whether it draws in the terminal, where lines of progress would be in its way. */
bool cli_live_is_in_terminal(const cli_live *live);

/* To be called after each step, before the line of progress is drawn again. */
void cli_live_show(cli_live *live, const sm_progress *now);

/* Draws the end, below which the cursor is then, and frees it; NULL is accepted. */
void cli_live_close(cli_live *live);

#endif
