#include "data/spool.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

/* What is larger goes to a file. */
static const size_t most_in_memory = (size_t)64 << 20;
static const size_t first_capacity = (size_t)64 << 10;

struct smi_spool {
    char *name;
    smi_file *file;       /* NULL: memory */
    uint64_t from;        /* where in the file the spool begins */
    const uint8_t *bytes; /* memory */
    uint8_t *owned;       /* what of it is to be freed */
    uint64_t size;
};

static sm_status new_spool(const char *const name, smi_spool **const spool)
{
    smi_spool *const created = smi_array(1, sizeof *created);
    char *const copy = smi_copy_text(name);
    if (created == NULL || copy == NULL) {
        smi_free(created);
        smi_free(copy);
        return smi_fail_memory(name);
    }
    created->name = copy;
    *spool = created;
    return SM_OK;
}

void smi_spool_free(smi_spool *const spool)
{
    if (spool == NULL) {
        return;
    }
    smi_file_close(spool->file);
    smi_free(spool->owned);
    smi_free(spool->name);
    smi_free(spool);
}

sm_status smi_spool_over(const void *const bytes, const size_t size, const char *const name,
                         smi_spool **const spool)
{
    const sm_status status = new_spool(name, spool);
    if (status == SM_OK) {
        (*spool)->bytes = bytes;
        (*spool)->size = size;
    }
    return status;
}

/* ---- filling ---- */

/* Doubles the memory, of which `filled` bytes are in use. */
static sm_status enlarge(smi_spool *const spool, size_t *const capacity, const size_t filled)
{
    const size_t larger = *capacity == 0 ? first_capacity : 2 * *capacity;
    uint8_t *const memory = smi_bytes(larger);
    if (memory == NULL) {
        return smi_fail_memory(spool->name);
    }
    if (filled > 0) {
        memcpy(memory, spool->owned, filled);
    }
    smi_free(spool->owned);
    spool->owned = memory;
    *capacity = larger;
    return SM_OK;
}

/* Reads all that fits into memory; *ended: that was all. */
static sm_status fill_memory(smi_spool *const spool, smi_stream *const stream, bool *const ended)
{
    size_t capacity = 0;
    size_t filled = 0;
    sm_status status = SM_OK;
    while (status == SM_OK && filled == capacity && capacity < most_in_memory) {
        size_t got = 0;
        status = enlarge(spool, &capacity, filled);
        if (status == SM_OK) {
            status = smi_stream_read(stream, spool->owned + filled, capacity - filled, &got);
        }
        filled += got;
    }
    spool->bytes = spool->owned;
    spool->size = filled;
    *ended = filled < capacity;
    return status;
}

/* Moves what is in memory to a temporary file, and puts all that is left of the stream behind it.
 */
static sm_status fill_file(smi_spool *const spool, smi_stream *const stream)
{
    size_t got = (size_t)spool->size;
    sm_status status = smi_file_temporary(spool->name, &spool->file);
    while (status == SM_OK && got > 0) {
        status = smi_file_append(spool->file, spool->owned, got);
        if (status == SM_OK) {
            status = smi_stream_read(stream, spool->owned, most_in_memory, &got);
        }
    }
    smi_free(spool->owned);
    spool->owned = NULL;
    spool->bytes = NULL;
    spool->size = spool->file == NULL ? 0 : smi_file_size(spool->file);
    return status;
}

static sm_status fill(smi_spool *const spool, smi_stream *const stream)
{
    bool ended = false;
    sm_status status = smi_stream_file(stream, &spool->file, &spool->from);
    if (status == SM_OK && spool->file != NULL) {
        spool->size = smi_file_size(spool->file) - spool->from;
        return SM_OK;
    }
    if (status == SM_OK) {
        status = fill_memory(spool, stream, &ended);
    }
    return status == SM_OK && !ended ? fill_file(spool, stream) : status;
}

sm_status smi_spool_stream(smi_stream *const stream, smi_spool **const spool)
{
    smi_spool *created = NULL;
    sm_status status = new_spool(smi_stream_name(stream), &created);
    if (status == SM_OK) {
        status = fill(created, stream);
    }
    if (status != SM_OK) {
        smi_spool_free(created);
        return status;
    }
    *spool = created;
    return SM_OK;
}

sm_status smi_spool_open(const char *const path, smi_spool **const spool)
{
    smi_stream *stream = NULL;
    sm_status status = smi_stream_open_path(path, &stream);
    if (status == SM_OK) {
        status = smi_spool_stream(stream, spool);
    }
    smi_stream_close(stream);
    return status;
}

/* ---- reading ---- */

const char *smi_spool_name(const smi_spool *const spool)
{
    return spool->name;
}

uint64_t smi_spool_size(const smi_spool *const spool)
{
    return spool->size;
}

const uint8_t *smi_spool_bytes(const smi_spool *const spool)
{
    return spool->bytes;
}

const smi_file *smi_spool_file(const smi_spool *const spool, uint64_t *const from)
{
    *from = spool->from;
    return spool->file;
}

sm_status smi_spool_read(const smi_spool *const spool, const uint64_t offset, void *const buffer,
                         const size_t size)
{
    if (spool->file != NULL) {
        return smi_file_read(spool->file, spool->from + offset, buffer, size);
    }
    if (size > 0) {
        memcpy(buffer, spool->bytes + offset, size);
    }
    return SM_OK;
}

sm_status smi_spool_check_unchanged(const smi_spool *const spool)
{
    return spool->file == NULL ? SM_OK : smi_file_check_unchanged(spool->file);
}
