/* Eight bytes of text in one word, the first one lowest: what can be asked of all of them at once.
 */
#ifndef SMI_BASE_BYTES8_H
#define SMI_BASE_BYTES8_H

#include <stdint.h>

#define SMI_BYTES8_OF(byte) ((uint64_t)(unsigned char)(byte)*0x0101010101010101U)
#define SMI_BYTES8_TOPS 0x8080808080808080U

/* Compilers make one load of it. */
static inline uint64_t smi_bytes8_at(const char *const at)
{
    const unsigned char *const b = (const unsigned char *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

/* Four bytes, zeros above them. */
static inline uint64_t smi_bytes4_at(const char *const at)
{
    const unsigned char *const b = (const unsigned char *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
}

/* The top bit of each byte that is not 0, and others of no meaning. */
static inline uint64_t smi_bytes8_not_zero(const uint64_t bytes)
{
    return ((bytes & ~SMI_BYTES8_TOPS) + ~SMI_BYTES8_TOPS) | bytes;
}

/* The top bit of the first byte that is no larger than a blank, and others of no meaning behind it;
 * 0 when there is none. */
static inline uint64_t smi_bytes8_blanks(const uint64_t bytes)
{
    return (bytes - SMI_BYTES8_OF(' ' + 1)) & ~bytes & SMI_BYTES8_TOPS;
}

/* Bit i of the result is the top bit of byte i; no other bit of `tops` is set. */
static inline unsigned smi_bytes8_gather(const uint64_t tops)
{
    return (unsigned)(tops * 0x0002040810204081U >> 56);
}

#endif
