#include "eval/distribution.h"

#include <math.h>
#include <stdbool.h>

static const double SQRT_HALF = 0.70710678118654752440;
static const double HALF_LOG_PI = 0.57236494292470008707;

double smi_normal_outside(const double z)
{
    return erfc(fabs(z) * SQRT_HALF);
}

double smi_normal_bound(const double outside)
{
    /* Halving an interval that holds every answer is exact, and fast enough for one. */
    double low = 0.0;
    double high = 40.0; /* from 38.6 on, the probability is no longer a double */
    for (int i = 0; i < 64; i++) {
        const double middle = 0.5 * (low + high);
        if (smi_normal_outside(middle) > outside) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return 0.5 * (low + high);
}

/* The regularised incomplete gamma function Q(degrees/2, x/2), which for whole degrees is a finite
 * sum of positive terms: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.4.4 for
 * odd and 26.4.5 for even degrees. With h = x/2 the terms are e^−h · h^a / Γ(a + 1), a = 0, 1, …
 * below degrees/2 where they are even, a = 1/2, 3/2, … and erfc(√h) where they are odd. Each is
 * taken from its logarithm, as e^−h may be 0 where a later term is not. */
double smi_chi_square_above(const double x, const size_t degrees)
{
    const double half = 0.5 * x;
    if (!(half > 0.0)) {
        return 1.0;
    }
    const bool odd = degrees % 2 == 1;
    const double log_half = log(half);
    double sum = odd ? erfc(sqrt(half)) : 0.0;
    double power = odd ? 0.5 : 0.0;
    /* Γ(3/2) = √π / 2 */
    double log_term = odd ? 0.5 * log_half - half - (HALF_LOG_PI - log(2.0)) : -half;
    for (size_t i = 0; i < degrees / 2; i++) {
        sum += exp(log_term);
        power += 1.0;
        log_term += log_half - log(power);
    }
    return fmin(sum, 1.0);
}
