/* Where there is no operating system, there is no other locale than the plain one. */
#include <stdlib.h>

#include "base/plain_locale.h"

double smi_plain_strtod(const char *const text, char **const end)
{
    return strtod(text, end);
}

float smi_plain_strtof(const char *const text, char **const end)
{
    return strtof(text, end);
}
