#include "data/array/npy_header.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { PREFIX = 10 }; /* the magic number, the version, and the length of the text */

size_t smi_npy_make_header(const char *const description, const size_t *const extent,
                           const size_t dimensions, uint8_t header[SMI_NPY_HEADER_SIZE])
{
    char *const text = (char *)header + PREFIX;
    const size_t room = SMI_NPY_HEADER_SIZE - PREFIX;
    size_t length = (size_t)snprintf(
        text, room, "{'descr': '%s', 'fortran_order': False, 'shape': (", description);
    for (size_t d = 0; d < dimensions; d++) {
        length +=
            (size_t)snprintf(text + length, room - length, d == 0 ? "%zu," : " %zu,", extent[d]);
    }
    length -= dimensions > 1; /* only a lone extent keeps its comma */
    length += (size_t)snprintf(text + length, room - length, "), }");
    const size_t size = smi_round_up(PREFIX + length + 1, SMI_ALIGNMENT);
    memset(text + length, ' ', size - PREFIX - length - 1);
    header[size - 1] = '\n';
    memcpy(header, "\x93NUMPY\x01", 7);
    header[7] = 0;
    header[8] = (uint8_t)((size - PREFIX) & 0xff);
    header[9] = (uint8_t)((size - PREFIX) >> 8);
    return size;
}
