/* Another program, started and left to itself. */
#ifndef SMI_SYS_LAUNCH_H
#define SMI_SYS_LAUNCH_H

#include <stdbool.h>

/* Starts arguments[0], which is looked for in PATH, with these arguments, NULL behind the last; no
 * shell has a part in it. It reads and writes nothing of ours, and lives on when we end. False: it
 * cannot be started. */
bool smi_launch(const char *const *arguments);

#endif
