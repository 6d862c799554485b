#include "base/portable_math.h"

#include <stdint.h>
#include <string.h>

static const double pi = 0x1.921fb54442d18p+1;

double smi_portable_log(const double x)
{
    /* x = m · 2^e with m in [√½, √2); log m = 2 artanh((m − 1) / (m + 1)), whose series in
     * s² ≤ 0.0295 is below 2^-53 after 10 terms. */
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int64_t exponent = (int64_t)(bits >> 52) - 1022;
    bits = (bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3fe0000000000000);
    double mantissa;
    memcpy(&mantissa, &bits, sizeof mantissa);
    if (mantissa < 0x1.6a09e667f3bcdp-1) {
        mantissa *= 2.0;
        exponent--;
    }
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double square = s * s;
    double series = 0.0;
    for (int term = 10; term >= 0; term--) {
        series = series * square + 1.0 / (2.0 * term + 1.0);
    }
    return 2.0 * s * series + (double)exponent * 0x1.62e42fefa39efp-1;
}

/* Taylor series for |angle| ≤ π/4: the first term left out is below 2^-53. */
static double sine_near_zero(const double angle)
{
    const double square = angle * angle;
    double series = 1.0;
    for (int i = 17; i > 1; i -= 2) {
        series = 1.0 - square / (double)(i * (i - 1)) * series;
    }
    return angle * series;
}

static double cosine_near_zero(const double angle)
{
    const double square = angle * angle;
    double series = 1.0;
    for (int i = 18; i > 0; i -= 2) {
        series = 1.0 - square / (double)(i * (i - 1)) * series;
    }
    return series;
}

double smi_portable_sin(const double turns)
{
    /* quarter: the nearest whole number of quarter turns; what is left lies within ⅛ turn. */
    const double quarters = 4.0 * turns;
    const int64_t quarter = (int64_t)(quarters + (quarters < 0.0 ? -0.5 : 0.5));
    const double angle = (quarters - (double)quarter) * (pi / 2.0);
    switch ((uint64_t)quarter & 3) {
    case 0:
        return sine_near_zero(angle);
    case 1:
        return cosine_near_zero(angle);
    case 2:
        return -sine_near_zero(angle);
    default:
        return -cosine_near_zero(angle);
    }
}

double smi_portable_cos(const double turns)
{
    return smi_portable_sin(turns + 0.25);
}
