/* Mapped files: whatever is advised or fetched, the bytes stay what they are. */
#include "sys/mapped.h"

#include <stdlib.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"

enum { SIZE = 300001 }; /* pages and pieces that end in the middle */

static uint8_t byte_at(const size_t place)
{
    return (uint8_t)(place * 31 / 7);
}

/* The file and its mapping. */
typedef struct mapped_file {
    smi_file *file;
    smi_mapped *mapped;
} mapped_file;

static void open_file(const char *const path, smi_file **const file)
{
    smi_input *input = NULL;
    uint64_t from = 1;
    assert_int_equal(smi_input_open(path, &input), SM_OK);
    assert_int_equal(smi_file_of(input, file, &from), SM_OK);
    smi_input_close(input);
    assert_non_null(*file);
    assert_int_equal(from, 0);
}

static mapped_file map_new_file(const char *const path)
{
    uint8_t *const bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = byte_at(i);
    }
    write_file(path, bytes, SIZE);
    free(bytes);
    mapped_file all = {NULL, NULL};
    open_file(path, &all.file);
    assert_int_equal(smi_mapped_open(all.file, path, &all.mapped), SM_OK);
    assert_non_null(all.mapped);
    assert_int_equal(smi_mapped_size(all.mapped), SIZE);
    return all;
}

static void unmap(const mapped_file *const all)
{
    smi_mapped_close(all->mapped);
    smi_file_close(all->file);
}

static void assert_bytes(const smi_mapped *const mapped)
{
    const uint8_t *const bytes = smi_mapped_bytes(mapped);
    for (size_t i = 0; i < SIZE; i++) {
        assert_int_equal(bytes[i], byte_at(i));
    }
}

static void advice_leaves_the_bytes_as_they_are(void **state)
{
    static const struct {
        size_t begin;
        size_t size;
    } some[] = {{0, SIZE},        {0, 0},
                {1, 1},           {4095, 2},
                {65535, 65538},   {131072, 1},
                {299000, 100000}, /* beyond the end */
                {SIZE, 1},        {10 * (size_t)SIZE, 5}};
    const mapped_file all = map_new_file(path_in(*state, "file").text);
    smi_mapped *const mapped = all.mapped;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        smi_mapped_will_need(mapped, some[i].begin, some[i].size);
        smi_mapped_let_go(mapped, some[i].begin, some[i].size);
        smi_mapped_fetch(mapped, some[i].begin, some[i].size);
        assert_bytes(mapped);
    }
    smi_mapped_read_no_more(mapped);
    smi_mapped_let_go(mapped, 0, SIZE);
    assert_bytes(mapped);
    unmap(&all);
}

/* A file system in memory may not read without waiting. */
static void memory_may_be_the_file_system(void **state)
{
    (void)state;
    char folder[] = "/dev/shm/softmax-XXXXXX";
    if (mkdtemp(folder) == NULL) {
        skip();
    }
    const scratch_path path = path_in(folder, "file");
    const mapped_file all = map_new_file(path.text);
    smi_mapped *const mapped = all.mapped;
    smi_mapped_fetch(mapped, 0, SIZE);
    smi_mapped_fetch(mapped, 4097, SIZE);
    assert_bytes(mapped);
    unmap(&all);
    assert_int_equal(unlink(path.text), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* Fetching ends where the file does: it must not wait for bytes that are gone. */
static void a_file_may_become_shorter(void **state)
{
    const scratch_path path = path_in(*state, "file");
    const mapped_file all = map_new_file(path.text);
    assert_int_equal(smi_file_check_unchanged(all.file), SM_OK);
    assert_int_equal(truncate(path.text, 1000), 0);
    smi_mapped_fetch(all.mapped, 0, SIZE);
    assert_int_equal(smi_file_check_unchanged(all.file), SM_ERROR_IO);
    unmap(&all);
}

/* What was written last is there, too. */
static void a_temporary_file_can_be_mapped(void **state)
{
    static const char text[] = "some bytes";
    smi_file *file = NULL;
    smi_mapped *mapped = NULL;
    assert_int_equal(smi_file_temporary_beside(path_in(*state, "file").text, &file), SM_OK);
    assert_int_equal(smi_file_append(file, text, sizeof text), SM_OK);
    assert_int_equal(smi_mapped_open(file, "file", &mapped), SM_OK);
    assert_int_equal(smi_mapped_size(mapped), sizeof text);
    assert_memory_equal(smi_mapped_bytes(mapped), text, sizeof text);
    smi_mapped_close(mapped);
    smi_file_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(advice_leaves_the_bytes_as_they_are),
        cmocka_unit_test(memory_may_be_the_file_system),
        scratch_test(a_file_may_become_shorter),
        scratch_test(a_temporary_file_can_be_mapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
