#include "sys/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/file.h"
#include "sys/os_error.h"

struct smi_input {
    char *name;
    uint64_t size;
    struct timespec changed; /* of a regular file */
    bool regular;
    int descriptor;       /* −1: memory, or a source */
    const uint8_t *bytes; /* memory: what is left of it */
    size_t left;
    smi_input_source source; /* its read is NULL when there is none */
    bool standard;           /* the descriptor is the process's own, and stays open */
};

static sm_status new_input(const char *const name, smi_input **const input)
{
    smi_input *const created = smi_array(1, sizeof *created);
    char *const copy = smi_copy_text(name);
    if (created == NULL || copy == NULL) {
        smi_free(created);
        smi_free(copy);
        return smi_fail_memory(name);
    }
    created->name = copy;
    created->size = UINT64_MAX;
    created->descriptor = -1;
    *input = created;
    return SM_OK;
}

sm_status smi_input_over(const void *const bytes, const size_t size, const char *const name,
                         smi_input **const input)
{
    const sm_status status = new_input(name, input);
    if (status == SM_OK) {
        (*input)->size = size;
        (*input)->bytes = bytes;
        (*input)->left = size;
    }
    return status;
}

sm_status smi_input_from(const smi_input_source *const source, const char *const name,
                         smi_input **const input)
{
    const sm_status status = new_input(name, input);
    if (status != SM_OK) {
        source->close(source->context);
        return status;
    }
    (*input)->source = *source;
    return SM_OK;
}

/* Fails for folders; learns the size of regular files. */
static sm_status look_at(smi_input *const input)
{
    struct stat about;
    if (fstat(input->descriptor, &about) != 0) {
        return smi_fail_os("read", input->name, errno);
    }
    if (S_ISDIR(about.st_mode)) {
        return smi_fail_os("read", input->name, EISDIR);
    }
    input->regular = S_ISREG(about.st_mode);
    if (input->regular) {
        input->size = (uint64_t)about.st_size;
        input->changed = about.st_mtim;
    }
    return SM_OK;
}

sm_status smi_input_open(const char *const path, smi_input **const input)
{
    const bool standard = strcmp(path, "-") == 0;
    smi_input *created = NULL;
    sm_status status = new_input(standard ? "standard input" : path, &created);
    if (status != SM_OK) {
        return status;
    }
    created->standard = standard;
    created->descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (created->descriptor < 0) {
        status = smi_fail_os("open", path, errno);
    } else {
        status = look_at(created);
    }
    if (status != SM_OK) {
        smi_input_close(created);
        return status;
    }
    *input = created;
    return SM_OK;
}

const char *smi_input_name(const smi_input *const input)
{
    return input->name;
}

uint64_t smi_input_size(const smi_input *const input)
{
    return input->size;
}

sm_status smi_input_finish(const smi_input *const input, const sm_status status)
{
    struct stat about;
    const bool same =
        !input->regular || fstat(input->descriptor, &about) != 0 ||
        ((uint64_t)about.st_size == input->size && about.st_mtim.tv_sec == input->changed.tv_sec &&
         about.st_mtim.tv_nsec == input->changed.tv_nsec);
    return same ? status : smi_fail_changed(input->name);
}

int smi_input_descriptor(const smi_input *const input)
{
    return input->descriptor;
}

static sm_status read_memory(smi_input *const input, uint8_t *const buffer, const size_t size,
                             size_t *const got)
{
    const size_t taken = smi_min_size(size, input->left);
    if (taken > 0) {
        memcpy(buffer, input->bytes, taken);
        input->bytes += taken;
        input->left -= taken;
    }
    *got = taken;
    return SM_OK;
}

static sm_status read_source(const smi_input_source *const source, uint8_t *const buffer,
                             const size_t size, size_t *const got)
{
    size_t done = 0;
    while (done < size) {
        size_t made = 0;
        const sm_status status = source->read(source->context, buffer + done, size - done, &made);
        if (status != SM_OK) {
            return status;
        }
        if (made == 0) {
            break;
        }
        done += made;
    }
    *got = done;
    return SM_OK;
}

sm_status smi_input_read(smi_input *const input, void *const buffer, const size_t size,
                         size_t *const got)
{
    uint8_t *const bytes = buffer;
    if (input->source.read != NULL) {
        return read_source(&input->source, bytes, size, got);
    }
    if (input->descriptor < 0) {
        return read_memory(input, bytes, size, got);
    }
    size_t done = 0;
    while (done < size) {
        /* Some systems refuse more than 2 GiB at once. */
        const size_t piece = smi_min_size(size - done, (size_t)1 << 30);
        const ssize_t count = read(input->descriptor, bytes + done, piece);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return smi_fail_os("read", input->name, errno);
        }
        if (count == 0) {
            break;
        }
        done += (size_t)count;
    }
    *got = done;
    return SM_OK;
}

sm_status smi_input_read_all(smi_input *const input, const size_t most, uint8_t **const bytes,
                             size_t *const size)
{
    /* One byte more than a file has, so that its end is seen; for a pipe, room that doubles. */
    size_t capacity = input->size < most ? (size_t)input->size + 1 : 65536;
    uint8_t *buffer = NULL;
    size_t filled = 0;
    for (;;) {
        uint8_t *const larger = smi_bytes(capacity);
        if (larger == NULL) {
            smi_free(buffer);
            return smi_fail_memory(input->name);
        }
        if (filled > 0) {
            memcpy(larger, buffer, filled);
        }
        smi_free(buffer);
        buffer = larger;
        size_t got = 0;
        const sm_status status = smi_input_read(input, buffer + filled, capacity - filled, &got);
        filled += got;
        if (status == SM_OK && filled < capacity && filled <= most) {
            *bytes = buffer;
            *size = filled;
            return SM_OK;
        }
        if (status != SM_OK || filled > most) {
            smi_free(buffer);
            return status != SM_OK
                       ? status
                       : smi_fail(SM_ERROR_FORMAT, "%s: more than %zu bytes", input->name, most);
        }
        capacity = 2 * capacity;
    }
}

void smi_input_close(smi_input *const input)
{
    if (input == NULL) {
        return;
    }
    if (input->descriptor >= 0 && !input->standard) {
        close(input->descriptor);
    }
    if (input->source.close != NULL) {
        input->source.close(input->source.context);
    }
    smi_free(input->name);
    smi_free(input);
}
