#include "sys/physical_memory.h"

#include <math.h>
#include <unistd.h>

#include "base/status.h"

double smi_physical_memory(void)
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (double)pages * (double)size : INFINITY;
}

sm_status smi_check_memory(const double bytes, const char *const what, const double parameters)
{
    const double all = smi_physical_memory();
    if (bytes > all) {
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for %s %.0f parameters: it takes %.3g GB or more, and "
                        "this machine has %.3g GB",
                        what, parameters, bytes / 1e9, all / 1e9);
    }
    return SM_OK;
}
