#include "support/cmocka_all.h"

#include "base/cursor.h"

static const uint8_t content[] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xff, 0x80};

static void values_come_in_order_and_with_their_byte_order(void **state)
{
    (void)state;
    smi_cursor cursor = smi_cursor_over(content, sizeof content);
    uint32_t word = 0;
    uint8_t byte = 0;
    assert_true(smi_cursor_take_u32_big_endian(&cursor, &word));
    assert_int_equal(word, 0x01234567);
    assert_true(smi_cursor_take_u8(&cursor, &byte));
    assert_int_equal(byte, 0x89);
    assert_int_equal(smi_cursor_remaining(&cursor), 5);

    uint64_t number = 0;
    cursor = smi_cursor_over(content, sizeof content);
    assert_true(smi_cursor_take_u64_little_endian(&cursor, &number));
    assert_true(number == UINT64_C(0xefcdab8967452301));
    assert_int_equal(smi_cursor_remaining(&cursor), 2);
}

static void high_bits_are_not_signs(void **state)
{
    (void)state;
    const uint8_t all_ones[12] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    smi_cursor cursor = smi_cursor_over(all_ones, sizeof all_ones);
    uint32_t word = 0;
    uint64_t number = 0;
    assert_true(smi_cursor_take_u32_big_endian(&cursor, &word));
    assert_true(smi_cursor_take_u64_little_endian(&cursor, &number));
    assert_true(word == UINT32_MAX);
    assert_true(number == UINT64_MAX);
}

static void bytes_are_pointed_at_where_they_are(void **state)
{
    (void)state;
    smi_cursor cursor = smi_cursor_over(content, sizeof content);
    const uint8_t *bytes = NULL;
    assert_true(smi_cursor_take_bytes(&cursor, 3, &bytes));
    assert_ptr_equal(bytes, content);
    assert_true(smi_cursor_take_bytes(&cursor, 7, &bytes));
    assert_ptr_equal(bytes, content + 3);
    assert_int_equal(smi_cursor_remaining(&cursor), 0);
    assert_true(smi_cursor_take_bytes(&cursor, 0, &bytes));
}

static void a_cursor_moves_only_when_all_is_there(void **state)
{
    (void)state;
    for (size_t left = 0; left < 8; left++) {
        const uint8_t *const first = content + sizeof content - left;
        smi_cursor cursor = smi_cursor_over(first, left);
        const uint8_t *bytes = content;
        uint8_t byte = 5;
        uint32_t word = 6;
        uint64_t number = 7;
        assert_false(smi_cursor_take_u64_little_endian(&cursor, &number));
        assert_false(smi_cursor_take_bytes(&cursor, left + 1, &bytes));
        assert_false(smi_cursor_take_bytes(&cursor, SIZE_MAX, &bytes));
        if (left < 4) {
            assert_false(smi_cursor_take_u32_big_endian(&cursor, &word));
        }
        if (left < 1) {
            assert_false(smi_cursor_take_u8(&cursor, &byte));
        }
        assert_ptr_equal(cursor.at, first);
        assert_int_equal(smi_cursor_remaining(&cursor), left);
        assert_ptr_equal(bytes, content); /* and so do the results */
        assert_int_equal(byte, 5);
        assert_int_equal(word, 6);
        assert_int_equal(number, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_in_order_and_with_their_byte_order),
        cmocka_unit_test(high_bits_are_not_signs),
        cmocka_unit_test(bytes_are_pointed_at_where_they_are),
        cmocka_unit_test(a_cursor_moves_only_when_all_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
