/* Against the C library's long double functions, which are good for more than a double holds. */
#include <float.h>
#include <math.h>

#include "support/cmocka_all.h"

#include "base/portable_math.h"
#include "base/random.h"

static const long double turn = 6.283185307179586476925286766559005768L;

/* The error in units of the last place of what was wanted. */
static double error_in_ulps(const double got, const long double wanted)
{
    int exponent = 0;
    (void)frexpl(wanted, &exponent);
    return wanted == 0.0L
               ? fabs(got) / DBL_TRUE_MIN
               : (double)(fabsl((long double)got - wanted) / ldexpl(1.0L, exponent - DBL_MANT_DIG));
}

/* Sine or cosine of an angle in turns; what the angle has beyond quarter turns is exact. */
static long double wanted_sin(const double turns)
{
    const double quarters = round(4.0 * turns);
    const long double rest = turn * ((long double)turns - (long double)quarters / 4.0L);
    switch ((int)(quarters - 4.0 * floor(quarters / 4.0))) {
    case 0:
        return sinl(rest);
    case 1:
        return cosl(rest);
    case 2:
        return -sinl(rest);
    default:
        return -cosl(rest);
    }
}

static void logarithms_are_right_in_all_magnitudes(void **state)
{
    (void)state;
    smi_random random = smi_random_start(1, 0);
    for (int exponent = -1022; exponent <= 1023; exponent++) {
        for (int i = 0; i < 20; i++) {
            const double x = ldexp(smi_random_between(&random, 1.0, 2.0), exponent);
            assert_true(error_in_ulps(smi_portable_log(x), logl((long double)x)) < 4.0);
        }
    }
    assert_true(error_in_ulps(smi_portable_log(DBL_MIN), logl((long double)DBL_MIN)) < 4.0);
    assert_true(error_in_ulps(smi_portable_log(DBL_MAX), logl((long double)DBL_MAX)) < 4.0);
}

static void logarithms_are_right_near_one(void **state)
{
    (void)state;
    assert_true(smi_portable_log(1.0) == 0.0);
    for (double distance = 0.25; distance > DBL_EPSILON; distance *= 0.9) {
        const double above = 1.0 + distance;
        const double below = 1.0 - distance;
        assert_true(error_in_ulps(smi_portable_log(above), logl((long double)above)) < 4.0);
        assert_true(error_in_ulps(smi_portable_log(below), logl((long double)below)) < 4.0);
    }
}

static void sines_are_right_at_every_angle(void **state)
{
    (void)state;
    smi_random random = smi_random_start(2, 0);
    for (int i = 0; i < 50000; i++) {
        const double turns = smi_random_between(&random, -4.0, 4.0);
        assert_true(error_in_ulps(smi_portable_sin(turns), wanted_sin(turns)) < 4.0);
    }
    for (double turns = 0.125; turns > 1e-300; turns *= 0.7) { /* near its zero */
        assert_true(error_in_ulps(smi_portable_sin(turns), wanted_sin(turns)) < 4.0);
        assert_true(error_in_ulps(smi_portable_sin(-turns), wanted_sin(-turns)) < 4.0);
    }
}

static void cosines_are_right_at_every_angle(void **state)
{
    (void)state;
    smi_random random = smi_random_start(3, 0);
    for (int i = 0; i < 50000; i++) {
        const double turns = smi_random_between(&random, -4.0, 4.0);
        const double error = fabs(smi_portable_cos(turns) - (double)wanted_sin(turns + 0.25));
        assert_true(error < 4.0 * DBL_EPSILON);
    }
}

static void quarter_turns_are_exact(void **state)
{
    (void)state;
    static const double sines[] = {0.0, 1.0, 0.0, -1.0};
    for (int quarter = -40; quarter <= 40; quarter++) {
        const double turns = 0.25 * quarter;
        assert_true(smi_portable_sin(turns) == sines[(quarter + 40) % 4]);
        assert_true(smi_portable_cos(turns) == sines[(quarter + 41) % 4]);
    }
}

static void large_angles_lose_nothing(void **state)
{
    (void)state;
    for (double whole = 1.0; whole < 0x1p31; whole *= 2.0) {
        for (double part = 0x1p-16; part < 1.0; part += 0.0625) {
            const double turns = whole - part; /* exact */
            assert_true(smi_portable_sin(turns) == smi_portable_sin(1.0 - part));
            assert_true(smi_portable_sin(-turns) == -smi_portable_sin(turns));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_are_right_in_all_magnitudes),
        cmocka_unit_test(logarithms_are_right_near_one),
        cmocka_unit_test(sines_are_right_at_every_angle),
        cmocka_unit_test(cosines_are_right_at_every_angle),
        cmocka_unit_test(quarter_turns_are_exact),
        cmocka_unit_test(large_angles_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
