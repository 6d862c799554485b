/* Which units dropout leaves out: the right share, unrelated from one stream to the next, and the
 * same however rows are cut and whichever table does it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/dropout.h"
#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { ROWS = 100, UNITS = 1000 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The generator's authors' own example. */
static void threefry_gives_the_published_words(void **state)
{
    (void)state;
    static const struct {
        smi_two_words counter;
        smi_two_words key;
        smi_two_words words;
    } known[] = {
        {{{0, 0}}, {{0, 0}}, {{0x9d1c5ec6, 0x8bd50731}}},
        {{{UINT32_MAX, UINT32_MAX}}, {{UINT32_MAX, UINT32_MAX}}, {{0xfd36d048, 0x2d17272c}}},
        {{{0x243f6a88, 0x85a308d3}}, {{0x13198a2e, 0x03707344}}, {{0xba3e4725, 0xf27d669e}}},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        const smi_two_words got = smi_threefry(known[i].key, known[i].counter);
        assert_int_equal(got.word[0], known[i].words.word[0]);
        assert_int_equal(got.word[1], known[i].words.word[1]);
    }
}

/* 1 where a unit is kept, 0 where it is left out: ROWS × UNITS of a step, by the reference. */
static void fill_mask(const smi_dropout *const dropout, float *const mask)
{
    for (size_t i = 0; i < (size_t)ROWS * UNITS; i++) {
        mask[i] = 1.0F / dropout->scale;
    }
    smi_kernels_reference.dropout(dropout, 0, ROWS, UNITS, mask, NULL);
}

/* Of so many independent choices of probability p, the share is within six standard deviations of
 * p: one in five hundred million is not. */
static double six_deviations(const double p, const size_t choices)
{
    return 6.0 * sqrt(p * (1.0 - p) / (double)choices);
}

static double share_of_zeros(const float *const mask, const size_t first, const size_t count,
                             const size_t apart)
{
    size_t zeros = 0;
    for (size_t i = 0; i < count; i++) {
        zeros += mask[first + i * apart] == 0.0F;
    }
    return (double)zeros / (double)count;
}

static void the_share_left_out_is_the_rate(void **state)
{
    (void)state;
    static const double rates[] = {0.0, 1e-3, 0.1, 0.25, 0.5, 0.8, 0.999};
    float *const mask = calloc((size_t)ROWS * UNITS, sizeof *mask);
    assert_non_null(mask);
    for (size_t i = 0; i < COUNT(rates); i++) {
        const double rate = rates[i];
        const smi_dropout dropout = smi_dropout_at(7, 11, 2, rate);
        assert_true(dropout.scale == (float)(1.0 / (1.0 - rate)));
        fill_mask(&dropout, mask);
        assert_true(fabs(share_of_zeros(mask, 0, (size_t)ROWS * UNITS, 1) - rate) <=
                    six_deviations(rate, (size_t)ROWS * UNITS));
        for (size_t r = 0; r < ROWS; r++) {
            assert_true(fabs(share_of_zeros(mask, r * UNITS, UNITS, 1) - rate) <=
                        six_deviations(rate, UNITS) + 1.0 / UNITS);
        }
    }
    free(mask);
}

/* Of two unrelated masks, both leave out or both keep a share p² + (1 − p)² of the units. */
static void check_unrelated(const float *const a, const float *const b, const size_t count,
                            const double rate)
{
    const double expected = rate * rate + (1.0 - rate) * (1.0 - rate);
    size_t agree = 0;
    for (size_t i = 0; i < count; i++) {
        agree += (a[i] == 0.0F) == (b[i] == 0.0F);
    }
    assert_true(fabs((double)agree / (double)count - expected) <= six_deviations(expected, count));
}

static void other_seeds_steps_layers_and_rows_leave_out_others(void **state)
{
    (void)state;
    static const double rate = 0.4;
    const smi_dropout streams[] = {
        smi_dropout_at(0, 0, 0, rate),          smi_dropout_at(1, 0, 0, rate),
        smi_dropout_at(0, 1, 0, rate),          smi_dropout_at(0, 0, 1, rate),
        smi_dropout_at(0, 2, 0, rate),          smi_dropout_at(0, 0, 2, rate),
        smi_dropout_at(UINT64_MAX, 0, 0, rate), smi_dropout_at(0, (UINT64_C(1) << 48) - 1, 0, rate),
    };
    const size_t size = (size_t)ROWS * UNITS;
    float *const masks = calloc(COUNT(streams) * size, sizeof *masks);
    assert_non_null(masks);
    for (size_t s = 0; s < COUNT(streams); s++) {
        fill_mask(&streams[s], masks + s * size);
        for (size_t other = 0; other < s; other++) {
            check_unrelated(masks + s * size, masks + other * size, size, rate);
        }
        for (size_t shift = 1; shift < 70; shift++) { /* neighbours among units, and then rows */
            check_unrelated(masks + s * size, masks + s * size + shift, size - shift, rate);
            check_unrelated(masks + s * size, masks + s * size + shift * UNITS,
                            size - shift * UNITS, rate);
        }
    }
    free(masks);
}

/* Both arrays, wherever rows are cut, by every table. */
static void check_cuts(const smi_kernels *const kernels, const size_t units,
                       const guarded *const values, const guarded *const derivatives)
{
    enum { FIRST = 5, SOME = 4 };
    const smi_dropout dropout = smi_dropout_at(3, 4, 1, 0.3);
    const size_t bytes = SOME * units * sizeof(float);
    float *const value = guarded_last(values, bytes);
    float *const derivative = guarded_last(derivatives, bytes);
    for (size_t cut = 0; cut <= SOME; cut++) {
        for (size_t i = 0; i < SOME * units; i++) {
            value[i] = (float)i + 1.0F;
            derivative[i] = -1.0F;
        }
        kernels->dropout(&dropout, FIRST, cut, units, value, derivative);
        kernels->dropout(&dropout, FIRST + cut, SOME - cut, units, value + cut * units,
                         derivative + cut * units);
        for (size_t i = 0; i < SOME * units; i++) {
            const float factor = smi_dropout_factor(&dropout, FIRST + i / units, i % units);
            assert_true(value[i] == ((float)i + 1.0F) * factor);
            assert_true(derivative[i] == -factor);
        }
        assert_true(guarded_intact(values, bytes) && guarded_intact(derivatives, bytes));
    }
    kernels->dropout(&dropout, FIRST, SOME, units, derivative, NULL);
    for (size_t i = 0; i < SOME * units; i++) {
        const float factor = smi_dropout_factor(&dropout, FIRST + i / units, i % units);
        assert_true(derivative[i] == -factor * factor);
    }
}

static void every_table_leaves_out_the_same_however_rows_are_cut(void **state)
{
    (void)state;
    static const size_t larger[] = {95, 96, 97, 128, 513};
    guarded values = guarded_make(4 * 513 * sizeof(float));
    guarded derivatives = guarded_make(4 * 513 * sizeof(float));
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t units = 1; units <= 67; units++) {
            check_cuts(kernels, units, &values, &derivatives);
        }
        for (size_t l = 0; l < COUNT(larger); l++) {
            check_cuts(kernels, larger[l], &values, &derivatives);
        }
    }
    guarded_free(&values);
    guarded_free(&derivatives);
}

static void a_rate_just_below_one_leaves_out_nearly_all(void **state)
{
    (void)state;
    const smi_dropout dropout = smi_dropout_at(0, 0, 0, 1.0 - 0x1p-53);
    assert_int_equal(dropout.threshold, UINT32_MAX);
    assert_true(dropout.scale == 0x1p53F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threefry_gives_the_published_words),
        cmocka_unit_test(the_share_left_out_is_the_rate),
        cmocka_unit_test(other_seeds_steps_layers_and_rows_leave_out_others),
        cmocka_unit_test(every_table_leaves_out_the_same_however_rows_are_cut),
        cmocka_unit_test(a_rate_just_below_one_leaves_out_nearly_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
