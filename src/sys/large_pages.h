/* Arrays in pages as large as the operating system gives. Where a large array is visited here and
 * there, the processor otherwise spends more time on finding its pages than on reading them; and
 * where it is filled once, the system more on handing them out one by one. */
#ifndef SMI_SYS_LARGE_PAGES_H
#define SMI_SYS_LARGE_PAGES_H

#include <stddef.h>

/* As smi_array(): all zero, NULL when there is not the memory, freed by smi_free(). */
void *smi_large_array(size_t count, size_t size);

/* As smi_bytes(): not set to zero. */
void *smi_large_bytes(size_t size);

/* What has been made by these functions takes no memory any more where it lies within `size` bytes
 * from `memory` on, which are not read again before they are written. It is still to be freed. */
void smi_give_back(void *memory, size_t size);

#endif
