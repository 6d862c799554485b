#include "sys/physical_memory.h"

#include <math.h>
#include <unistd.h>

double smi_physical_memory(void)
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (double)pages * (double)size : INFINITY;
}
