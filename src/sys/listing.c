#include "sys/listing.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

/* Entries one after the other, each its kind in one byte, its name and a NUL. */
typedef struct packed_entries {
    char *bytes;
    size_t filled;
    size_t capacity;
    size_t count;
} packed_entries;

static bool pack(packed_entries *const packed, const char *const name, const smi_entry_kind kind)
{
    const size_t size = strlen(name) + 2;
    if (packed->capacity - packed->filled < size) {
        const size_t capacity = smi_max_size(2 * packed->capacity, packed->filled + size + 4096);
        char *const larger = smi_bytes(capacity);
        if (larger == NULL) {
            return false;
        }
        if (packed->filled > 0) {
            memcpy(larger, packed->bytes, packed->filled);
        }
        smi_free(packed->bytes);
        packed->bytes = larger;
        packed->capacity = capacity;
    }
    packed->bytes[packed->filled] = (char)kind;
    memcpy(packed->bytes + packed->filled + 1, name, size - 1);
    packed->filled += size;
    packed->count++;
    return true;
}

static smi_entry_kind kind_of(DIR *const folder, const struct dirent *const entry)
{
    struct stat about;
    switch (entry->d_type) {
    case DT_REG:
        return SMI_ENTRY_FILE;
    case DT_DIR:
        return SMI_ENTRY_FOLDER;
    case DT_LNK:
    case DT_UNKNOWN: /* not every file system says it here */
        if (fstatat(dirfd(folder), entry->d_name, &about, 0) != 0 || S_ISREG(about.st_mode)) {
            return SMI_ENTRY_FILE;
        }
        return S_ISDIR(about.st_mode) ? SMI_ENTRY_FOLDER : SMI_ENTRY_OTHER;
    default:
        return SMI_ENTRY_OTHER;
    }
}

static sm_status pack_folder(DIR *const folder, const char *const path,
                             packed_entries *const packed)
{
    for (;;) {
        errno = 0;
        const struct dirent *const entry = readdir(folder);
        if (entry == NULL) {
            return errno == 0 ? SM_OK : smi_fail_os("read the folder", path, errno);
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !pack(packed, entry->d_name, kind_of(folder, entry))) {
            return smi_fail_memory(path);
        }
    }
}

static int compare_names(const void *const a, const void *const b)
{
    return strcmp(((const smi_entry *)a)->name, ((const smi_entry *)b)->name);
}

sm_status smi_list_folder(const char *const path, smi_listing *const listing)
{
    packed_entries packed = {0};
    DIR *const folder = opendir(path);
    if (folder == NULL) {
        return smi_fail_os("open the folder", path, errno);
    }
    sm_status status = pack_folder(folder, path, &packed);
    closedir(folder);
    smi_entry *const entries = status == SM_OK ? smi_array(packed.count, sizeof *entries) : NULL;
    if (status == SM_OK && entries == NULL) {
        status = smi_fail_memory(path);
    }
    if (status != SM_OK) {
        smi_free(packed.bytes);
        return status;
    }
    const char *at = packed.bytes;
    for (size_t i = 0; i < packed.count; i++) {
        entries[i] = (smi_entry){.name = at + 1, .kind = (smi_entry_kind)*at};
        at += strlen(at + 1) + 2;
    }
    qsort(entries, packed.count, sizeof *entries, compare_names);
    *listing = (smi_listing){.entries = entries, .count = packed.count, .names = packed.bytes};
    return SM_OK;
}

void smi_listing_free(smi_listing *const listing)
{
    smi_free(listing->entries);
    smi_free(listing->names);
    *listing = (smi_listing){0};
}
