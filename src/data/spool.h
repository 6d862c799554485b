/* The bytes of an input, at any place of it and any number of times. A regular file is read where
 * it lies. What comes compressed or from a pipe is spooled first: in memory while it is small, then
 * in a temporary file without a name. Several threads may read one spool at once. */
#ifndef SMI_DATA_SPOOL_H
#define SMI_DATA_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/stream.h"

typedef struct smi_spool smi_spool;

/* path "-": standard input. */
sm_status smi_spool_open(const char *path, smi_spool **spool);

/* All that is left of a stream, whose bytes lie decompressed afterwards; the stream is borrowed. */
sm_status smi_spool_stream(smi_stream *stream, smi_spool **spool);

/* The bytes are borrowed. name: for messages; copied. */
sm_status smi_spool_over(const void *bytes, size_t size, const char *name, smi_spool **spool);

const char *smi_spool_name(const smi_spool *spool);
uint64_t smi_spool_size(const smi_spool *spool);

/* Where the bytes lie: in memory, or, NULL, in a file, where they begin at byte *from. */
const uint8_t *smi_spool_bytes(const smi_spool *spool);
const smi_file *smi_spool_file(const smi_spool *spool, uint64_t *from);

/* Reads exactly the `size` bytes from `offset` on, which lie within the spool. Fails when the file
 * has become shorter meanwhile. */
sm_status smi_spool_read(const smi_spool *spool, uint64_t offset, void *buffer, size_t size);

/* Fails when the file has another size or time of change than when it was opened. */
sm_status smi_spool_check_unchanged(const smi_spool *spool);

void smi_spool_free(smi_spool *spool); /* NULL is accepted */

#endif
