#include "base/number.h"

#include <math.h>
#include <string.h>

#include "base/plain_locale.h"

bool smi_parse_u64(const char *const text, uint64_t *const value)
{
    uint64_t sum = 0;
    if (text[0] == '\0') {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        const uint64_t digit = (uint64_t)(*at - '0');
        if (sum > (UINT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

bool smi_parse_double(const char *const text, double *const value)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789.eE+-")] != '\0') {
        return false;
    }
    char *end = NULL;
    const double parsed = smi_plain_strtod(text, &end);
    if (*end != '\0' || !isfinite(parsed)) {
        return false;
    }
    *value = parsed;
    return true;
}
