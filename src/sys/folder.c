#include "sys/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

bool smi_is_folder(const char *const path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool smi_is_file(const char *const path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

bool smi_is_link(const char *const path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
}

sm_status smi_make_folders(const char *const path)
{
    char *const copy = smi_copy_text(path);
    if (copy == NULL) {
        return smi_fail_memory(path);
    }
    sm_status status = SM_OK;
    for (char *at = copy; status == SM_OK; at++) {
        const char here = *at;
        if ((here != '/' || at == copy) && here != '\0') {
            continue;
        }
        *at = '\0';
        const int error_number = mkdir(copy, 0777) == 0 ? 0 : errno;
        if (error_number != 0 && !smi_is_folder(copy)) {
            status = smi_fail_os("make the folder", copy, error_number);
        }
        if (here == '\0') {
            break;
        }
        *at = here;
    }
    smi_free(copy);
    return status;
}

/* Where the last name of the path's first `length` bytes, without the slashes before it, begins. */
static size_t folder_above(const char *const path, size_t length)
{
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return length;
}

size_t smi_existing_folder(const char *const path)
{
    char *const copy = smi_copy_text(path);
    size_t length = strlen(path);
    while (copy != NULL && length > 0 && !smi_is_folder(copy)) {
        length = folder_above(path, length);
        copy[length] = '\0';
    }
    smi_free(copy);
    return length;
}

void smi_remove_folders(const char *const path, const size_t existing)
{
    char *const copy = smi_copy_text(path);
    size_t length = strlen(path);
    while (copy != NULL && length > existing && rmdir(copy) == 0) {
        length = folder_above(path, length);
        copy[length] = '\0';
    }
    smi_free(copy);
}

sm_status smi_cache_folder(char *const path, const size_t size)
{
    const char *const cache = getenv("XDG_CACHE_HOME");
    const char *const home = getenv("HOME");
    int length = -1;
    if (cache != NULL && cache[0] == '/') {
        length = snprintf(path, size, "%s/softmax", cache);
    } else if (home != NULL && home[0] == '/') {
        length = snprintf(path, size, "%s/.cache/softmax", home);
    } else {
        return smi_fail(SM_ERROR_IO,
                        "there is no cache folder: HOME is not set to an absolute path");
    }
    if (length < 0 || (size_t)length >= size) {
        return smi_fail(SM_ERROR_IO, "the path of the cache folder is too long");
    }
    return SM_OK;
}
