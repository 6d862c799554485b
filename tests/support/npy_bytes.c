#include "support/npy_bytes.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "support/cmocka_all.h"

void put_little(byte_list *const all, const uint64_t value, const size_t size)
{
    for (size_t i = 0; i < size; i++) {
        put_u8(all, (unsigned)(value >> (8 * i) & 0xff));
    }
}

byte_list npy_with_header(const char *const dictionary, const void *const data, const size_t size)
{
    byte_list all = {0};
    put_bytes(&all, "\x93NUMPY\x01\x00", 8);
    put_little(&all, strlen(dictionary), 2);
    put_bytes(&all, dictionary, strlen(dictionary));
    put_bytes(&all, data, size);
    return all;
}

byte_list npy_of(const char *const type, const char *const shape, const void *const data,
                 const size_t size)
{
    char dictionary[256];
    (void)snprintf(dictionary, sizeof dictionary,
                   "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n", type, shape);
    return npy_with_header(dictionary, data, size);
}

/* What deflate makes of the data. */
static byte_list deflated(const byte_list *const data)
{
    z_stream stream = {0};
    byte_list packed = {0};
    uint8_t buffer[65536];
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = data->data;
    stream.avail_in = (uInt)data->size;
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = buffer;
        stream.avail_out = sizeof buffer;
        result = deflate(&stream, Z_FINISH);
        put_bytes(&packed, buffer, sizeof buffer - stream.avail_out);
    }
    assert_int_equal(result, Z_STREAM_END);
    deflateEnd(&stream);
    return packed;
}

static void put_numbers(byte_list *const to, const zip_part *const part, const uint32_t checksum,
                        const size_t packed)
{
    put_little(to, 20, 2);
    put_little(to, 0, 2);
    put_little(to, part->method, 2);
    put_little(to, 0, 4);
    put_little(to, checksum, 4);
    put_little(to, packed, 4);
    put_little(to, part->data.size, 4);
    put_little(to, strlen(part->name), 2);
    put_little(to, 0, 2);
}

byte_list zip_of(zip_part *const parts, const size_t count)
{
    byte_list all = {0};
    byte_list directory = {0};
    for (size_t i = 0; i < count; i++) {
        zip_part *const part = &parts[i];
        byte_list packed = {0};
        if (part->method == 8) {
            packed = deflated(&part->data);
        } else {
            put_bytes(&packed, part->data.data, part->data.size);
        }
        const uint32_t checksum = (uint32_t)crc32(0, part->data.data, (uInt)part->data.size);
        const size_t offset = all.size;
        put_little(&all, 0x04034b50, 4);
        put_numbers(&all, part, checksum, packed.size);
        put_bytes(&all, part->name, strlen(part->name));
        put_bytes(&all, packed.data, packed.size);
        put_little(&directory, 0x02014b50, 4);
        put_little(&directory, 20, 2);
        put_numbers(&directory, part, checksum, packed.size);
        put_little(&directory, 0, 2 + 2 + 2);
        put_little(&directory, 0, 4);
        put_little(&directory, offset, 4);
        put_bytes(&directory, part->name, strlen(part->name));
        byte_list_free(&packed);
        byte_list_free(&part->data);
    }
    const size_t begin = all.size;
    put_bytes(&all, directory.data, directory.size);
    put_little(&all, 0x06054b50, 4);
    put_little(&all, 0, 4);
    put_little(&all, count, 2);
    put_little(&all, count, 2);
    put_little(&all, directory.size, 4);
    put_little(&all, begin, 4);
    put_little(&all, 0, 2);
    byte_list_free(&directory);
    return all;
}
