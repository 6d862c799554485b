/* The two ends between a process and a child of its. */
#ifndef SMI_SYS_CHILD_END_H
#define SMI_SYS_CHILD_END_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Makes the two ends of a pipe: ours, ends[0], and the child's, ends[1], which reads what we write,
 * or the other way round. Where we write, writing does not wait. Neither is passed on by itself,
 * nor has a number below 3, which what becomes standard input, output or error must not be taken
 * by. False, with errno: there are none, and ends[i] is −1. */
bool smi_child_ends(int ends[2], bool child_reads);

/* Writes to ours of a pipe, as write() does, but without SIGPIPE where nobody reads it any more. */
ssize_t smi_write_end(int descriptor, const void *bytes, size_t size);

/* Gives a descriptor that is not passed on a number of 3 or more. False, with errno: there is none;
 * it is closed, and −1. */
bool smi_lift_end(int *descriptor);

/* Closes it, unless it is −1, which it becomes. */
void smi_close_end(int *descriptor);

#endif
