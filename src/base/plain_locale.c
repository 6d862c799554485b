#define _GNU_SOURCE /* strtod_l, strtof_l */

#include "base/plain_locale.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

double smi_plain_strtod(const char *const text, char **const end)
{
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    *end = (char *)text;
    if (plain == (locale_t)0) {
        return NAN;
    }
    const double value = strtod_l(text, end, plain);
    freelocale(plain);
    return value;
}

float smi_plain_strtof(const char *const text, char **const end)
{
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    *end = (char *)text;
    if (plain == (locale_t)0) {
        return NAN;
    }
    const float value = strtof_l(text, end, plain);
    freelocale(plain);
    return value;
}
