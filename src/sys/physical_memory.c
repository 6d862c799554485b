#include "sys/physical_memory.h"

#include <math.h>
#include <unistd.h>

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
