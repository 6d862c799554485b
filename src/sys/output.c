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
    char *temporary; /* where they go until then; NULL: they go straight to the target */
    char *reserved;  /* what a nameless file will be called, so that its end needs no memory */
    FILE *file;
    bool nameless;    /* the temporary file gets its name only in the end */
    bool failed;      /* a write did */
    smi_output *next; /* of those that are held back */
};

/* Of a thread: how many groups are open, one within another, and what the outermost holds back. */
static _Thread_local size_t open_groups;
static _Thread_local smi_output *held;

static void output_free(smi_output *const output)
{
    if (output->file != NULL) {
        (void)fclose(output->file);
    }
    smi_free(output->target);
    smi_free(output->temporary);
    smi_free(output->reserved);
    smi_free(output->path);
    smi_free(output);
}

/* The length of the folder part of a path, its last slash included. */
static size_t folder_length(const char *const path)
{
    const char *const slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* The folder part of a path; false when it is too long for one. */
static bool folder_of(const char *const path, char folder[PATH_MAX])
{
    const size_t length = folder_length(path);
    if (length >= PATH_MAX) {
        return false;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    if (length == 0) {
        memcpy(folder, ".", sizeof ".");
    }
    return true;
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

static bool are_one(const struct stat *const one, const struct stat *const other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/* Whether two paths that no links are behind name one place in one folder. */
static bool is_same_place(const char *const one, const char *const other)
{
    char folders[2][PATH_MAX];
    struct stat about[2];
    return strcmp(one + folder_length(one), other + folder_length(other)) == 0 &&
           folder_of(one, folders[0]) && folder_of(other, folders[1]) &&
           stat(folders[0], &about[0]) == 0 && stat(folders[1], &about[1]) == 0 &&
           are_one(&about[0], &about[1]);
}

bool smi_output_is_same(const char *const one, const char *const other)
{
    struct stat about[2];
    if (stat(one, &about[0]) == 0 && stat(other, &about[1]) == 0) {
        return S_ISREG(about[0].st_mode) && are_one(&about[0], &about[1]);
    }
    char *const ends[2] = {follow_links(one), follow_links(other)};
    const bool same = ends[0] != NULL && ends[1] != NULL && is_same_place(ends[0], ends[1]);
    smi_free(ends[0]);
    smi_free(ends[1]);
    return same;
}

/* The next name for a temporary file in the target's folder; false when there is not the memory. */
static bool name_temporary(smi_output *const output)
{
    static atomic_uint made;
    char name[64];
    (void)snprintf(name, sizeof name, ".softmax-%ld-%u.tmp", (long)getpid(),
                   atomic_fetch_add(&made, 1U));
    smi_free(output->temporary);
    output->temporary = beside(output->target, name);
    return output->temporary != NULL;
}

/* Opens a new file in the target's folder under a name. Returns the descriptor, or −1 and errno. */
static int open_named(smi_output *const output)
{
    for (;;) {
        if (!name_temporary(output)) {
            errno = ENOMEM;
            return -1;
        }
        const int descriptor =
            open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) { /* left behind by one that was killed */
            return descriptor;
        }
    }
}

/* The system's own name for what is open. */
typedef struct open_name {
    char text[40];
} open_name;

static open_name name_of_open(const int descriptor)
{
    open_name name;
    (void)snprintf(name.text, sizeof name.text, "/proc/self/fd/%d", descriptor);
    return name;
}

/* The same without a name, so that the file goes with the process, however that ends. Fails also
 * where the file system has no such files, or where it could not be given a name in the end. */
static int open_nameless(smi_output *const output)
{
    char folder[PATH_MAX];
    struct stat about;
    if (!folder_of(output->target, folder)) {
        return -1;
    }
    const int descriptor = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return -1;
    }
    const bool can_be_named = stat(name_of_open(descriptor).text, &about) == 0;
    if (!can_be_named || !name_temporary(output)) {
        close(descriptor);
        errno = can_be_named ? ENOMEM : ENOTSUP;
        return -1;
    }
    output->reserved = output->temporary;
    output->temporary = NULL;
    return descriptor;
}

/* Gives the nameless file a temporary name, from which it can be renamed over another: a link
 * cannot replace what is there. Returns 0, or the number of the error. */
static int link_temporary(smi_output *const output)
{
    const open_name name = name_of_open(fileno(output->file));
    output->temporary = output->reserved;
    output->reserved = NULL;
    for (;;) {
        if (linkat(AT_FDCWD, name.text, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) == 0) {
            return 0;
        }
        const bool is_taken = errno == EEXIST;
        const int error_number = is_taken ? ENOMEM : errno;
        if (!is_taken || !name_temporary(output)) {
            smi_free(output->temporary);
            output->temporary = NULL;
            return error_number;
        }
    }
}

static int open_temporary(smi_output *const output)
{
    const int descriptor = open_nameless(output);
    output->nameless = descriptor >= 0;
    return output->nameless || errno == ENOMEM ? descriptor : open_named(output);
}

/* Only what is a regular file that may be written, or nothing yet, is replaced; its mode is kept,
 * and where the system lets us, its owner. Returns the descriptor, or −1 and errno. */
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
    const bool same =
        exists && stat(output->target, &at_target) == 0 && are_one(&at_target, &about);
    if (exists && (!S_ISREG(about.st_mode) || !same)) {
        return open(output->path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    }
    if (exists && access(output->path, W_OK) != 0) {
        return -1;
    }
    const int descriptor = open_temporary(output);
    if (descriptor >= 0 && exists) {
        /* In this order: a change of owner takes bits off the mode. */
        (void)!fchown(descriptor, about.st_uid, about.st_gid);
        (void)fchmod(descriptor, about.st_mode & 07777);
    }
    return descriptor;
}

static sm_status fail_to_write(const smi_output *const output, const int error_number)
{
    return error_number == ENOMEM ? smi_fail_memory(output->path)
                                  : smi_fail_os("write", output->path, error_number);
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
    return fail_to_write(output, error_number);
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
    char folder[PATH_MAX];
    const int descriptor =
        folder_of(target, folder) ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
}

/* Whether what was written is to be renamed. */
static bool replaces(const smi_output *const output)
{
    return output->nameless || output->temporary != NULL;
}

/* Flushes all that was written, to the disk where it is to be renamed. Returns 0, or the number of
 * the error. */
static int flush_file(const smi_output *const output)
{
    if (output->failed) {
        return EIO;
    }
    const bool flushed =
        fflush(output->file) == 0 && (!replaces(output) || fsync(fileno(output->file)) == 0);
    return flushed ? 0 : errno;
}

/* Does all but renaming what has been flushed. Returns 0, or the number of the error. */
static int close_file(smi_output *const output)
{
    int error_number = output->nameless ? link_temporary(output) : 0;
    FILE *const file = output->file;
    output->file = NULL;
    if (fclose(file) != 0 && error_number == 0) {
        error_number = errno;
    }
    return error_number;
}

/* Returns 0, or the number of the error. */
static int rename_file(smi_output *const output)
{
    if (output->temporary == NULL) {
        return 0;
    }
    if (rename(output->temporary, output->target) != 0) {
        return errno;
    }
    smi_free(output->temporary);
    output->temporary = NULL;
    flush_folder(output->target);
    return 0;
}

/* The files of a list, flushed before, get their names when all are ready to, or none does. */
static sm_status put_in_place(smi_output *const list, sm_status status)
{
    static int (*const steps[])(smi_output *) = {close_file, rename_file};
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        for (smi_output *output = list; output != NULL && status == SM_OK; output = output->next) {
            const int error_number = steps[s](output);
            status = error_number == 0 ? SM_OK : fail_to_write(output, error_number);
        }
    }
    for (smi_output *output = list; output != NULL;) {
        smi_output *const next = output->next;
        smi_output_abandon(output); /* of what is in place nothing is left to take back */
        output = next;
    }
    return status;
}

sm_status smi_output_commit(smi_output *const output)
{
    const int error_number = flush_file(output);
    if (error_number != 0) {
        const sm_status status = fail_to_write(output, error_number);
        smi_output_abandon(output);
        return status;
    }
    if (open_groups > 0) {
        output->next = held;
        held = output;
        return SM_OK;
    }
    return put_in_place(output, SM_OK);
}

void smi_output_group_begin(void)
{
    open_groups++;
}

sm_status smi_output_group_end(const sm_status status)
{
    open_groups--;
    if (open_groups > 0) {
        return status;
    }
    smi_output *const list = held;
    held = NULL;
    return put_in_place(list, status);
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
