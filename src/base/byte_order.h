/* The order of a number's bytes in memory. */
#ifndef SMI_BASE_BYTE_ORDER_H
#define SMI_BASE_BYTE_ORDER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Whether the least significant comes first, as in most files. */
static inline bool smi_machine_is_little_endian(void)
{
    const uint16_t one = 1;
    uint8_t first = 0;
    memcpy(&first, &one, 1);
    return first == 1;
}

#endif
