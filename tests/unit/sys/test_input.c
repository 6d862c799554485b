#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "base/memory.h"
#include "sys/input.h"

static void assert_reads(smi_input *const input, const char *const expected)
{
    char buffer[64] = "";
    size_t got = 99;
    assert_int_equal(smi_input_read(input, buffer, sizeof buffer - 1, &got), SM_OK);
    assert_int_equal(got, strlen(expected));
    assert_string_equal(buffer, expected);
}

static void a_file_is_read_piece_by_piece_to_its_end(void **state)
{
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, "hello world", 11);
    smi_input *input = NULL;
    assert_int_equal(smi_input_open(path.text, &input), SM_OK);
    assert_string_equal(smi_input_name(input), path.text);
    assert_int_equal(smi_input_size(input), 11);
    char piece[6] = "";
    size_t got = 0;
    assert_int_equal(smi_input_read(input, piece, 5, &got), SM_OK);
    assert_int_equal(got, 5);
    assert_string_equal(piece, "hello");
    assert_int_equal(smi_input_read(input, piece, 0, &got), SM_OK);
    assert_int_equal(got, 0);
    assert_reads(input, " world");
    assert_reads(input, "");
    smi_input_close(input);
}

static void memory_is_read_likewise(void **state)
{
    (void)state;
    smi_input *input = NULL;
    char name[] = "a name";
    assert_int_equal(smi_input_over("hello world", 11, name, &input), SM_OK);
    name[0] = 'X'; /* it was copied */
    assert_string_equal(smi_input_name(input), "a name");
    assert_int_equal(smi_input_size(input), 11);
    char piece[6] = "";
    size_t got = 0;
    assert_int_equal(smi_input_read(input, piece, 5, &got), SM_OK);
    assert_string_equal(piece, "hello");
    assert_reads(input, " world");
    assert_reads(input, "");
    smi_input_close(input);
}

static void empty_inputs_end_at_once(void **state)
{
    const scratch_path path = path_in(*state, "empty");
    write_file(path.text, "", 0);
    smi_input *input = NULL;
    assert_int_equal(smi_input_open(path.text, &input), SM_OK);
    assert_int_equal(smi_input_size(input), 0);
    assert_reads(input, "");
    smi_input_close(input);

    assert_int_equal(smi_input_over(NULL, 0, "nothing", &input), SM_OK);
    assert_reads(input, "");
    smi_input_close(input);
    smi_input_close(NULL);
}

static void what_cannot_be_opened_is_named(void **state)
{
    smi_input *input = NULL;
    const scratch_path missing = path_in(*state, "missing");
    assert_int_equal(smi_input_open(missing.text, &input), SM_ERROR_IO);
    assert_message("cannot open '%s': No such file or directory", missing.text);

    assert_int_equal(smi_input_open(*state, &input), SM_ERROR_IO);
    assert_message("cannot read '%s': Is a directory", (const char *)*state);
    assert_null(input);
}

static void a_pipe_is_of_unknown_size(void **state)
{
    (void)state;
    smi_input *const input = pipe_input("from a pipe", 11);
    assert_true(smi_input_size(input) == UINT64_MAX);
    assert_reads(input, "from a pipe");
    assert_reads(input, "");
    smi_input_close(input);
}

static void a_dash_is_standard_input_and_leaves_it_open(void **state)
{
    (void)state;
    int ends[2] = {-1, -1};
    const int before = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "typed", 5), 5);
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);

    smi_input *input = NULL;
    assert_int_equal(smi_input_open("-", &input), SM_OK);
    assert_string_equal(smi_input_name(input), "standard input");
    assert_reads(input, "typed");
    smi_input_close(input);
    char none;
    assert_int_equal(read(STDIN_FILENO, &none, 1), 0); /* still open, at its end */

    assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
    close(before);
}

/* Writes so much that the reader's room must grow, and more slowly than it reads. */
enum { LONG_PIPE = 300000 };

static void *feed_pipe(void *const argument)
{
    const int end = *(const int *)argument;
    uint8_t piece[1000];
    for (size_t i = 0; i < LONG_PIPE / sizeof piece; i++) {
        memset(piece, (int)(i % 251), sizeof piece);
        if (write(end, piece, sizeof piece) != (ssize_t)sizeof piece) {
            break;
        }
    }
    close(end);
    return NULL;
}

static void a_long_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    int ends[2] = {-1, -1};
    char path[32];
    pthread_t writer;
    smi_input *input = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    assert_int_equal(pipe(ends), 0);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(smi_input_open(path, &input), SM_OK);
    close(ends[0]); /* the input has its own: once that is closed, writing fails */
    assert_int_equal(pthread_create(&writer, NULL, feed_pipe, &ends[1]), 0);
    const sm_status status = smi_input_read_all(input, SIZE_MAX, &bytes, &size);
    smi_input_close(input);
    assert_int_equal(pthread_join(writer, NULL), 0);
    assert_int_equal(status, SM_OK);
    assert_int_equal(size, LONG_PIPE);
    for (size_t i = 0; i < size; i++) {
        assert_int_equal(bytes[i], i / 1000 % 251);
    }
    smi_free(bytes);
}

static void all_of_an_input_can_be_read_at_once(void **state)
{
    uint8_t content[70000]; /* beyond the first room made for what is of unknown size */
    for (size_t i = 0; i < sizeof content; i++) {
        content[i] = (uint8_t)(i * 7);
    }
    const scratch_path path = path_in(*state, "file");
    static const size_t sizes[] = {0, 1, 1000, 65535, 65536, 65537, sizeof content};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        smi_input *inputs[3] = {NULL, NULL, NULL};
        size_t count = 2;
        write_file(path.text, content, sizes[i]);
        assert_int_equal(smi_input_open(path.text, &inputs[0]), SM_OK);
        assert_int_equal(smi_input_over(content, sizes[i], "memory", &inputs[1]), SM_OK);
        if (sizes[i] <= 65536) {
            inputs[count++] = pipe_input(content, sizes[i]);
        }
        for (size_t k = 0; k < count; k++) {
            uint8_t *bytes = NULL;
            size_t size = 99;
            assert_int_equal(smi_input_read_all(inputs[k], sizeof content, &bytes, &size), SM_OK);
            assert_int_equal(size, sizes[i]);
            assert_memory_equal(bytes, content, size);
            smi_free(bytes);
            smi_input_close(inputs[k]);
        }
    }
}

static void a_file_that_changes_is_found_out_in_the_end(void **state)
{
    const scratch_path path = path_in(*state, "file");
    smi_input *input = NULL;
    write_file(path.text, "before", 6);
    assert_int_equal(smi_input_open(path.text, &input), SM_OK);
    assert_int_equal(smi_input_finish(input, SM_OK), SM_OK);
    assert_int_equal(smi_input_finish(input, SM_ERROR_FORMAT), SM_ERROR_FORMAT);
    write_file(path.text, "after", 5);
    assert_int_equal(smi_input_finish(input, SM_OK), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    assert_int_equal(smi_input_finish(input, SM_ERROR_FORMAT), SM_ERROR_IO);
    smi_input_close(input);
    input = pipe_input("text", 4);
    assert_int_equal(smi_input_finish(input, SM_OK), SM_OK);
    smi_input_close(input);
    assert_int_equal(smi_input_over("text", 4, "memory", &input), SM_OK);
    assert_int_equal(smi_input_finish(input, SM_OK), SM_OK);
    smi_input_close(input);
}

static void only_what_is_left_is_read(void **state)
{
    (void)state;
    smi_input *input = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    char first[4];
    assert_int_equal(smi_input_over("abcdefg", 7, "memory", &input), SM_OK);
    assert_int_equal(smi_input_read(input, first, 4, &size), SM_OK);
    assert_int_equal(smi_input_read_all(input, 3, &bytes, &size), SM_OK);
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "efg", 3);
    smi_free(bytes);
    smi_input_close(input);
}

static void more_than_the_limit_is_refused(void **state)
{
    static const char content[] = "0123456789";
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, content, 10);
    for (size_t most = 0; most <= 10; most++) {
        smi_input *inputs[3] = {NULL, NULL, pipe_input(content, 10)};
        assert_int_equal(smi_input_open(path.text, &inputs[0]), SM_OK);
        assert_int_equal(smi_input_over(content, 10, "memory", &inputs[1]), SM_OK);
        for (size_t k = 0; k < 3; k++) {
            uint8_t *bytes = NULL;
            size_t size = 99;
            const sm_status status = smi_input_read_all(inputs[k], most, &bytes, &size);
            assert_int_equal(status, most < 10 ? SM_ERROR_FORMAT : SM_OK);
            if (status != SM_OK) {
                assert_message("%s: more than %zu bytes", smi_input_name(inputs[k]), most);
                assert_null(bytes);
            }
            smi_free(bytes);
            smi_input_close(inputs[k]);
        }
    }
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* a pipe that nobody reads any more fails instead */
    const struct CMUnitTest tests[] = {
        scratch_test(a_file_is_read_piece_by_piece_to_its_end),
        cmocka_unit_test(memory_is_read_likewise),
        scratch_test(empty_inputs_end_at_once),
        scratch_test(what_cannot_be_opened_is_named),
        cmocka_unit_test(a_pipe_is_of_unknown_size),
        cmocka_unit_test(a_dash_is_standard_input_and_leaves_it_open),
        cmocka_unit_test(a_long_pipe_is_read_to_its_end),
        scratch_test(a_file_that_changes_is_found_out_in_the_end),
        scratch_test(all_of_an_input_can_be_read_at_once),
        cmocka_unit_test(only_what_is_left_is_read),
        scratch_test(more_than_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
