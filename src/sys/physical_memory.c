#include "sys/physical_memory.h"

#include <math.h>
#include <unistd.h>

#include "base/status.h"
#include "sys/memory_limit.h"

/* Infinite where the operating system does not say. */
static double memory_of_machine(void)
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (double)pages * (double)size : INFINITY;
}

double smi_physical_memory(void)
{
    return fmin(memory_of_machine(), smi_memory_limit(""));
}

sm_status smi_check_memory(const double bytes, const char *const what, const double parameters)
{
    const double all = memory_of_machine();
    const double limit = smi_memory_limit("");
    if (bytes > fmin(all, limit)) {
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for %s %.0f parameters: it takes %.3g GB or more, and "
                        "this %s %.3g GB",
                        what, parameters, bytes / 1e9,
                        limit < all ? "process may have" : "machine has", fmin(all, limit) / 1e9);
    }
    return SM_OK;
}
