/* train --live where there is a display: the curves in a window of gnuplot's. */
#ifndef CLI_WATCH_LIVE_WINDOW_H
#define CLI_WATCH_LIVE_WINDOW_H

#include <stdbool.h>

#include "plot/curves.h"

typedef struct cli_live_window cli_live_window;

/* NULL, without a word: there is no display, or no gnuplot that has windows. */
cli_live_window *cli_live_window_open(void);

/* Draws the run, unless gnuplot still draws another. False: the window is gone. */
bool cli_live_window_draw(cli_live_window *window, const smi_run *run);

/* Leaves the window to the user, with the run in it. NULL is accepted. */
void cli_live_window_close(cli_live_window *window, const smi_run *run);

#endif
