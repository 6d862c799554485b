#include "sys/os_error.h"

#include <string.h>

#include "base/status.h"

sm_status smi_fail_os(const char *const verb, const char *const path, const int error_number)
{
    char text[128];
    if (strerror_r(error_number, text, sizeof text) != 0) {
        return smi_fail(SM_ERROR_IO, "cannot %s '%s': error %d", verb, path, error_number);
    }
    return smi_fail(SM_ERROR_IO, "cannot %s '%s': %s", verb, path, text);
}
