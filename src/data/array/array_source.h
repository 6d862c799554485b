/* The bytes of one array, in their order: they lie in memory, or come out of deflate. Where a
 * checksum is known for them it is compared when all have been taken. */
#ifndef SMI_DATA_ARRAY_ARRAY_SOURCE_H
#define SMI_DATA_ARRAY_ARRAY_SOURCE_H

#include <softmax.h>

typedef struct smi_inflater smi_inflater;

typedef struct smi_array_source {
    const char *name;  /* what messages call it; borrowed */
    size_t left;       /* bytes still to come */
    const uint8_t *at; /* in memory: the next; NULL: they come out of deflate */
    smi_inflater *inflater;
    bool has_checksum;
    uint32_t wanted; /* CRC-32 */
    uint32_t checksum;
} smi_array_source;

/* All of them borrow the name and the bytes. */
smi_array_source smi_array_source_over(const char *name, const uint8_t *bytes, size_t size);
smi_array_source smi_array_source_checked(const char *name, const uint8_t *bytes, size_t size,
                                          uint32_t checksum);
sm_status smi_array_source_inflate(const char *name, const uint8_t *bytes, size_t compressed,
                                   size_t size, uint32_t checksum, smi_array_source *source);

/* The next `size` bytes, of which so many are left. Fails on damaged deflate. */
sm_status smi_array_source_read(smi_array_source *source, void *to, size_t size);

/* The same of bytes that lie in memory: where they do. */
const uint8_t *smi_array_source_pass(smi_array_source *source, size_t size);

/* When all bytes have been taken: whether they were the right ones. */
sm_status smi_array_source_finish(const smi_array_source *source);

void smi_array_source_close(smi_array_source *source);

#endif
