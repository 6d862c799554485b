/* The expected numbers were computed with an implementation of its own, in Python. */
#include <math.h>

#include "support/cmocka_all.h"

#include "base/random.h"

static void the_generator_is_xoshiro256_star_star(void **state)
{
    (void)state;
    static const uint64_t expected[] = {11520,
                                        0,
                                        1509978240,
                                        UINT64_C(1215971899390074240),
                                        UINT64_C(1216172134540287360),
                                        UINT64_C(607988272756665600)};
    smi_random random = {.state = {1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(smi_random_u64(&random) == expected[i]);
    }
}

static void seed_and_stream_pin_the_sequence_everywhere(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed, stream, expected[4];
    } cases[] = {
        {0,
         0,
         {UINT64_C(0xfb5405f7bd79c540), UINT64_C(0x780c98e26cea5883), UINT64_C(0x2a146e0980febc66),
          UINT64_C(0x4851477db8791fca)}},
        {0,
         SMI_STREAM_PARAMETERS,
         {UINT64_C(0xee127fe613436e33), UINT64_C(0xd6dad8d34a1874ea), UINT64_C(0x2a52c16cec1116a9),
          UINT64_C(0x9af9091d9f77d551)}},
        {1,
         0,
         {UINT64_C(0xef75d62a19ba94ed), UINT64_C(0x8e9490536375f270), UINT64_C(0xc05630b1c614195d),
          UINT64_C(0x66daa2d5136a8f29)}},
        {UINT64_MAX,
         UINT64_MAX,
         {UINT64_C(0x5a24625849aef5fa), UINT64_C(0x0177bf4162305fac), UINT64_C(0x97359f05bc75e24d),
          UINT64_C(0x390cadc886fddf32)}},
        {30,
         SMI_STREAM_TRAIN_ROWS + 7,
         {UINT64_C(0xbd322f8ffe41808f), UINT64_C(0xa3130ea6769b6c51), UINT64_C(0x19f6a30296af8ff6),
          UINT64_C(0xbf6773c6b9856926)}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        smi_random random = smi_random_start(cases[c].seed, cases[c].stream);
        for (size_t i = 0; i < 4; i++) {
            assert_true(smi_random_u64(&random) == cases[c].expected[i]);
        }
    }
}

static void each_kind_of_number_is_pinned_too(void **state)
{
    (void)state;
    smi_random random = smi_random_start(42, 7);
    assert_true(smi_random_double(&random) == 0x1.25fd9cd758044p-3);
    assert_true(smi_random_double(&random) == 0x1.b0b0913cff804p-1);
    random = smi_random_start(42, 7);
    assert_true(smi_random_float(&random) == 0x1.25fd98p-3F);
    assert_true(smi_random_float(&random) == 0x1.b0b090p-1F);
    random = smi_random_start(42, 7);
    assert_true(smi_random_normal(&random) == -0x1.03482f1c757cap-3);
    assert_true(smi_random_normal(&random) == -0x1.23115165ab3c9p+0);
    assert_true(smi_random_normal(&random) == 0x1.e16edd743af8dp-1);

    static const uint64_t below_ten[] = {1, 4, 1, 9, 7, 8, 4, 4, 5, 9, 9, 8};
    random = smi_random_start(42, 7);
    for (size_t i = 0; i < sizeof below_ten / sizeof *below_ten; i++) {
        assert_int_equal(smi_random_below(&random, 10), below_ten[i]);
    }

    static const size_t shuffled[] = {0, 6, 4, 2, 7, 5, 8, 3, 9, 1};
    size_t indices[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    random = smi_random_start(42, 7);
    smi_random_shuffle(&random, indices, 10);
    assert_memory_equal(indices, shuffled, sizeof shuffled);
}

/* The correlation of two sequences of uniform numbers; over n independent pairs it is normal with
 * standard deviation 1/√n. */
static double correlation(smi_random a, smi_random b, const size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += (smi_random_double(&a) - 0.5) * (smi_random_double(&b) - 0.5);
    }
    return 12.0 * sum / (double)n;
}

static void neighbouring_seeds_and_streams_are_independent(void **state)
{
    (void)state;
    const size_t n = 10000;
    for (uint64_t i = 0; i < 20; i++) {
        const smi_random base = smi_random_start(i, i);
        assert_true(fabs(correlation(base, smi_random_start(i, i + 1), n)) < 0.045);
        assert_true(fabs(correlation(base, smi_random_start(i + 1, i), n)) < 0.045);
        assert_true(fabs(correlation(base, smi_random_start(i + 1, i + 1), n)) < 0.045);
        /* Seed and stream must not be interchangeable. */
        assert_true(fabs(correlation(smi_random_start(i, 100 + i), smi_random_start(100 + i, i),
                                     n)) < 0.045);
    }
    assert_true(correlation(smi_random_start(1, 2), smi_random_start(1, 2), n) > 0.9);
}

static void streams_for_different_uses_do_not_overlap(void **state)
{
    (void)state;
    const uint64_t most = (uint64_t)1 << 48; /* what a use may add to its own */
    assert_true(SMI_STREAM_CENTRES < SMI_STREAM_EPOCHS);
    assert_true(SMI_STREAM_EPOCHS + most <= SMI_STREAM_TRAIN_ROWS);
    assert_true(SMI_STREAM_TRAIN_ROWS + most <= SMI_STREAM_TEST_ROWS);
    assert_true(SMI_STREAM_TEST_ROWS <= UINT64_MAX - most);
}

static void uniform_numbers_fill_their_range_evenly(void **state)
{
    (void)state;
    enum { BINS = 64, DRAWS = 64000 };
    size_t doubles[BINS] = {0};
    size_t floats[BINS] = {0};
    smi_random random = smi_random_start(3, 3);
    for (size_t i = 0; i < DRAWS; i++) {
        const double d = smi_random_double(&random);
        const float f = smi_random_float(&random);
        assert_true(d >= 0.0 && d < 1.0);
        assert_true(f >= 0.0F && f < 1.0F);
        doubles[(size_t)(d * BINS)]++;
        floats[(size_t)(f * BINS)]++;
    }
    double chi_doubles = 0.0;
    double chi_floats = 0.0;
    const double expected = (double)DRAWS / BINS;
    for (size_t b = 0; b < BINS; b++) {
        chi_doubles += pow((double)doubles[b] - expected, 2.0) / expected;
        chi_floats += pow((double)floats[b] - expected, 2.0) / expected;
    }
    assert_true(chi_doubles < 103.4); /* 63 degrees of freedom: one in a thousand is above */
    assert_true(chi_floats < 103.4);
}

static void between_stays_between(void **state)
{
    (void)state;
    smi_random random = smi_random_start(5, 5);
    double sum = 0.0;
    for (size_t i = 0; i < 10000; i++) {
        const double value = smi_random_between(&random, -2.0, 6.0);
        assert_true(value >= -2.0 && value < 6.0);
        sum += value;
    }
    assert_true(fabs(sum / 10000 - 2.0) < 0.1); /* its standard deviation is 0.023 */
}

static void below_reaches_every_value_equally_often(void **state)
{
    (void)state;
    /* 0.999 quantiles of chi-square for bound − 1 degrees of freedom. */
    static const struct {
        uint64_t bound;
        double limit;
    } cases[] = {{2, 10.83}, {3, 13.82}, {7, 22.46}, {10, 27.88}, {100, 148.3}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        size_t counts[100] = {0};
        const uint64_t bound = cases[c].bound;
        smi_random random = smi_random_start(9, bound);
        const size_t draws = 1000 * (size_t)bound;
        for (size_t i = 0; i < draws; i++) {
            const uint64_t value = smi_random_below(&random, bound);
            assert_true(value < bound);
            counts[value]++;
        }
        double chi = 0.0;
        for (uint64_t v = 0; v < bound; v++) {
            chi += pow((double)counts[v] - 1000.0, 2.0) / 1000.0;
        }
        assert_true(chi < cases[c].limit);
    }
}

static void below_is_unbiased_for_the_awkward_bounds(void **state)
{
    (void)state;
    smi_random random = smi_random_start(11, 0);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(smi_random_below(&random, 1), 0);
    }
    /* Of 3 · 2^62 values, plain `% bound` would take those below 2^62 twice as often: half of
     * all draws instead of a third. */
    const uint64_t bound = (uint64_t)3 << 62;
    size_t low = 0;
    for (size_t i = 0; i < 30000; i++) {
        const uint64_t value = smi_random_below(&random, bound);
        assert_true(value < bound);
        low += value < (uint64_t)1 << 62;
    }
    assert_in_range(low, 9700, 10300); /* its standard deviation is 82 */
}

static void normal_numbers_have_the_moments_of_a_normal(void **state)
{
    (void)state;
    const size_t n = 200000;
    double sum[5] = {0.0};
    size_t beyond_two = 0;
    smi_random random = smi_random_start(13, 0);
    for (size_t i = 0; i < n; i++) {
        const double value = smi_random_normal(&random);
        double power = 1.0;
        for (size_t k = 1; k < 5; k++) {
            power *= value;
            sum[k] += power;
        }
        beyond_two += fabs(value) > 2.0;
    }
    const double count = (double)n;
    assert_true(fabs(sum[1] / count) < 4.0 * sqrt(1.0 / count));
    assert_true(fabs(sum[2] / count - 1.0) < 4.0 * sqrt(2.0 / count));
    assert_true(fabs(sum[3] / count) < 4.0 * sqrt(15.0 / count));
    assert_true(fabs(sum[4] / count - 3.0) < 4.0 * sqrt(96.0 / count));
    assert_true(fabs((double)beyond_two / count - 0.0455) < 0.002);
}

static void shuffling_gives_a_permutation(void **state)
{
    (void)state;
    for (size_t count = 0; count < 50; count++) {
        size_t indices[50];
        bool seen[50] = {false};
        smi_random random = smi_random_start(17, count);
        for (size_t i = 0; i < count; i++) {
            indices[i] = i;
        }
        smi_random_shuffle(&random, indices, count);
        for (size_t i = 0; i < count; i++) {
            assert_true(indices[i] < count);
            assert_false(seen[indices[i]]);
            seen[indices[i]] = true;
        }
    }
}

static void all_permutations_are_equally_likely(void **state)
{
    (void)state;
    size_t counts[3][3][3] = {0};
    smi_random random = smi_random_start(19, 0);
    for (size_t i = 0; i < 6000; i++) {
        size_t indices[3] = {0, 1, 2};
        smi_random_shuffle(&random, indices, 3);
        counts[indices[0]][indices[1]][indices[2]]++;
    }
    double chi = 0.0;
    for (size_t a = 0; a < 3; a++) {
        for (size_t b = 0; b < 3; b++) {
            if (a != b) {
                chi += pow((double)counts[a][b][3 - a - b] - 1000.0, 2.0) / 1000.0;
            }
        }
    }
    assert_true(chi < 20.52); /* 5 degrees of freedom */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_xoshiro256_star_star),
        cmocka_unit_test(seed_and_stream_pin_the_sequence_everywhere),
        cmocka_unit_test(each_kind_of_number_is_pinned_too),
        cmocka_unit_test(neighbouring_seeds_and_streams_are_independent),
        cmocka_unit_test(streams_for_different_uses_do_not_overlap),
        cmocka_unit_test(uniform_numbers_fill_their_range_evenly),
        cmocka_unit_test(between_stays_between),
        cmocka_unit_test(below_reaches_every_value_equally_often),
        cmocka_unit_test(below_is_unbiased_for_the_awkward_bounds),
        cmocka_unit_test(normal_numbers_have_the_moments_of_a_normal),
        cmocka_unit_test(shuffling_gives_a_permutation),
        cmocka_unit_test(all_permutations_are_equally_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
