/* Large arrays: zeros, aligned, refused where no machine has the memory. */
#include "sys/large_pages.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "support/cmocka_all.h"

static void arrays_of_any_size_are_zeros(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 1000, 262143, 262144, 524288, 1048576, 1048577, 1600000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint32_t *const array = smi_large_array(counts[i], sizeof *array);
        assert_non_null(array);
        assert_int_equal((uintptr_t)array % SMI_ALIGNMENT, 0);
        for (size_t k = 0; k < counts[i]; k++) {
            assert_int_equal(array[k], 0);
            array[k] = UINT32_MAX;
        }
        smi_free(array);
    }
}

/* The second half is given back; the first one is as it was. */
static void what_is_given_back_may_be_written_again(void **state)
{
    (void)state;
    enum { SIZE = 16 << 20, KEPT = SIZE / 2 };
    unsigned char *const bytes = smi_large_bytes(SIZE);
    assert_non_null(bytes);
    memset(bytes, 7, SIZE);
    smi_give_back(bytes + KEPT, SIZE - KEPT);
    smi_give_back(bytes, 100); /* too little to matter */
    for (size_t i = 0; i < KEPT; i++) {
        assert_int_equal(bytes[i], 7);
    }
    memset(bytes + KEPT, 8, SIZE - KEPT);
    assert_int_equal(bytes[SIZE - 1], 8);
    smi_free(bytes);
}

static void sizes_beyond_the_address_space_are_refused(void **state)
{
    (void)state;
    assert_null(smi_large_array(SIZE_MAX, 1));
    assert_null(smi_large_array(SIZE_MAX - 4096, 1));
    assert_null(smi_large_array(SIZE_MAX / 2, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_of_any_size_are_zeros),
        cmocka_unit_test(what_is_given_back_may_be_written_again),
        cmocka_unit_test(sizes_beyond_the_address_space_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
