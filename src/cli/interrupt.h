/* Ctrl-C, without losing what has been done. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From here on the first SIGINT or SIGTERM is only remembered; a second one ends the program. */
void cli_catch_interrupts(void);

bool cli_is_interrupted(void);

/* From here on the first one ends the program again. */
void cli_release_interrupts(void);

/* The same, but the signals come only to cli_await_interrupt(), which returns once there has been
 * one; threads that are started in between do not get them. */
void cli_hold_interrupts(void);
void cli_await_interrupt(void);

#endif
