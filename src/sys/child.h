/* Another program, run to its end: it is given bytes, and what it writes comes back. */
#ifndef SMI_SYS_CHILD_H
#define SMI_SYS_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

/* What a child left behind. */
typedef struct smi_child_end {
    char *output; /* its standard output; freed by smi_free() */
    size_t size;
    char errors[512]; /* the beginning of its standard error, as text without the last newline */
    int exit_status;  /* −1: a signal ended it */
} smi_child_end;

/* Runs arguments[0], which is looked for in PATH, with these arguments, NULL behind the last; no
 * shell has a part in it. `input` is its standard input, a pipe. It fails when the program cannot
 * be started, where *missing tells whether there is none of this name, or when it writes more than
 * `most` bytes; how it ended is the caller's to judge. What the child leaves of its input unread
 * is not an error, and no signal comes of it. Children of its own that live on are not waited for.
 * How it ended cannot be told where the process ignores SIGCHLD. */
sm_status smi_child_run(const char *const *arguments, const void *input, size_t input_size,
                        size_t most, bool *missing, smi_child_end *end);

#endif
