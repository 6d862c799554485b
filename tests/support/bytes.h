/* Bytes put together by hand: IDX files, and what gzip makes of them. */
#ifndef TESTS_SUPPORT_BYTES_H
#define TESTS_SUPPORT_BYTES_H

#include <stddef.h>
#include <stdint.h>

typedef struct byte_list {
    uint8_t *data; /* freed by byte_list_free() */
    size_t size;
} byte_list;

void byte_list_free(byte_list *all);

/* Add to the end; numbers are big-endian, as in IDX files. */
void put_bytes(byte_list *all, const void *data, size_t size);
void put_u8(byte_list *all, unsigned value);
void put_u16(byte_list *all, unsigned value);
void put_u32(byte_list *all, uint32_t value);
void put_f32(byte_list *all, float value);
void put_f64(byte_list *all, double value);

/* 00 00, the element type, the number of dimensions, and the dimensions. */
byte_list idx_header(unsigned type, size_t dimensions, const uint32_t *extents);

/* `data` as one gzip member. */
byte_list gzip_of(const void *data, size_t size);

/* An input over a pipe, whose size is not known beforehand. What is put in must fit the pipe:
 * 64 KiB. */
struct smi_input;
struct smi_input *pipe_input(const void *data, size_t size);

#endif
