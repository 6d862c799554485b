#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

struct smi_file {
    char *name;
    int descriptor;
    const char *temporary; /* where it lies, for messages; NULL: it is none */
    uint64_t size;
    struct timespec changed;
};

static sm_status new_file(const char *const name, smi_file **const file)
{
    smi_file *const created = smi_array(1, sizeof *created);
    char *const copy = smi_copy_text(name);
    if (created == NULL || copy == NULL) {
        smi_free(created);
        smi_free(copy);
        return smi_fail_memory(name);
    }
    *created = (smi_file){.name = copy, .descriptor = -1};
    *file = created;
    return SM_OK;
}

size_t smi_file_begin(const char *const path, void *const bytes, const size_t size)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) { /* a pipe would notice */
        return 0;
    }
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return 0;
    }
    const ssize_t got = pread(descriptor, bytes, size, 0);
    (void)close(descriptor);
    return got < 0 ? 0 : (size_t)got;
}

/* Takes over a descriptor of its own for what `descriptor` has open. */
static sm_status share(const char *const name, const int descriptor, const struct stat *const about,
                       smi_file **const file)
{
    smi_file *created = NULL;
    const sm_status status = new_file(name, &created);
    if (status != SM_OK) {
        return status;
    }
    created->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (created->descriptor < 0) {
        const int error_number = errno;
        smi_file_close(created);
        return smi_fail_os("read", name, error_number);
    }
    created->size = (uint64_t)about->st_size;
    created->changed = about->st_mtim;
    *file = created;
    return SM_OK;
}

sm_status smi_file_of(const smi_input *const input, smi_file **const file, uint64_t *const from)
{
    struct stat about;
    const int descriptor = smi_input_descriptor(input);
    *file = NULL;
    if (descriptor < 0 || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode) ||
        about.st_size == 0) {
        return SM_OK;
    }
    const off_t place = lseek(descriptor, 0, SEEK_CUR);
    if (place < 0 || place > about.st_size) {
        return SM_OK;
    }
    *from = (uint64_t)place;
    return share(smi_input_name(input), descriptor, &about, file);
}

/* folder: `length` characters of it, without a slash at the end. */
static sm_status make_temporary(const char *const name, const char *const where,
                                const char *const folder, const int length, smi_file **const file)
{
    char path[PATH_MAX];
    const int written = snprintf(path, sizeof path, "%.*s/softmax-XXXXXX", length, folder);
    if (written < 0 || (size_t)written >= sizeof path) {
        return smi_fail_os("create a file for", name, ENAMETOOLONG);
    }
    smi_file *created = NULL;
    const sm_status status = new_file(name, &created);
    if (status != SM_OK) {
        return status;
    }
    created->temporary = where;
    created->descriptor = mkostemp(path, O_CLOEXEC);
    if (created->descriptor < 0) {
        const int error_number = errno;
        smi_file_close(created);
        (void)snprintf(path, sizeof path, "%.*s", length, folder);
        return smi_fail_os("create a file in", path, error_number);
    }
    (void)unlink(path);
    *file = created;
    return SM_OK;
}

sm_status smi_file_temporary(const char *const name, smi_file **const file)
{
    const char *const wanted = getenv("TMPDIR");
    const char *const folder = wanted == NULL || wanted[0] == '\0' ? "/tmp" : wanted;
    return make_temporary(name, "in $TMPDIR or else /tmp", folder,
                          (int)smi_min_size(strlen(folder), PATH_MAX), file);
}

sm_status smi_file_temporary_beside(const char *const path, smi_file **const file)
{
    const char *const slash = strrchr(path, '/');
    const size_t length = slash == NULL ? 1 : (size_t)(slash - path);
    return make_temporary(path, "beside it", slash == NULL ? "." : path,
                          (int)smi_min_size(length, PATH_MAX), file);
}

sm_status smi_file_append(smi_file *const file, const void *const bytes, const size_t size)
{
    const char *const first = bytes;
    for (size_t done = 0; done < size;) {
        const size_t piece = smi_min_size(size - done, (size_t)1 << 30);
        const ssize_t count = write(file->descriptor, first + done, piece);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            smi_set_os_message("keep a copy of", file->name, errno);
            return smi_fail(SM_ERROR_IO, "%s; it was to lie in a temporary file, %s, which is gone",
                            sm_error_message(), file->temporary);
        }
        done += (size_t)count;
        file->size += (uint64_t)count;
    }
    return SM_OK;
}

uint64_t smi_file_size(const smi_file *const file)
{
    return file->size;
}

int smi_file_descriptor(const smi_file *const file)
{
    return file->descriptor;
}

sm_status smi_fail_changed(const char *const name)
{
    return smi_fail(SM_ERROR_IO, "%s: the file changed while it was being read", name);
}

sm_status smi_file_read(const smi_file *const file, const uint64_t offset, void *const buffer,
                        const size_t size)
{
    char *const to = buffer;
    for (size_t done = 0; done < size;) {
        const size_t piece = smi_min_size(size - done, (size_t)1 << 30);
        const ssize_t count = pread(file->descriptor, to + done, piece, (off_t)(offset + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return smi_fail_os("read", file->name, errno);
        }
        if (count == 0) {
            return smi_fail_changed(file->name);
        }
        done += (size_t)count;
    }
    return SM_OK;
}

sm_status smi_file_check_unchanged(const smi_file *const file)
{
    struct stat about;
    if (file->temporary != NULL) {
        return SM_OK;
    }
    if (fstat(file->descriptor, &about) != 0) {
        return smi_fail_os("read", file->name, errno);
    }
    const bool same = (uint64_t)about.st_size == file->size &&
                      about.st_mtim.tv_sec == file->changed.tv_sec &&
                      about.st_mtim.tv_nsec == file->changed.tv_nsec;
    return same ? SM_OK : smi_fail_changed(file->name);
}

void smi_file_close(smi_file *const file)
{
    if (file == NULL) {
        return;
    }
    if (file->descriptor >= 0) {
        close(file->descriptor);
    }
    smi_free(file->name);
    smi_free(file);
}
