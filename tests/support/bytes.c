#include "support/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "support/cmocka_all.h"
#include "sys/input.h"

void byte_list_free(byte_list *const all)
{
    free(all->data);
    *all = (byte_list){0};
}

/* How much is allocated for so many bytes: no more than they are where a sanitizer is to see what
 * reads behind them, but long lists are not copied with each byte. */
static size_t room_for(const size_t size)
{
    size_t room = (size_t)64 << 10;
    if (size <= room) {
        return size;
    }
    while (room < size) {
        room *= 2;
    }
    return room;
}

void put_bytes(byte_list *const all, const void *const data, const size_t size)
{
    if (size == 0) {
        return;
    }
    const size_t room = room_for(all->size + size);
    if (room != room_for(all->size)) {
        uint8_t *const larger = realloc(all->data, room);
        assert_non_null(larger);
        all->data = larger;
    }
    memcpy(all->data + all->size, data, size);
    all->size += size;
}

static void put_big_endian(byte_list *const all, const uint64_t value, const size_t size)
{
    uint8_t number[8];
    for (size_t i = 0; i < size; i++) {
        number[i] = (uint8_t)(value >> (8 * (size - 1 - i)));
    }
    put_bytes(all, number, size);
}

void put_u8(byte_list *const all, const unsigned value)
{
    put_big_endian(all, value, 1);
}

void put_u16(byte_list *const all, const unsigned value)
{
    put_big_endian(all, value, 2);
}

void put_u32(byte_list *const all, const uint32_t value)
{
    put_big_endian(all, value, 4);
}

void put_f32(byte_list *const all, const float value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    put_big_endian(all, bits, sizeof bits);
}

void put_f64(byte_list *const all, const double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    put_big_endian(all, bits, sizeof bits);
}

byte_list idx_header(const unsigned type, const size_t dimensions, const uint32_t *const extents)
{
    byte_list all = {0};
    put_u16(&all, 0);
    put_u8(&all, type);
    put_u8(&all, (unsigned)dimensions);
    for (size_t i = 0; i < dimensions; i++) {
        put_u32(&all, extents[i]);
    }
    return all;
}

byte_list gzip_of(const void *const data, const size_t size)
{
    z_stream deflater = {0};
    assert_int_equal(deflateInit2(&deflater, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    const uLong bound = deflateBound(&deflater, (uLong)size);
    byte_list all = {.data = malloc(bound)};
    assert_non_null(all.data);
    deflater.next_in = (z_const Bytef *)(uintptr_t)data;
    deflater.avail_in = (uInt)size;
    deflater.next_out = all.data;
    deflater.avail_out = (uInt)bound;
    assert_int_equal(deflate(&deflater, Z_FINISH), Z_STREAM_END);
    all.size = deflater.total_out;
    deflateEnd(&deflater);
    return all;
}

smi_input *pipe_input(const void *const data, const size_t size)
{
    int ends[2] = {-1, -1};
    char path[32];
    smi_input *input = NULL;
    assert_true(size <= 65536);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], data, size), size);
    close(ends[1]);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(smi_input_open(path, &input), SM_OK);
    close(ends[0]); /* the input has its own */
    return input;
}
