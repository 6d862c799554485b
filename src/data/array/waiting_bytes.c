#include "data/array/waiting_bytes.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

enum { BUFFER = 1 << 20 };

/* Moves what is buffered to the file. */
static sm_status flush(smi_waiting_bytes *const waiting)
{
    sm_status status =
        waiting->file == NULL ? smi_file_temporary_beside(waiting->path, &waiting->file) : SM_OK;
    if (status == SM_OK) {
        status = smi_file_append(waiting->file, waiting->buffer, waiting->buffered);
        waiting->buffered = 0;
    }
    return status;
}

sm_status smi_waiting_add(smi_waiting_bytes *const waiting, const void *const bytes,
                          const size_t size)
{
    if (waiting->buffer == NULL) {
        waiting->buffer = smi_bytes(BUFFER);
        if (waiting->buffer == NULL) {
            return smi_fail_memory(waiting->path);
        }
    }
    sm_status status = SM_OK;
    for (size_t done = 0; done < size && status == SM_OK;) {
        const size_t some = smi_min_size(size - done, BUFFER - waiting->buffered);
        memcpy(waiting->buffer + waiting->buffered, (const uint8_t *)bytes + done, some);
        waiting->buffered += some;
        done += some;
        if (waiting->buffered == BUFFER) {
            status = flush(waiting);
        }
    }
    return status;
}

uint64_t smi_waiting_size(const smi_waiting_bytes *const waiting)
{
    return waiting->buffered + (waiting->file == NULL ? 0 : smi_file_size(waiting->file));
}

sm_status smi_waiting_hand_on(smi_waiting_bytes *const waiting,
                              sm_status (*const take)(void *, const void *, size_t),
                              void *const context)
{
    if (waiting->file == NULL) {
        return waiting->buffered == 0 ? SM_OK : take(context, waiting->buffer, waiting->buffered);
    }
    sm_status status = flush(waiting);
    const uint64_t all = smi_file_size(waiting->file);
    for (uint64_t done = 0; done < all && status == SM_OK;) {
        const size_t some = all - done < BUFFER ? (size_t)(all - done) : BUFFER;
        status = smi_file_read(waiting->file, done, waiting->buffer, some);
        if (status == SM_OK) {
            status = take(context, waiting->buffer, some);
        }
        done += some;
    }
    return status;
}

void smi_waiting_free(smi_waiting_bytes *const waiting)
{
    smi_file_close(waiting->file);
    smi_free(waiting->buffer);
}
