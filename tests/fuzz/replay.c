/* Runs a fuzz target on files instead of a fuzzer's inputs: on every file of the folders given.
 * A folder that is missing or empty is a failure, so that a test cannot pass by running nothing. */
#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz/fuzz.h"

/* The file's bytes in a block of just their size, so that a sanitizer sees the first byte read
 * beyond. NULL when it cannot be read. */
static uint8_t *read_file(const char *const path, const size_t size)
{
    FILE *const file = fopen(path, "rb");
    uint8_t *bytes = file == NULL ? NULL : malloc(size);
    if (bytes != NULL && fread(bytes, 1, size, file) != size) {
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

static bool replay_file(const char *const path, const size_t size)
{
    uint8_t *const bytes = read_file(path, size);
    if (bytes == NULL && size > 0) {
        fprintf(stderr, "cannot read '%s'\n", path);
        return false;
    }
    (void)LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return true;
}

static bool replay_folder(const char *const folder, size_t *const files)
{
    DIR *const entries = opendir(folder);
    if (entries == NULL) {
        fprintf(stderr, "cannot open the folder '%s'\n", folder);
        return false;
    }
    bool complete = true;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        char path[4096];
        struct stat about;
        const int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (length > 0 && (size_t)length < sizeof path && stat(path, &about) == 0 &&
            S_ISREG(about.st_mode)) {
            complete = replay_file(path, (size_t)about.st_size) && complete;
            ++*files;
        }
    }
    closedir(entries);
    return complete;
}

int main(const int count, char **const arguments)
{
    bool complete = count > 1;
    for (int i = 1; i < count; i++) {
        size_t files = 0;
        complete = replay_folder(arguments[i], &files) && files > 0 && complete;
        printf("%s: %zu inputs\n", arguments[i], files);
    }
    return complete ? EXIT_SUCCESS : EXIT_FAILURE;
}
