/* Tails of distributions, beside scipy.stats.chi2.sf(x, degrees) and 2 * scipy.stats.norm.sf(z). */
#include <math.h>

#include "eval/distribution.h"
#include "support/cmocka_all.h"

static bool near(const double value, const double expected, const double relative)
{
    return fabs(value - expected) <= relative * fabs(expected);
}

static void tails_are_as_in_scipy(void **state)
{
    (void)state;
    static const struct {
        double x;
        size_t degrees;
        double above;
    } chi_square[] = {
        {0.5, 1, 0.47950012218695337},
        {3.841458820694124, 1, 0.049999999999999892},
        {100, 1, 1.5239706048320995e-23},
        {739.11, 6, 2.1927103310918623e-156},
        {10, 10, 0.44049328506521257},
        {1600, 1000, 1.7420398244388335e-30},
        {1000, 1000, 0.49405285382923964},
        {2, 1999, 1.0},
        {2100, 1999, 0.056857482043121001},
        {0.001, 2, 0.99950012497916929},
        {50, 7, 1.4444852779215397e-08},
        {0, 3, 1.0},
        {1e6, 5, 0.0},
    };
    static const double normal[][2] = {
        {0, 1},
        {0.5, 0.61707507745197376},
        {1.959963984540054, 0.050000000000000003},
        {5, 5.7330314375838655e-07},
        {10, 1.5239706048320939e-23},
        {37, 1.1451142445047853e-299},
    };
    for (size_t i = 0; i < sizeof chi_square / sizeof *chi_square; i++) {
        assert_true(near(smi_chi_square_above(chi_square[i].x, chi_square[i].degrees),
                         chi_square[i].above, 1e-11));
    }
    for (size_t i = 0; i < sizeof normal / sizeof *normal; i++) {
        assert_true(near(smi_normal_outside(normal[i][0]), normal[i][1], 1e-13));
        assert_true(near(smi_normal_outside(-normal[i][0]), normal[i][1], 1e-13));
        assert_true(near(smi_normal_bound(normal[i][1]), normal[i][0], 1e-12) ||
                    normal[i][0] == 0.0);
    }
    assert_true(smi_normal_bound(1.0) < 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_are_as_in_scipy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
