/* All bytes of an input at once: a spool's (spool.h), whose file is mapped. */
#ifndef SMI_DATA_CONTENT_H
#define SMI_DATA_CONTENT_H

#include <softmax.h>

#include "data/stream.h"

typedef struct smi_content smi_content;

/* All that is left of the stream, which is borrowed. */
sm_status smi_content_open(smi_stream *stream, smi_content **content);

/* The bytes are borrowed. name: for messages; copied. */
sm_status smi_content_over(const void *bytes, size_t size, const char *name, smi_content **content);

const char *smi_content_name(const smi_content *content);
const uint8_t *smi_content_bytes(const smi_content *content);
size_t smi_content_size(const smi_content *content);
bool smi_content_is_mapped(const smi_content *content);

/* Fails when the file has been changed since it was opened. */
sm_status smi_content_check_unchanged(const smi_content *content);

/* Of what is mapped nothing is read from now on but what is asked for, fetched or met. */
void smi_content_read_no_more(const smi_content *content);

/* Advice on `size` bytes, `ahead` bytes behind what lies at `begin`, as smi_mapped_will_need(),
 * smi_mapped_fetch() and smi_mapped_let_go() have it; of bytes elsewhere, or not mapped, there is
 * nothing to say. The last does nothing, either, where half of the memory that there is holds all
 * of them: there they are to stay for the next time. */
void smi_content_will_need(const smi_content *content, const void *begin, size_t ahead,
                           size_t size);
void smi_content_fetch(const smi_content *content, const void *begin, size_t ahead, size_t size);
void smi_content_let_go(const smi_content *content, const void *begin, size_t ahead, size_t size);

void smi_content_free(smi_content *content); /* NULL is accepted */

#endif
