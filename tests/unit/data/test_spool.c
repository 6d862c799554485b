/* Bytes at any place, wherever they come from. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "data/spool.h"

/* The spool holds these bytes, at whatever place one looks. Frees it. */
static void assert_spool(smi_spool *const spool, const char *const bytes, const size_t size)
{
    char copy[64];
    assert_int_equal(smi_spool_size(spool), size);
    for (size_t from = size + 1; from-- > 0;) {
        for (size_t length = 0; from + length <= size; length++) {
            assert_int_equal(smi_spool_read(spool, from, copy, length), SM_OK);
            assert_memory_equal(copy, bytes + from, length);
        }
    }
    assert_int_equal(smi_spool_check_unchanged(spool), SM_OK);
    smi_spool_free(spool);
}

static const char text[] = "some bytes\nof text\n";
enum { SIZE = sizeof text - 1 };

static void memory_is_read_where_it_is(void **state)
{
    (void)state;
    smi_spool *spool = NULL;
    assert_int_equal(smi_spool_over(text, SIZE, "here", &spool), SM_OK);
    assert_string_equal(smi_spool_name(spool), "here");
    assert_spool(spool, text, SIZE);
    assert_int_equal(smi_spool_over(NULL, 0, "nothing", &spool), SM_OK);
    assert_spool(spool, "", 0);
}

static void files_are_read_raw_or_decompressed(void **state)
{
    const scratch_path path = path_in(*state, "file");
    smi_spool *spool = NULL;
    write_file(path.text, text, SIZE);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_OK);
    assert_string_equal(smi_spool_name(spool), path.text);
    assert_spool(spool, text, SIZE);

    byte_list packed = gzip_of(text, SIZE);
    write_file(path.text, packed.data, packed.size);
    byte_list_free(&packed);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_OK);
    assert_spool(spool, text, SIZE);

    write_file(path.text, "", 0);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_OK);
    assert_spool(spool, "", 0);
}

static void pipes_are_read_to_their_end(void **state)
{
    (void)state;
    smi_stream *stream = NULL;
    smi_spool *spool = NULL;
    assert_int_equal(smi_stream_open(pipe_input(text, SIZE), &stream), SM_OK);
    assert_int_equal(smi_spool_stream(stream, &spool), SM_OK);
    smi_stream_close(stream);
    assert_spool(spool, text, SIZE);
}

/* Of a stream that has been read from already, be it a file or not. */
static void what_is_left_of_a_stream_is_taken(void **state)
{
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, text, SIZE);
    for (size_t taken = 0; taken <= SIZE; taken++) {
        for (size_t i = 0; i < 4; i++) {
            char copy[SIZE];
            const uint8_t *peeked = NULL;
            smi_stream *stream = NULL;
            smi_spool *spool = NULL;
            size_t got = 0;
            if (i % 2 == 0) {
                assert_int_equal(smi_stream_open_path(path.text, &stream), SM_OK);
            } else {
                assert_int_equal(smi_stream_open(pipe_input(text, SIZE), &stream), SM_OK);
            }
            if (i >= 2) {
                assert_int_equal(smi_stream_peek(stream, &peeked, &got), SM_OK);
            }
            assert_int_equal(smi_stream_read(stream, copy, taken, &got), SM_OK);
            assert_int_equal(smi_spool_stream(stream, &spool), SM_OK);
            smi_stream_close(stream);
            assert_spool(spool, text + taken, SIZE - taken);
        }
    }
}

static void what_is_large_goes_to_a_file_without_a_name(void **state)
{
    const size_t size = ((size_t)64 << 20) + 12345;
    const scratch_path path = path_in(*state, "large.gz");
    uint8_t *const bytes = malloc(size);
    uint8_t *const copy = malloc(size);
    smi_spool *spool = NULL;
    assert_true(bytes != NULL && copy != NULL);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i / 1000 % 251);
    }
    byte_list packed = gzip_of(bytes, size);
    write_file(path.text, packed.data, packed.size);
    byte_list_free(&packed);
    assert_int_equal(setenv("TMPDIR", *state, 1), 0);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_OK);
    assert_int_equal(count_entries(*state), 1);
    assert_int_equal(smi_spool_size(spool), size);
    assert_int_equal(smi_spool_read(spool, 0, copy, size), SM_OK);
    assert_memory_equal(copy, bytes, size);
    assert_int_equal(smi_spool_read(spool, size - 3, copy, 3), SM_OK);
    assert_memory_equal(copy, bytes + size - 3, 3);
    smi_spool_free(spool);

    assert_int_equal(setenv("TMPDIR", path_in(*state, "absent").text, 1), 0);
    spool = NULL;
    assert_int_equal(smi_spool_open(path.text, &spool), SM_ERROR_IO);
    assert_message("cannot create a file in '%s': No such file or directory",
                   path_in(*state, "absent").text);
    assert_null(spool);
    assert_int_equal(unsetenv("TMPDIR"), 0);
    free(bytes);
    free(copy);
}

static void a_file_that_changes_is_noticed(void **state)
{
    const scratch_path path = path_in(*state, "file");
    char copy[SIZE];
    smi_spool *spool = NULL;
    write_file(path.text, text, SIZE);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_OK);
    assert_int_equal(smi_spool_check_unchanged(spool), SM_OK);
    assert_int_equal(truncate(path.text, SIZE - 1), 0);
    assert_int_equal(smi_spool_check_unchanged(spool), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    assert_int_equal(smi_spool_read(spool, 0, copy, SIZE), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    smi_spool_free(spool);
}

static void failures_are_those_of_streams(void **state)
{
    const scratch_path path = path_in(*state, "absent");
    smi_spool *spool = NULL;
    assert_int_equal(smi_spool_open(path.text, &spool), SM_ERROR_IO);
    assert_message("cannot open '%s': No such file or directory", path.text);

    byte_list packed = gzip_of(text, SIZE);
    packed.data[packed.size / 2] ^= 0x55U;
    write_file(path.text, packed.data, packed.size);
    byte_list_free(&packed);
    assert_int_equal(smi_spool_open(path.text, &spool), SM_ERROR_FORMAT);
    assert_null(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_read_where_it_is),
        scratch_test(files_are_read_raw_or_decompressed),
        cmocka_unit_test(pipes_are_read_to_their_end),
        scratch_test(what_is_left_of_a_stream_is_taken),
        scratch_test(what_is_large_goes_to_a_file_without_a_name),
        scratch_test(a_file_that_changes_is_noticed),
        scratch_test(failures_are_those_of_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
