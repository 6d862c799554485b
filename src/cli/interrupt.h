/* Ctrl-C, without losing what has been done. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From here on the first SIGINT or SIGTERM is only remembered; a second one ends the program. */
void cli_catch_interrupts(void);

bool cli_is_interrupted(void);

#endif
