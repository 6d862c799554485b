/* Arrays that grow in blocks, and come out in one piece. */
#include "data/growing.h"

#include <stdint.h>

#include "base/memory.h"
#include "support/cmocka_all.h"

enum { AT_ONCE = 1000 };

static void append_range(smi_growing *const growing, const uint32_t count)
{
    uint32_t numbers[AT_ONCE];
    for (uint32_t first = 0; first < count; first += AT_ONCE) {
        uint32_t some = 0;
        for (; some < AT_ONCE && first + some < count; some++) {
            numbers[some] = first + some;
        }
        assert_true(smi_growing_append(growing, numbers, some));
    }
    assert_int_equal(growing->count, count);
}

static void join_range(smi_growing *const growing, const uint32_t count)
{
    uint32_t *const joined = smi_growing_join(growing);
    assert_non_null(joined);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(joined[i], i);
    }
    assert_int_equal(growing->count, 0);
    smi_free(joined);
}

static void elements_keep_their_order(void **state)
{
    (void)state;
    static const uint32_t counts[] = {0, 1, 16384, 16385, 1000000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        smi_growing growing = {.element_size = sizeof(uint32_t)};
        append_range(&growing, counts[i]);
        join_range(&growing, counts[i]);
        append_range(&growing, 7); /* it begins anew */
        join_range(&growing, 7);
        smi_growing_free(&growing);
    }
}

static void what_was_expected_is_not_copied(void **state)
{
    (void)state;
    smi_growing growing = {.element_size = sizeof(uint32_t)};
    assert_true(smi_growing_expect(&growing, 120000));
    append_range(&growing, 50000);
    smi_growing_prepare(&growing, 30000); /* which no one can see */
    smi_growing_prepare(&growing, SIZE_MAX);
    for (uint32_t i = 50000; i < 100000; i++) {
        assert_true(smi_growing_append(&growing, &i, 1));
    }
    size_t count = 0;
    const void *const first = smi_growing_first(&growing, &count);
    assert_int_equal(count, 100000);
    uint32_t *const joined = smi_growing_join(&growing);
    assert_ptr_equal(joined, first);
    smi_free(joined);
}

static void more_than_expected_is_no_less_welcome(void **state)
{
    (void)state;
    smi_growing growing = {.element_size = sizeof(uint32_t)};
    assert_true(smi_growing_expect(&growing, 20000));
    append_range(&growing, 100000);
    join_range(&growing, 100000);
}

static void expecting_too_much_changes_nothing(void **state)
{
    (void)state;
    smi_growing growing = {.element_size = sizeof(uint32_t)};
    assert_false(smi_growing_expect(&growing, SIZE_MAX / 2));
    assert_false(smi_growing_expect(&growing, SIZE_MAX / sizeof(uint32_t)));
    append_range(&growing, 10);
    join_range(&growing, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_keep_their_order),
        cmocka_unit_test(what_was_expected_is_not_copied),
        cmocka_unit_test(more_than_expected_is_no_less_welcome),
        cmocka_unit_test(expecting_too_much_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
