/* IDX files that come compressed, or through pipes. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "idx_reading.h"
#include "support/cmocka_all.h"

#include "base/memory.h"

/* ---- gzip ---- */

static void gzip_files_are_read_alike(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 3, 2, 2, 2);
    put_bytes(&file, "abcdefgh", 8);
    byte_list compressed = gzip_of(file.data, file.size);
    smi_idx_features features;
    assert_int_equal(read_features(&compressed, &features), SM_OK);
    assert_int_equal(features.features, 4);
    assert_memory_equal(features.x, "abcdefgh", 8);
    smi_free(features.x);
    byte_list_free(&file);
    byte_list_free(&compressed);
}

static void the_gzip_checksum_is_checked_though_all_values_are_there(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 2, 2, 2, 0);
    put_bytes(&file, "abcd", 4);
    byte_list damaged = gzip_of(file.data, file.size);
    damaged.data[damaged.size - 8] ^= 1;
    assert_no_features(&damaged, SM_ERROR_FORMAT,
                       "file: damaged gzip data after 16 decompressed "
                       "bytes: incorrect data check");
    byte_list truncated = gzip_of(file.data, file.size);
    truncated.size--;
    assert_no_features(&truncated, SM_ERROR_FORMAT,
                       "file: the gzip data breaks off after 16 decompressed bytes");
    byte_list_free(&file);
}

static void gzip_that_decompresses_to_too_much_or_too_little_is_noticed(void **state)
{
    (void)state;
    byte_list file = header_of(I16, 2, 2, 2, 0);
    put_bytes(&file, "abcdefg", 7);
    byte_list compressed = gzip_of(file.data, file.size);
    assert_no_features(&compressed, SM_ERROR_FORMAT,
                       "file: the file ends after 3 of the 4 values that its header announces");
    put_bytes(&file, "hi", 2);
    compressed = gzip_of(file.data, file.size);
    assert_no_features(&compressed, SM_ERROR_FORMAT,
                       "file: the file goes on after the 4 values that its header announces");
    byte_list_free(&file);
}

/* ---- pipes ---- */

/* Feeds a pipe from another thread, and closes it. */
typedef struct feeder {
    int end;
    const byte_list *all;
} feeder;

static void *feed(void *const argument)
{
    const feeder *const self = argument;
    size_t done = 0;
    while (done < self->all->size) {
        const ssize_t count = write(self->end, self->all->data + done, self->all->size - done);
        if (count <= 0) {
            break;
        }
        done += (size_t)count;
    }
    close(self->end);
    return NULL;
}

static sm_status read_features_through_a_pipe(const byte_list *const file,
                                              smi_idx_features *const features)
{
    int ends[2] = {-1, -1};
    char path[32];
    pthread_t writer;
    smi_input *input = NULL;
    assert_int_equal(pipe(ends), 0);
    feeder self = {.end = ends[1], .all = file};
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(smi_input_open(path, &input), SM_OK);
    close(ends[0]); /* the input has its own: once that is closed, writing fails */
    assert_int_equal(pthread_create(&writer, NULL, feed, &self), 0);
    const sm_status status = read_features_from(input, features);
    assert_int_equal(pthread_join(writer, NULL), 0);
    return status;
}

static void pipes_of_unknown_size_are_read_alike(void **state)
{
    (void)state;
    enum { ROWS = 1 << 11, FEATURES = 1234 }; /* more than the room that is made at first */
    const size_t size = (size_t)ROWS * FEATURES;
    byte_list file = header_of(U8, 2, ROWS, FEATURES, 0);
    uint8_t *const values = malloc(size);
    assert_non_null(values);
    for (size_t i = 0; i < size; i++) {
        values[i] = (uint8_t)(i * 31 >> 3);
    }
    put_bytes(&file, values, size);
    smi_idx_features features;
    assert_int_equal(read_features_through_a_pipe(&file, &features), SM_OK);
    assert_int_equal(features.rows, ROWS);
    assert_memory_equal(features.x, values, size);
    smi_free(features.x);

    /* The same bytes as signed numbers, which are converted. */
    file.data[2] = I8;
    assert_int_equal(read_features_through_a_pipe(&file, &features), SM_OK);
    for (size_t i = 0; i < size; i++) {
        assert_true(((const float *)features.x)[i] == (float)(int8_t)values[i]);
    }
    smi_free(features.x);

    file.size--;
    assert_int_equal(read_features_through_a_pipe(&file, &features), SM_ERROR_FORMAT);
    assert_non_null(strstr(sm_error_message(), ": the file ends after 2,527,231 of the 2,527,232 "
                                               "values that its header announces"));
    byte_list_free(&file);
    free(values);
}

static void a_pipe_with_a_lying_header_costs_no_memory(void **state)
{
    (void)state;
    static const unsigned types[] = {U8, F32};
    for (size_t i = 0; i < 2; i++) {
        /* 2^59 values: no memory for them anywhere. */
        byte_list file = header_of(types[i], 2, 0x80000000, 0x10000000, 0);
        put_bytes(&file, "\0\0\0\0\0\0\0\0\0", 9);
        smi_idx_features features;
        assert_int_equal(read_features_from(pipe_input(file.data, file.size), &features),
                         SM_ERROR_FORMAT);
        char expected[128];
        (void)snprintf(
            expected, sizeof expected,
            ": the file ends after %d of the 576,460,752,303,423,488 values that its header "
            "announces",
            types[i] == U8 ? 9 : 2);
        assert_non_null(strstr(sm_error_message(), expected));
        assert_null(features.x);
        byte_list_free(&file);
    }
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* a pipe that nobody reads any more fails instead */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_files_are_read_alike),
        cmocka_unit_test(the_gzip_checksum_is_checked_though_all_values_are_there),
        cmocka_unit_test(gzip_that_decompresses_to_too_much_or_too_little_is_noticed),
        cmocka_unit_test(pipes_of_unknown_size_are_read_alike),
        cmocka_unit_test(a_pipe_with_a_lying_header_costs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
