#include "support/cmocka_all.h"

#include "base/memory.h"

static void products_and_sums_that_fit_are_given(void **state)
{
    (void)state;
    size_t result = 0;
    assert_true(smi_multiply_size(6, 7, &result));
    assert_int_equal(result, 42);
    assert_true(smi_multiply_size(0, SIZE_MAX, &result));
    assert_int_equal(result, 0);
    assert_true(smi_add_size(SIZE_MAX - 1, 1, &result));
    assert_int_equal(result, SIZE_MAX);
}

static void overflow_is_refused_and_leaves_the_result_alone(void **state)
{
    (void)state;
    size_t result = 5;
    assert_false(smi_multiply_size(SIZE_MAX / 2 + 1, 2, &result));
    assert_false(smi_add_size(SIZE_MAX, 1, &result));
    assert_int_equal(result, 5);
}

static void arrays_are_aligned_and_zero(void **state)
{
    (void)state;
    for (size_t count = 0; count < 100; count++) {
        uint8_t *const bytes = smi_array(count, 3);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % SMI_ALIGNMENT, 0);
        for (size_t i = 0; i < 3 * count; i++) {
            assert_int_equal(bytes[i], 0);
        }
        smi_free(bytes);
    }
}

static void arrays_beyond_the_address_space_are_refused(void **state)
{
    (void)state;
    assert_null(smi_array(SIZE_MAX / 2, 4));
    assert_null(smi_array(SIZE_MAX, 1));
    assert_null(smi_bytes(SIZE_MAX));
}

static void rounding_up_goes_to_the_next_multiple(void **state)
{
    (void)state;
    assert_int_equal(smi_round_up(0, 16), 0);
    assert_int_equal(smi_round_up(1, 16), 16);
    assert_int_equal(smi_round_up(16, 16), 16);
    assert_int_equal(smi_round_up(17, 16), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_and_sums_that_fit_are_given),
        cmocka_unit_test(overflow_is_refused_and_leaves_the_result_alone),
        cmocka_unit_test(arrays_are_aligned_and_zero),
        cmocka_unit_test(arrays_beyond_the_address_space_are_refused),
        cmocka_unit_test(rounding_up_goes_to_the_next_multiple),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
