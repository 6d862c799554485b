#include "sys/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

struct smi_output {
    char *path;      /* as given, for messages */
    char *target;    /* what gets the bytes in the end: the path, its links followed */
    char *temporary; /* where they go until then; NULL: straight to the target */
    FILE *file;
    bool failed; /* a write did */
};

static void output_free(smi_output *const output)
{
    if (output->file != NULL) {
        (void)fclose(output->file);
    }
    smi_free(output->target);
    smi_free(output->temporary);
    smi_free(output->path);
    smi_free(output);
}

/* The length of the folder part of a path, its last slash included. */
static size_t folder_length(const char *const path)
{
    const char *const slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* The name in the folder of `path`, or the name itself when it is absolute; NULL when there is
 * not the memory. */
static char *beside(const char *const path, const char *const name)
{
    const size_t folder = name[0] == '/' ? 0 : folder_length(path);
    const size_t size = strlen(name) + 1;
    char *const result = smi_array(folder + size, 1);
    if (result != NULL) {
        memcpy(result, path, folder);
        memcpy(result + folder, name, size);
    }
    return result;
}

/* Where a chain of symbolic links ends, be there a file or not yet. */
static char *follow_links(const char *const path)
{
    enum { MOST_LINKS = 40 };
    char *place = smi_copy_text(path);
    for (int i = 0; i < MOST_LINKS && place != NULL; i++) {
        char link[PATH_MAX];
        const ssize_t length = readlink(place, link, sizeof link - 1);
        if (length < 0) {
            break;
        }
        link[length] = '\0';
        char *const next = beside(place, link);
        smi_free(place);
        place = next;
    }
    return place;
}

/* Opens a new file in the target's folder. Returns the descriptor, or −1 and errno. */
static int open_temporary(smi_output *const output)
{
    static atomic_uint made;
    for (;;) {
        char name[64];
        (void)snprintf(name, sizeof name, ".softmax-%ld-%u.tmp", (long)getpid(),
                       atomic_fetch_add(&made, 1U));
        output->temporary = beside(output->target, name);
        if (output->temporary == NULL) {
            errno = ENOMEM;
            return -1;
        }
        const int descriptor =
            open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) { /* left behind by one that was killed */
            return descriptor;
        }
        smi_free(output->temporary);
        output->temporary = NULL;
    }
}

/* Only what is a regular file, or nothing yet, is replaced; its mode is kept. Returns the
 * descriptor, or −1 and errno. */
static int open_target(smi_output *const output)
{
    struct stat about;
    const bool exists = stat(output->path, &about) == 0;
    if (!exists && (errno != ENOENT || output->path[0] == '\0')) {
        return -1; /* renaming would fail as well, but only when all is written */
    }
    if (exists && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    struct stat at_target;
    const bool same = exists && stat(output->target, &at_target) == 0 &&
                      at_target.st_dev == about.st_dev && at_target.st_ino == about.st_ino;
    if (exists && (!S_ISREG(about.st_mode) || !same)) {
        return open(output->path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    }
    const int descriptor = open_temporary(output);
    if (descriptor >= 0 && exists) {
        (void)fchmod(descriptor, about.st_mode & 07777);
    }
    return descriptor;
}

static sm_status open_file(smi_output *const output)
{
    const int descriptor = open_target(output);
    output->file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (output->file != NULL) {
        return SM_OK;
    }
    const int error_number = errno;
    if (descriptor >= 0) {
        close(descriptor);
        (void)(output->temporary == NULL || unlink(output->temporary) == 0);
    }
    return error_number == ENOMEM ? smi_fail_memory(output->path)
                                  : smi_fail_os("write", output->path, error_number);
}

sm_status smi_output_open(const char *const path, smi_output **const output)
{
    smi_output *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(path);
    }
    created->path = smi_copy_text(path);
    created->target = follow_links(path);
    const sm_status status = created->path == NULL || created->target == NULL
                                 ? smi_fail_memory(path)
                                 : open_file(created);
    if (status != SM_OK) {
        output_free(created);
        return status;
    }
    *output = created;
    return SM_OK;
}

sm_status smi_output_write(smi_output *const output, const void *const bytes, const size_t size)
{
    if (size > 0 && fwrite(bytes, 1, size, output->file) != size) {
        output->failed = true;
        return smi_fail_os("write", output->path, errno);
    }
    return SM_OK;
}

/* So that the new name itself survives a loss of power. Some file systems cannot; then the file
 * is still whole under one name or the other. */
static void flush_folder(const char *const target)
{
    char folder[PATH_MAX] = ".";
    const size_t length = folder_length(target);
    if (length >= sizeof folder) {
        return;
    }
    if (length > 0) {
        memcpy(folder, target, length);
        folder[length] = '\0';
    }
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
}

/* Flushes, closes and renames. Returns 0, or the number of the error. */
static int put_in_place(smi_output *const output)
{
    FILE *const file = output->file;
    output->file = NULL;
    int error_number = 0;
    if (output->failed) {
        error_number = EIO;
    } else if (fflush(file) != 0 || (output->temporary != NULL && fsync(fileno(file)) != 0)) {
        error_number = errno;
    }
    if (fclose(file) != 0 && error_number == 0) {
        error_number = errno;
    }
    if (error_number == 0 && output->temporary != NULL &&
        rename(output->temporary, output->target) != 0) {
        error_number = errno;
    }
    return error_number;
}

sm_status smi_output_commit(smi_output *const output)
{
    const int error_number = put_in_place(output);
    sm_status status = SM_OK;
    if (error_number != 0) {
        status = smi_fail_os("write", output->path, error_number);
        (void)(output->temporary == NULL || unlink(output->temporary) == 0);
    } else if (output->temporary != NULL) {
        flush_folder(output->target);
    }
    output_free(output);
    return status;
}

void smi_output_abandon(smi_output *const output)
{
    if (output == NULL) {
        return;
    }
    (void)(output->temporary == NULL || unlink(output->temporary) == 0);
    output_free(output);
}

sm_status smi_output_finish(smi_output *const output, const sm_status status)
{
    if (status != SM_OK || output == NULL) {
        smi_output_abandon(output);
        return status;
    }
    return smi_output_commit(output);
}
