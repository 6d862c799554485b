#include "sys/environment.h"

#include <stdlib.h>

const char *smi_environment(const char *const name)
{
    return getenv(name);
}
