/* Bytes that wait until others before them have been written: in memory while they are few, then in
 * a file without a name beside the one that they are for. */
#ifndef SMI_DATA_ARRAY_WAITING_BYTES_H
#define SMI_DATA_ARRAY_WAITING_BYTES_H

#include <softmax.h>

#include "sys/file.h"

/* Begins as {.path = …}, which is borrowed: the file that they are for. */
typedef struct smi_waiting_bytes {
    const char *path;
    uint8_t *buffer; /* NULL before the first */
    size_t buffered; /* of it in use */
    smi_file *file;  /* what came before the buffered; NULL: nothing did */
} smi_waiting_bytes;

sm_status smi_waiting_add(smi_waiting_bytes *waiting, const void *bytes, size_t size);
uint64_t smi_waiting_size(const smi_waiting_bytes *waiting);

/* Hands on all of them in their order, piece by piece; none may be added any more. */
sm_status smi_waiting_hand_on(smi_waiting_bytes *waiting,
                              sm_status (*take)(void *context, const void *bytes, size_t size),
                              void *context);

void smi_waiting_free(smi_waiting_bytes *waiting);

#endif
