/* Mapped files: whatever is advised or fetched, the bytes stay what they are; and a change of the
 * file is noticed. */
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

static smi_mapped *map_new_file(const char *const path)
{
    uint8_t *const bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = byte_at(i);
    }
    write_file(path, bytes, SIZE);
    free(bytes);
    smi_mapped *mapped = NULL;
    assert_int_equal(smi_mapped_open(path, &mapped), SM_OK);
    assert_non_null(mapped);
    assert_int_equal(smi_mapped_size(mapped), SIZE);
    return mapped;
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
    smi_mapped *const mapped = map_new_file(path_in(*state, "file").text);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        smi_mapped_will_need(mapped, some[i].begin, some[i].size);
        smi_mapped_let_go(mapped, some[i].begin, some[i].size);
        smi_mapped_fetch(mapped, some[i].begin, some[i].size);
        assert_bytes(mapped);
    }
    smi_mapped_read_no_more(mapped);
    smi_mapped_let_go(mapped, 0, SIZE);
    assert_bytes(mapped);
    smi_mapped_close(mapped);
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
    smi_mapped *const mapped = map_new_file(path.text);
    smi_mapped_fetch(mapped, 0, SIZE);
    smi_mapped_fetch(mapped, 4097, SIZE);
    assert_bytes(mapped);
    smi_mapped_close(mapped);
    assert_int_equal(unlink(path.text), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* Fetching ends where the file does: it must not wait for bytes that are gone. */
static void a_file_that_became_shorter_is_noticed(void **state)
{
    const scratch_path path = path_in(*state, "file");
    smi_mapped *const mapped = map_new_file(path.text);
    assert_true(smi_mapped_is_unchanged(mapped));
    assert_int_equal(truncate(path.text, 1000), 0);
    smi_mapped_fetch(mapped, 0, SIZE);
    assert_false(smi_mapped_is_unchanged(mapped));
    smi_mapped_close(mapped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(advice_leaves_the_bytes_as_they_are),
        cmocka_unit_test(memory_may_be_the_file_system),
        scratch_test(a_file_that_became_shorter_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
