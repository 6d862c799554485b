/* The bytes of an input, decompressed on the way when they are gzip (RFC 1952, one member or
 * several one after the other), which their first two bytes tell. */
#ifndef SMI_DATA_STREAM_H
#define SMI_DATA_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/file.h"
#include "sys/input.h"

/* gzip input may come to this many bytes and no more, so that a few kilobytes cannot fill the
 * memory. Data that is larger has to be decompressed first. */
static const uint64_t SMI_MAX_INFLATED = (uint64_t)4 << 30;

typedef struct smi_stream smi_stream;

/* Whether bytes that begin so are gzip. */
static inline bool smi_is_gzip(const uint8_t *const bytes, const size_t size)
{
    return size >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

/* Takes over the input, also on failure. */
sm_status smi_stream_open(smi_input *input, smi_stream **stream);

/* path "-": standard input. */
sm_status smi_stream_open_path(const char *path, smi_stream **stream);

const char *smi_stream_name(const smi_stream *stream);

/* Bytes that can come at most, in all: exact for files; for gzip 1,032 times the compressed size,
 * which is deflate's limit, or SMI_MAX_INFLATED; UINT64_MAX where the input's size is unknown. */
uint64_t smi_stream_most(const smi_stream *stream);

/* Fails when `size` bytes in all, which a header announces, are more than can come. */
sm_status smi_stream_expect(const smi_stream *stream, uint64_t size);

/* The file that the stream hands out as it is, and how many of its bytes it has handed out; *file
 * is NULL when there is none: gzip, a pipe. The stream may be closed before it. */
sm_status smi_stream_file(const smi_stream *stream, smi_file **file, uint64_t *from);

/* As smi_input_finish(), of the stream's input. */
sm_status smi_stream_finish(const smi_stream *stream, sm_status status);

/* Reads up to `size` bytes; *got is less only at the end. Fails on damaged gzip. */
sm_status smi_stream_read(smi_stream *stream, void *buffer, size_t size, size_t *got);

/* Reads all that is left into *bytes, to be freed by smi_free(). Fails when that is more than
 * `most` bytes. */
sm_status smi_stream_read_all(smi_stream *stream, size_t most, uint8_t **bytes, size_t *size);

/* The first bytes, SMI_PEEKED or all there are if fewer, which are still to be read. Only before
 * the first read. */
enum { SMI_PEEKED = 4096 };
sm_status smi_stream_peek(smi_stream *stream, const uint8_t **bytes, size_t *size);

void smi_stream_close(smi_stream *stream); /* NULL is accepted */

#endif
