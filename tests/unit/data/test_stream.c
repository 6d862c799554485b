#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/scratch.h"

#include "data/stream.h"

/* Text of some length that does not compress to almost nothing. */
static void fill(uint8_t *const text, const size_t size)
{
    uint32_t state = 1;
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525U + 1013904223U;
        text[i] = (uint8_t)('a' + (state >> 24) % 11);
    }
}

static smi_stream *stream_over(const void *const bytes, const size_t size)
{
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    assert_int_equal(smi_input_over(bytes, size, "memory", &input), SM_OK);
    assert_int_equal(smi_stream_open(input, &stream), SM_OK);
    return stream;
}

/* Reads in pieces of this size until the end or a failure. */
static sm_status read_in_pieces(smi_stream *const stream, const size_t piece, uint8_t *const to,
                                const size_t room, size_t *const filled)
{
    *filled = 0;
    for (;;) {
        size_t got = 0;
        const size_t wanted = room - *filled < piece ? room - *filled : piece;
        const sm_status status = smi_stream_read(stream, to + *filled, wanted, &got);
        if (status != SM_OK) {
            return status;
        }
        *filled += got;
        if (got < wanted || wanted == 0) {
            return SM_OK;
        }
    }
}

static void assert_gives(const byte_list *const compressed, const void *const expected,
                         const size_t size)
{
    static const size_t pieces[] = {1, 7, 4096, 1 << 20};
    uint8_t *const got = malloc(size + 1);
    assert_non_null(got);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        size_t filled = 0;
        smi_stream *const stream = stream_over(compressed->data, compressed->size);
        assert_int_equal(read_in_pieces(stream, pieces[p], got, size + 1, &filled), SM_OK);
        assert_int_equal(filled, size);
        assert_memory_equal(got, expected, size);
        smi_stream_close(stream);
    }
    free(got);
}

static void assert_fails(const void *const bytes, const size_t size, const char *const message)
{
    static uint8_t got[200000];
    size_t filled = 0;
    smi_stream *const stream = stream_over(bytes, size);
    assert_int_equal(read_in_pieces(stream, 4096, got, sizeof got, &filled), SM_ERROR_FORMAT);
    assert_string_equal(sm_error_message(), message);
    smi_stream_close(stream);
}

static void plain_bytes_come_as_they_are(void **state)
{
    (void)state;
    uint8_t text[150000]; /* more than two of the stream's buffers */
    fill(text, sizeof text);
    const byte_list plain = {.data = text, .size = sizeof text};
    assert_gives(&plain, text, sizeof text);

    smi_stream *const stream = stream_over(text, sizeof text);
    assert_string_equal(smi_stream_name(stream), "memory");
    assert_int_equal(smi_stream_most(stream), sizeof text);
    smi_stream_close(stream);
    smi_stream_close(NULL);
}

static void inputs_too_short_to_be_gzip_are_plain(void **state)
{
    (void)state;
    static uint8_t text[] = {0x1f, 0x8a, 0x08};
    for (size_t size = 0; size <= sizeof text; size++) {
        const byte_list plain = {.data = text, .size = size};
        assert_gives(&plain, text, size);
    }
}

static void gzip_is_decompressed_on_the_way(void **state)
{
    (void)state;
    uint8_t text[150000];
    static const size_t sizes[] = {0, 1, 100, 65536, sizeof text};
    fill(text, sizeof text);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        byte_list compressed = gzip_of(text, sizes[i]);
        assert_gives(&compressed, text, sizes[i]);
        byte_list_free(&compressed);
    }
}

static void members_follow_each_other_without_a_seam(void **state)
{
    (void)state;
    uint8_t text[150000];
    fill(text, sizeof text);
    /* The last ones are empty; the first is longer than the stream's buffer. */
    static const size_t cuts[] = {0, 140000, 140001, 140500, 150000, 150000, 150000};
    byte_list all = {0};
    for (size_t i = 0; i + 1 < sizeof cuts / sizeof *cuts; i++) {
        byte_list member = gzip_of(text + cuts[i], cuts[i + 1] - cuts[i]);
        put_bytes(&all, member.data, member.size);
        byte_list_free(&member);
    }
    assert_gives(&all, text, sizeof text);
    byte_list_free(&all);
}

static void the_most_that_can_come_follows_from_the_compressed_size(void **state)
{
    (void)state;
    const size_t size = 1 << 22;
    void *const zeros = calloc(size, 1);
    assert_non_null(zeros);
    byte_list compressed = gzip_of(zeros, size); /* the best that deflate can do */
    smi_stream *const stream = stream_over(compressed.data, compressed.size);
    assert_int_equal(smi_stream_most(stream), 1032 * compressed.size);
    assert_true(smi_stream_most(stream) >= size);
    smi_stream_close(stream);
    byte_list_free(&compressed);
    free(zeros);
}

static void more_than_can_come_is_not_expected(void **state)
{
    (void)state;
    smi_stream *stream = stream_over("plain", 5);
    assert_int_equal(smi_stream_expect(stream, 5), SM_OK);
    assert_int_equal(smi_stream_expect(stream, 6), SM_ERROR_FORMAT);
    assert_string_equal(sm_error_message(),
                        "memory: the header announces 6 bytes, the file is too short for them");
    smi_stream_close(stream);

    /* Enough compressed bytes for anything, were it not for the limit. Nothing is decompressed. */
    const size_t size = ((size_t)4 << 30) / 1032 + 1;
    uint8_t *const large = calloc(size, 1);
    assert_non_null(large);
    memcpy(large, "\x1f\x8b", 2);
    stream = stream_over(large, size);
    assert_int_equal(smi_stream_expect(stream, SMI_MAX_INFLATED), SM_OK);
    assert_int_equal(smi_stream_expect(stream, SMI_MAX_INFLATED + 1), SM_ERROR_FORMAT);
    assert_string_equal(sm_error_message(),
                        "memory: decompresses to more than 4 GiB, which is the most that gzip "
                        "input may; decompress it first");
    smi_stream_close(stream);
    free(large);
}

static void a_pipe_may_hold_anything_of_any_size(void **state)
{
    (void)state;
    uint8_t text[30000];
    uint8_t got[sizeof text + 1];
    fill(text, sizeof text);
    byte_list compressed = gzip_of(text, sizeof text);
    smi_input *const inputs[] = {pipe_input(text, sizeof text),
                                 pipe_input(compressed.data, compressed.size)};
    for (size_t i = 0; i < 2; i++) {
        smi_stream *stream = NULL;
        size_t filled = 0;
        assert_int_equal(smi_stream_open(inputs[i], &stream), SM_OK);
        assert_true(smi_stream_most(stream) == UINT64_MAX);
        assert_int_equal(smi_stream_read(stream, got, sizeof got, &filled), SM_OK);
        assert_int_equal(filled, sizeof text);
        assert_memory_equal(got, text, sizeof text);
        smi_stream_close(stream);
    }
    byte_list_free(&compressed);
}

static void files_are_streams_too(void **state)
{
    const scratch_path path = path_in(*state, "text.gz");
    byte_list compressed = gzip_of("hello", 5);
    write_file(path.text, compressed.data, compressed.size);
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    char got[16] = "";
    size_t filled = 0;
    assert_int_equal(smi_input_open(path.text, &input), SM_OK);
    assert_int_equal(smi_stream_open(input, &stream), SM_OK);
    assert_string_equal(smi_stream_name(stream), path.text);
    assert_int_equal(smi_stream_read(stream, got, sizeof got - 1, &filled), SM_OK);
    assert_string_equal(got, "hello");
    smi_stream_close(stream);
    byte_list_free(&compressed);
}

static void gzip_that_breaks_off_is_noticed_wherever_it_does(void **state)
{
    (void)state;
    static const char text[] = "to be, or not to be, that is the question";
    byte_list compressed = gzip_of(text, sizeof text - 1);
    size_t most_seen = 0;
    for (size_t kept = 2; kept < compressed.size; kept++) {
        uint8_t got[sizeof text];
        size_t filled = 0;
        char expected[128];
        smi_stream *const stream = stream_over(compressed.data, kept);
        assert_int_equal(read_in_pieces(stream, 1, got, sizeof got, &filled), SM_ERROR_FORMAT);
        (void)snprintf(expected, sizeof expected,
                       "memory: the gzip data breaks off after %zu decompressed byte%s", filled,
                       filled == 1 ? "" : "s");
        assert_string_equal(sm_error_message(), expected);
        assert_true(filled >= most_seen);
        assert_memory_equal(got, text, filled); /* what came before was right */
        most_seen = filled;
        smi_stream_close(stream);
    }
    assert_int_equal(most_seen, sizeof text - 1); /* only the trailer was missing */
    byte_list_free(&compressed);
}

static void a_second_member_that_breaks_off_is_noticed_too(void **state)
{
    (void)state;
    byte_list member = gzip_of("hello", 5);
    byte_list two = {0};
    put_bytes(&two, member.data, member.size);
    put_bytes(&two, member.data, member.size);
    for (size_t kept = member.size + 1; kept < two.size; kept++) {
        uint8_t got[16];
        size_t filled = 0;
        smi_stream *const stream = stream_over(two.data, kept);
        assert_int_equal(read_in_pieces(stream, 1, got, sizeof got, &filled), SM_ERROR_FORMAT);
        assert_non_null(strstr(sm_error_message(), "memory: the gzip data breaks off after "));
        assert_in_range(filled, 5, 10);
        smi_stream_close(stream);
    }
    byte_list_free(&two);
    byte_list_free(&member);
}

static void damage_is_noticed_and_placed(void **state)
{
    (void)state;
    static const char text[] = "to be, or not to be";
    byte_list compressed = gzip_of(text, 19);
    static const struct {
        size_t from_end; /* the byte to change; 0: counted from the start instead */
        size_t from_start;
        const char *message;
    } cases[] = {
        {8, 0, "memory: damaged gzip data after 19 decompressed bytes: incorrect data check"},
        {5, 0, "memory: damaged gzip data after 19 decompressed bytes: incorrect data check"},
        {4, 0, "memory: damaged gzip data after 19 decompressed bytes: incorrect length check"},
        {1, 0, "memory: damaged gzip data after 19 decompressed bytes: incorrect length check"},
        {0, 2, "memory: damaged gzip data after 0 decompressed bytes: unknown compression method"},
        {0, 3, "memory: damaged gzip data after 0 decompressed bytes: unknown header flags set"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t place =
            cases[i].from_end > 0 ? compressed.size - cases[i].from_end : cases[i].from_start;
        compressed.data[place] ^= 0x80;
        assert_fails(compressed.data, compressed.size, cases[i].message);
        compressed.data[place] ^= 0x80;
    }
    assert_gives(&compressed, text, 19); /* as it was */
    byte_list_free(&compressed);
}

static void what_follows_the_last_member_must_be_gzip(void **state)
{
    (void)state;
    byte_list all = gzip_of("hello", 5);
    const size_t size = all.size;
    put_bytes(&all, "garbage", 7);
    assert_fails(all.data, all.size, "memory: something that is not gzip follows the gzip data");
    all.data[size] = 0x1f;
    assert_fails(all.data, all.size,
                 "memory: damaged gzip data after 5 decompressed bytes: incorrect header check");
    all.data[size] = 0x00;
    assert_fails(all.data, size + 1, "memory: something that is not gzip follows the gzip data");
    byte_list_free(&all);
}

static void opening_takes_the_input_over_also_on_failure(void **state)
{
    (void)state;
    /* Standard input that is open for writing only: the input opens, but cannot be read. That it
     * is freed all the same, a sanitizer sees. */
    const int before = dup(STDIN_FILENO);
    const int writable = open("/dev/null", O_WRONLY);
    assert_int_equal(dup2(writable, STDIN_FILENO), STDIN_FILENO);
    close(writable);
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    const sm_status opened = smi_input_open("-", &input);
    const sm_status started = opened == SM_OK ? smi_stream_open(input, &stream) : SM_OK;
    assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
    close(before);
    assert_int_equal(opened, SM_OK);
    assert_int_equal(started, SM_ERROR_IO);
    assert_string_equal(sm_error_message(), "cannot read 'standard input': Bad file descriptor");
    assert_null(stream);
}

/* The first bytes can be looked at, and come again when the stream is read in pieces. */
static void assert_peeks(const void *const bytes, const size_t size, const uint8_t *const expected,
                         const size_t expected_size)
{
    static const size_t pieces[] = {1, 4095, 4096, 4097, 1 << 20};
    uint8_t *const got = malloc(expected_size + 1);
    assert_non_null(got);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        smi_stream *const stream = stream_over(bytes, size);
        const size_t peeked = expected_size < SMI_PEEKED ? expected_size : SMI_PEEKED;
        for (unsigned again = 0; again < 2; again++) {
            const uint8_t *first = NULL;
            size_t count = 0;
            assert_int_equal(smi_stream_peek(stream, &first, &count), SM_OK);
            assert_int_equal(count, peeked);
            assert_memory_equal(first, expected, count);
        }
        size_t filled = 0;
        assert_int_equal(read_in_pieces(stream, pieces[p], got, expected_size + 1, &filled), SM_OK);
        assert_int_equal(filled, expected_size);
        assert_memory_equal(got, expected, filled);
        smi_stream_close(stream);
    }
    free(got);
}

static void the_first_bytes_can_be_looked_at(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, SMI_PEEKED - 1, SMI_PEEKED, SMI_PEEKED + 1, 200000};
    static uint8_t text[200000];
    fill(text, sizeof text);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        byte_list packed = gzip_of(text, sizes[i]);
        assert_peeks(text, sizes[i], text, sizes[i]);
        assert_peeks(packed.data, packed.size, text, sizes[i]);
        byte_list_free(&packed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_come_as_they_are),
        cmocka_unit_test(inputs_too_short_to_be_gzip_are_plain),
        cmocka_unit_test(gzip_is_decompressed_on_the_way),
        cmocka_unit_test(members_follow_each_other_without_a_seam),
        cmocka_unit_test(the_most_that_can_come_follows_from_the_compressed_size),
        cmocka_unit_test(more_than_can_come_is_not_expected),
        cmocka_unit_test(a_pipe_may_hold_anything_of_any_size),
        scratch_test(files_are_streams_too),
        cmocka_unit_test(gzip_that_breaks_off_is_noticed_wherever_it_does),
        cmocka_unit_test(a_second_member_that_breaks_off_is_noticed_too),
        cmocka_unit_test(damage_is_noticed_and_placed),
        cmocka_unit_test(what_follows_the_last_member_must_be_gzip),
        cmocka_unit_test(opening_takes_the_input_over_also_on_failure),
        cmocka_unit_test(the_first_bytes_can_be_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
