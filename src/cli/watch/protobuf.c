#include "cli/watch/protobuf.h"

#include <stdlib.h>
#include <string.h>

/* How a field's value is written. */
enum { WIRE_VARINT = 0, WIRE_FIXED_64 = 1, WIRE_LENGTH = 2, WIRE_FIXED_32 = 5 };

static void append(cli_message *const message, const void *const bytes, const size_t size)
{
    if (message->failed || size > SIZE_MAX / 4 - message->size) {
        message->failed = true;
        return;
    }
    if (message->size + size > message->room) {
        const size_t room = 2 * (message->size + size);
        uint8_t *const larger = realloc(message->bytes, room);
        if (larger == NULL) {
            message->failed = true;
            return;
        }
        message->bytes = larger;
        message->room = room;
    }
    if (size > 0) {
        memcpy(message->bytes + message->size, bytes, size);
        message->size += size;
    }
}

/* The lowest `size` bytes, lowest first. */
static void append_fixed(cli_message *const message, const uint64_t bits, const size_t size)
{
    uint8_t bytes[sizeof bits];
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(bits >> 8 * i & 0xff);
    }
    append(message, bytes, size);
}

/* Seven bits a byte, lowest first; the highest bit says that more follow. */
static void append_varint(cli_message *const message, uint64_t value)
{
    uint8_t bytes[10];
    size_t size = 0;
    for (; value > 0x7f; value >>= 7) {
        bytes[size++] = (uint8_t)((value & 0x7f) | 0x80);
    }
    bytes[size++] = (uint8_t)value;
    append(message, bytes, size);
}

static void append_key(cli_message *const message, const unsigned field, const unsigned wire)
{
    append_varint(message, (uint64_t)field << 3 | wire);
}

static uint64_t bits_of(const double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

void cli_message_integer(cli_message *const message, const unsigned field, const uint64_t value)
{
    append_key(message, field, WIRE_VARINT);
    append_varint(message, value);
}

void cli_message_double(cli_message *const message, const unsigned field, const double value)
{
    append_key(message, field, WIRE_FIXED_64);
    append_fixed(message, bits_of(value), 8);
}

void cli_message_float(cli_message *const message, const unsigned field, const float value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    append_key(message, field, WIRE_FIXED_32);
    append_fixed(message, bits, 4);
}

void cli_message_bytes(cli_message *const message, const unsigned field, const void *const bytes,
                       const size_t size)
{
    append_key(message, field, WIRE_LENGTH);
    append_varint(message, size);
    append(message, bytes, size);
}

void cli_message_text(cli_message *const message, const unsigned field, const char *const text)
{
    cli_message_bytes(message, field, text, strlen(text));
}

void cli_message_doubles(cli_message *const message, const unsigned field,
                         const double *const values, const size_t count)
{
    append_key(message, field, WIRE_LENGTH);
    append_varint(message, count * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        append_fixed(message, bits_of(values[i]), 8);
    }
}

void cli_message_inner(cli_message *const message, const unsigned field, cli_message *const inner)
{
    message->failed = message->failed || inner->failed;
    cli_message_bytes(message, field, inner->bytes, inner->size);
    cli_message_free(inner);
}

void cli_message_free(cli_message *const message)
{
    free(message->bytes);
    *message = (cli_message){0};
}
