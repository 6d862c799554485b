/* Bytes that come in: from a file, from standard input, from memory, or made on the way. */
#ifndef SMI_SYS_INPUT_H
#define SMI_SYS_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

typedef struct smi_input smi_input;

/* path "-": standard input. Anything that can be read will do, but a folder. */
sm_status smi_input_open(const char *path, smi_input **input);

/* The bytes are borrowed. name: for messages; copied. */
sm_status smi_input_over(const void *bytes, size_t size, const char *name, smi_input **input);

/* Bytes that are made while they are read. */
typedef struct smi_input_source {
    /* Makes up to `size` bytes, 1 or more; *got is 0 only at the end. */
    sm_status (*read)(void *context, void *buffer, size_t size, size_t *got);
    void (*close)(void *context);
    void *context;
} smi_input_source;

/* Takes over the source, also on failure. name: for messages; copied. */
sm_status smi_input_from(const smi_input_source *source, const char *name, smi_input **input);

/* What messages call it: the path, or "standard input". */
const char *smi_input_name(const smi_input *input);

/* Bytes in all, where that is known beforehand; otherwise UINT64_MAX. */
uint64_t smi_input_size(const smi_input *input);

/* What becomes of `status`, which reading the input has come to: where it is a file that has
 * another size or time of change than when it was opened, that is what is wrong. */
sm_status smi_input_finish(const smi_input *input, sm_status status);

/* The descriptor it reads, for the neighbours here; −1: memory. */
int smi_input_descriptor(const smi_input *input);

/* Reads up to `size` bytes; *got is less only at the end. */
sm_status smi_input_read(smi_input *input, void *buffer, size_t size, size_t *got);

/* Reads all that is left into *bytes, to be freed by smi_free(). Fails when that is more than
 * `most` bytes. */
sm_status smi_input_read_all(smi_input *input, size_t most, uint8_t **bytes, size_t *size);

void smi_input_close(smi_input *input); /* NULL is accepted */

#endif
