/* A folder of the test's own, with help to fill it and to look into it. */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For cmocka: *state becomes the path of a new empty folder, which goes with all that is in it. */
int scratch_setup(void **state);
int scratch_teardown(void **state);
#define scratch_test(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

/* A path by value, to be used where it is made: open(path_in(folder, "a").text, …). */
typedef struct scratch_path {
    char text[PATH_MAX];
} scratch_path;
scratch_path path_in(const char *folder, const char *name);

/* The test fails when one of these does not succeed. */
void write_file(const char *path, const void *bytes, size_t size);
void make_folder(const char *path);

/* The content, with a NUL after it that is not counted; freed by free(). NULL: it cannot be read.
 * size: may be NULL. */
uint8_t *read_file(const char *path, size_t *size);

/* Entries of a folder, "." and ".." aside. */
size_t count_entries(const char *folder);

#endif
