#include "base/status.h"
#include "sys/memory_limit.h"
#include "sys/physical_memory.h"

sm_status smi_check_memory(const double bytes, const char *const what, const double parameters)
{
    const double all = smi_physical_memory();
    if (bytes > all) {
        return smi_fail(SM_ERROR_MEMORY,
                        "not enough memory for %s %.0f parameters: it takes %.3g GB or more, and "
                        "this %s %.3g GB",
                        what, parameters, bytes / 1e9,
                        smi_memory_limit("") <= all ? "process may have" : "machine has",
                        all / 1e9);
    }
    return SM_OK;
}
