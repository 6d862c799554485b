#include "sys/os_error.h"

#include <string.h>

#include "base/status.h"

void smi_set_os_message(const char *const verb, const char *const path, const int error_number)
{
    char text[128];
    if (strerror_r(error_number, text, sizeof text) == 0) {
        smi_set_message("cannot %s '%s': %s", verb, path, text);
    } else {
        smi_set_message("cannot %s '%s': error %d", verb, path, error_number);
    }
}
