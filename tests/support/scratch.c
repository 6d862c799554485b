#include "support/scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cmocka_all.h"

int scratch_setup(void **const state)
{
    char *const folder = strdup("/tmp/softmax-test-XXXXXX");
    if (folder == NULL || mkdtemp(folder) == NULL) {
        free(folder);
        return -1;
    }
    *state = folder;
    return 0;
}

static int remove_entry(const char *const path, const struct stat *const about, const int kind,
                        struct FTW *const place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

int scratch_teardown(void **const state)
{
    const int result = nftw(*state, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return result;
}

scratch_path path_in(const char *const folder, const char *const name)
{
    scratch_path path;
    const int length = snprintf(path.text, sizeof path.text, "%s/%s", folder, name);
    assert_true(length > 0 && (size_t)length < sizeof path.text);
    return path;
}

void write_file(const char *const path, const void *const bytes, const size_t size)
{
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void make_folder(const char *const path)
{
    assert_int_equal(mkdir(path, 0777), 0);
}

uint8_t *read_file(const char *const path, size_t *const size)
{
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    size_t filled = 0;
    size_t got = 0;
    size_t room = 4096;
    uint8_t *bytes = NULL;
    do {
        room = filled + 4096 > room ? 2 * room : room;
        bytes = realloc(bytes, room);
        assert_non_null(bytes);
        got = fread(bytes + filled, 1, room - filled, file);
        filled += got;
    } while (got > 0);
    fclose(file);
    bytes = realloc(bytes, filled + 1);
    assert_non_null(bytes);
    bytes[filled] = '\0';
    if (size != NULL) {
        *size = filled;
    }
    return bytes;
}

size_t count_entries(const char *const folder)
{
    DIR *const entries = opendir(folder);
    assert_non_null(entries);
    size_t count = 0;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(entries);
    return count;
}
