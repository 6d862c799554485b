#include "sys/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

struct smi_output {
    char *path;      /* as given, for messages */
    char *target;    /* the same with links followed: what is replaced */
    char *temporary; /* where the bytes go; NULL: straight to the target */
    FILE *file;
};

static void output_free(smi_output *const output)
{
    if (output->file != NULL) {
        (void)fclose(output->file);
    }
    free(output->target); /* may come from realpath() */
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

static char *temporary_name(const char *const target)
{
    static atomic_uint made;
    char name[64];
    (void)snprintf(name, sizeof name, ".softmax-%ld-%u.tmp", (long)getpid(),
                   atomic_fetch_add(&made, 1U));
    const size_t folder = folder_length(target);
    char *const path = smi_array(folder + sizeof name, 1);
    if (path != NULL) {
        memcpy(path, target, folder);
        memcpy(path + folder, name, sizeof name);
    }
    return path;
}

/* Opens the descriptor; `mode` of the file to be replaced is kept. */
static sm_status open_target(smi_output *const output)
{
    struct stat about;
    const bool exists = stat(output->target, &about) == 0;
    int descriptor = -1;
    if (exists && S_ISDIR(about.st_mode)) {
        return smi_fail_os("write", output->path, EISDIR);
    }
    if (exists && !S_ISREG(about.st_mode)) {
        descriptor = open(output->target, O_WRONLY | O_CLOEXEC);
    } else {
        output->temporary = temporary_name(output->target);
        if (output->temporary == NULL) {
            return smi_fail_memory("a file name");
        }
        descriptor = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (descriptor >= 0 && exists && output->temporary != NULL) {
        (void)fchmod(descriptor, about.st_mode & 07777);
    }
    output->file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (output->file != NULL) {
        return SM_OK;
    }
    const int error_number = errno;
    if (descriptor >= 0) {
        close(descriptor);
        (void)(output->temporary == NULL || unlink(output->temporary) == 0);
    }
    return smi_fail_os("write", output->path, error_number);
}

sm_status smi_output_open(const char *const path, smi_output **const output)
{
    smi_output *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(path);
    }
    created->path = smi_copy_text(path);
    created->target = realpath(path, NULL);
    if (created->target == NULL) {
        created->target = smi_copy_text(path); /* does not exist yet */
    }
    sm_status status = SM_OK;
    if (created->path == NULL || created->target == NULL) {
        status = smi_fail_memory(path);
    } else {
        status = open_target(created);
    }
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

sm_status smi_output_commit(smi_output *const output)
{
    FILE *const file = output->file;
    output->file = NULL;
    bool written = fflush(file) == 0;
    if (written && output->temporary != NULL) {
        written = fsync(fileno(file)) == 0;
    }
    int error_number = written ? 0 : errno;
    if (fclose(file) != 0 && error_number == 0) {
        error_number = errno;
    }
    if (error_number == 0 && output->temporary != NULL &&
        rename(output->temporary, output->target) != 0) {
        error_number = errno;
    }
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
