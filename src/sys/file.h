/* A file whose bytes can be read at any place of it, by several threads at once. */
#ifndef SMI_SYS_FILE_H
#define SMI_SYS_FILE_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/input.h"

typedef struct smi_file smi_file;

/* The file that the input reads, which may be closed before it; *from is how much of it the input
 * has read. *file is NULL when that is no regular file, or claims to be empty, as files do that the
 * system makes up while they are read. */
sm_status smi_file_of(const smi_input *input, smi_file **file, uint64_t *from);

/* Copies up to `size` of the first bytes of a regular file, and returns how many: 0 where there is
 * no such file, or it cannot be read. Needs no memory. */
size_t smi_file_begin(const char *path, void *bytes, size_t size);

/* A new file without a name in $TMPDIR, or else /tmp, which goes when it is closed.
 * name: for messages; copied. */
sm_status smi_file_temporary(const char *name, smi_file **file);

/* The same in the folder of another file, be that there or not. */
sm_status smi_file_temporary_beside(const char *path, smi_file **file);

/* Adds to the end of a temporary file. */
sm_status smi_file_append(smi_file *file, const void *bytes, size_t size);

/* Bytes in all: when it was opened, or has been appended. */
uint64_t smi_file_size(const smi_file *file);

/* What has it open, for the neighbours here. */
int smi_file_descriptor(const smi_file *file);

/* Reads exactly the `size` bytes from `offset` on. Fails when the file ends before. */
sm_status smi_file_read(const smi_file *file, uint64_t offset, void *buffer, size_t size);

/* The answer to a file that is not what it was when it was opened. */
sm_status smi_fail_changed(const char *name);

/* Fails when the file has another size or time of change than when it was opened. */
sm_status smi_file_check_unchanged(const smi_file *file);

void smi_file_close(smi_file *file); /* NULL is accepted */

#endif
