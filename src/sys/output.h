/* A file that appears whole or not at all: it is written without a name in the same folder, flushed
 * to disk, named, and renamed over `path`. Until then, and after any failure, what was at `path` is
 * untouched; when the process is killed, nothing is left. Where the file system has no files
 * without names, it is written under another name, .softmax-*.tmp, and that is left. Through a
 * symbolic link the file it leads to is replaced. What is not a regular file, such as /dev/null or
 * a pipe, is written to directly. */
#ifndef SMI_SYS_OUTPUT_H
#define SMI_SYS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

typedef struct smi_output smi_output;

/* Whether what is written to one path takes the place of what is written to the other: both stand
 * for one file, be it there or not yet. Devices and pipes take what comes from both. */
bool smi_output_is_same(const char *one, const char *other);

sm_status smi_output_open(const char *path, smi_output **output);
sm_status smi_output_write(smi_output *output, const void *bytes, size_t size);

/* Ends it either way, and frees it: commit puts the file in place, abandon leaves no trace. */
sm_status smi_output_commit(smi_output *output);
void smi_output_abandon(smi_output *output); /* NULL is accepted */

/* Commits what was written with SM_OK, and abandons what was not; returns how all of it went.
 * NULL is accepted, and leaves the status as it is. */
sm_status smi_output_finish(smi_output *output, sm_status status);

/* Files that appear together or not at all: of what this thread commits between the two, nothing
 * gets its name before the end, and nothing does unless the status is SM_OK and all can be named;
 * only where the renaming itself fails may some be there already. Returns how all of it went. Of
 * groups within one another the outermost counts: it is to end with what went wrong in others. */
void smi_output_group_begin(void);
sm_status smi_output_group_end(sm_status status);

#endif
