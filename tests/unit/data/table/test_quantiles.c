#include <string.h>

#include "support/cmocka_all.h"

#include "data/table/quantiles.h"

enum { MOST = 16 };

/* The boundaries of these values in so many buckets are these. */
static void assert_boundaries(const float *const values, const size_t count, const size_t buckets,
                              const float *const expected, const size_t expected_count)
{
    smi_quantiles quantiles = smi_quantiles_none();
    float boundaries[MOST] = {0};
    assert_true(smi_quantiles_add(&quantiles, values, count));
    assert_int_equal(smi_quantiles_boundaries(&quantiles, buckets, boundaries), expected_count);
    assert_memory_equal(boundaries, expected, expected_count * sizeof *expected);
    smi_quantiles_free(&quantiles);
}

/* numpy.quantile([3, 1, 2, 5, 4, 10], [0.25, 0.5, 0.75]) and so on. */
static void boundaries_are_those_of_numpy(void **state)
{
    (void)state;
    static const float six[] = {3, 1, 2, 5, 4, 10};
    static const float ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    static const float two[] = {1, 2};
    assert_boundaries(six, 6, 4, (const float[]){2.25F, 3.5F, 4.75F}, 3);
    assert_boundaries(ten, 10, 5, (const float[]){2.8F, 4.6F, 6.4F, 8.2F}, 4);
    assert_boundaries(ten, 10, 2, (const float[]){5.5F}, 1);
    assert_boundaries(two, 2, 4, (const float[]){1.25F, 1.5F, 1.75F}, 3);
}

static void boundaries_that_cut_nothing_off_are_left_out(void **state)
{
    (void)state;
    static const float heavy[] = {1, 1, 1, 1, 2, 3};
    static const float constant[] = {7, 7, 7};
    static const float signs[] = {-0.0F, 0.0F, 0.0F, 1.0F};
    assert_boundaries(heavy, 6, 4, (const float[]){1.75F}, 1);
    assert_boundaries(heavy, 6, 2, NULL, 0);
    assert_boundaries(constant, 3, 5, NULL, 0);
    assert_boundaries(signs, 4, 4, (const float[]){0.25F}, 1);
    assert_boundaries(NULL, 0, 4, NULL, 0);
}

static void the_largest_numbers_do_not_overflow(void **state)
{
    (void)state;
    static const float ends[] = {-3e38F, 3e38F};
    assert_boundaries(ends, 2, 2, (const float[]){0.0F}, 1);
}

static void a_bucket_begins_at_its_boundary(void **state)
{
    (void)state;
    static const float boundaries[] = {-1.0F, 0.0F, 2.5F};
    assert_int_equal(smi_bucket(boundaries, 3, -2.0F), 0);
    assert_int_equal(smi_bucket(boundaries, 3, -1.0F), 1);
    assert_int_equal(smi_bucket(boundaries, 3, -0.5F), 1);
    assert_int_equal(smi_bucket(boundaries, 3, -0.0F), 2);
    assert_int_equal(smi_bucket(boundaries, 3, 2.4F), 2);
    assert_int_equal(smi_bucket(boundaries, 3, 2.5F), 3);
    assert_int_equal(smi_bucket(boundaries, 3, 1e30F), 3);
    assert_int_equal(smi_bucket(NULL, 0, 1.0F), 0);
}

/* What is kept depends on the values and their order alone, not on how they come in pieces. */
static void beyond_the_limit_every_second_value_is_kept(void **state)
{
    (void)state;
    float values[100];
    for (size_t i = 0; i < 100; i++) {
        values[i] = (float)i;
    }
    for (size_t piece = 1; piece <= 100; piece += 9) {
        smi_quantiles quantiles = {.limit = 8, .stride = 1};
        smi_quantiles rows = smi_quantiles_none();
        for (size_t i = 0; i < 100; i += piece) {
            const size_t count = piece < 100 - i ? piece : 100 - i;
            assert_true(smi_quantiles_add(&rows, values + i, count));
            assert_true(smi_quantiles_merge(&quantiles, &rows));
            assert_int_equal(rows.seen, 0);
        }
        assert_int_equal(quantiles.seen, 100);
        assert_int_equal(quantiles.stride, 16);
        assert_int_equal(quantiles.count, 7);
        for (size_t i = 0; i < quantiles.count; i++) {
            assert_true(quantiles.values[i] == (float)(16 * i));
        }
        smi_quantiles_free(&rows);
        smi_quantiles_free(&quantiles);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boundaries_are_those_of_numpy),
        cmocka_unit_test(boundaries_that_cut_nothing_off_are_left_out),
        cmocka_unit_test(the_largest_numbers_do_not_overflow),
        cmocka_unit_test(a_bucket_begins_at_its_boundary),
        cmocka_unit_test(beyond_the_limit_every_second_value_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
