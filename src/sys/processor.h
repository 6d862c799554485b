/* What this machine's processors can do, and how many this process may use. */
#ifndef SMI_SYS_PROCESSOR_H
#define SMI_SYS_PROCESSOR_H

#include <stdbool.h>
#include <stddef.h>

/* Most threads that anything here starts. */
enum { SMI_MAX_THREADS = 256 };

/* Processors in this process's affinity mask, 1 … SMI_MAX_THREADS. */
size_t smi_processor_count(void);

/* True when processor and operating system both support the set: the operating system must save
 * the wider registers. Always false on other architectures. */
bool smi_processor_has_avx2(void);   /* AVX2 and FMA */
bool smi_processor_has_avx512(void); /* AVX-512 F, BW, DQ and VL, and all of the above */

#endif
