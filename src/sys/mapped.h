/* A file as memory that is only read. It must not become shorter while it is in use: whoever reads
 * what is no longer there gets SIGBUS, which ends the process unless the program handles it. */
#ifndef SMI_SYS_MAPPED_H
#define SMI_SYS_MAPPED_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/file.h"

typedef struct smi_mapped smi_mapped;

/* All of a file that is not empty. It is borrowed, and is still what tells whether it has changed.
 * name: for messages. */
sm_status smi_mapped_open(const smi_file *file, const char *name, smi_mapped **mapped);

const uint8_t *smi_mapped_bytes(const smi_mapped *mapped); /* page-aligned */
size_t smi_mapped_size(const smi_mapped *mapped);

/* From now on nothing is read but what is asked for, fetched or met. Without it the system also
 * reads what lies around bytes that are met. */
void smi_mapped_read_no_more(const smi_mapped *mapped);

/* Advice on some of the bytes, whose speed alone it is about: they are needed soon, so that
 * reading them can begin; or not soon, so that their memory is free for others. Bytes beyond the
 * mapping are passed over. */
/* smi_mapped_fetch() waits until they are there. */
void smi_mapped_will_need(const smi_mapped *mapped, size_t begin, size_t size);
void smi_mapped_fetch(const smi_mapped *mapped, size_t begin, size_t size);
void smi_mapped_let_go(const smi_mapped *mapped, size_t begin, size_t size);

void smi_mapped_close(smi_mapped *mapped); /* NULL is accepted */

#endif
