/* The bytes of event files: sums and messages against ones that are known. */
#include <string.h>

#include "cli/watch/event_file.h"
#include "cli/watch/protobuf.h"
#include "support/cmocka_all.h"

static void sums_are_those_of_castagnoli(void **state)
{
    (void)state;
    static const char digits[] = "123456789";
    static const uint8_t zeros[32]; /* RFC 3720, B.4 */
    uint8_t ones[32];
    uint8_t ascending[32];
    memset(ones, 0xff, sizeof ones);
    for (size_t i = 0; i < sizeof ascending; i++) {
        ascending[i] = (uint8_t)i;
    }
    assert_int_equal(cli_crc32c(digits, 9), 0xe3069283);
    assert_int_equal(cli_crc32c(zeros, sizeof zeros), 0x8a9136aa);
    assert_int_equal(cli_crc32c(ones, sizeof ones), 0x62a8ab43);
    assert_int_equal(cli_crc32c(ascending, sizeof ascending), 0x46dd794e);
    assert_int_equal(cli_crc32c(NULL, 0), 0);
}

static void assert_bytes(cli_message *const message, const char *const bytes, const size_t size)
{
    assert_false(message->failed);
    assert_int_equal(message->size, size);
    assert_memory_equal(message->bytes, bytes, size);
    cli_message_free(message);
    assert_null(message->bytes);
}

/* What every event file begins with, but for its time. */
static void a_version_is_encoded_as_tensorflow_does(void **state)
{
    (void)state;
    cli_message event = {0};
    cli_message_double(&event, 1, 0.0);
    cli_message_text(&event, 3, "brain.Event:2");
    assert_bytes(&event,
                 "\x09\0\0\0\0\0\0\0\0\x1a\x0d"
                 "brain.Event:2",
                 24);
}

static void integers_take_seven_bits_a_byte(void **state)
{
    (void)state;
    cli_message message = {0};
    cli_message_integer(&message, 1, 0);
    cli_message_integer(&message, 2, 127);
    cli_message_integer(&message, 3, 150);
    cli_message_integer(&message, 16, UINT64_MAX);
    assert_bytes(&message,
                 "\x08\x00\x10\x7f\x18\x96\x01\x80\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
                 19);
}

static void messages_are_fields_of_others(void **state)
{
    (void)state;
    static const double values[] = {1.0, -2.0};
    cli_message outer = {0};
    cli_message inner = {0};
    cli_message_float(&inner, 2, 1.0F);
    cli_message_doubles(&inner, 6, values, 2);
    cli_message_inner(&outer, 1, &inner);
    assert_null(inner.bytes);
    cli_message_inner(&outer, 2, &inner); /* an empty one */
    assert_bytes(&outer,
                 "\x0a\x17\x15\x00\x00\x80\x3f\x32\x10\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\xc0\x12\0",
                 27);
}

static void what_failed_within_has_failed(void **state)
{
    (void)state;
    cli_message outer = {0};
    cli_message inner = {.failed = true};
    cli_message_integer(&inner, 1, 1);
    assert_int_equal(inner.size, 0);
    cli_message_inner(&outer, 1, &inner);
    assert_true(outer.failed);
    cli_message_free(&outer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_castagnoli),
        cmocka_unit_test(a_version_is_encoded_as_tensorflow_does),
        cmocka_unit_test(integers_take_seven_bits_a_byte),
        cmocka_unit_test(messages_are_fields_of_others),
        cmocka_unit_test(what_failed_within_has_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
