/* Messages of Protocol Buffers as bytes, field after field: what is written of them here, no more.
 * https://protobuf.dev/programming-guides/encoding/ */
#ifndef CLI_WATCH_PROTOBUF_H
#define CLI_WATCH_PROTOBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begins as {0}. */
typedef struct cli_message {
    uint8_t *bytes;
    size_t size;
    size_t room;
    bool failed; /* there was not the memory: bytes are missing, and no more are added */
} cli_message;

void cli_message_integer(cli_message *message, unsigned field, uint64_t value);
void cli_message_double(cli_message *message, unsigned field, double value);
void cli_message_float(cli_message *message, unsigned field, float value);
void cli_message_bytes(cli_message *message, unsigned field, const void *bytes, size_t size);
void cli_message_text(cli_message *message, unsigned field, const char *text);

/* A repeated field, packed. */
void cli_message_doubles(cli_message *message, unsigned field, const double *values, size_t count);

/* Adds the inner message as a field, and frees it. */
void cli_message_inner(cli_message *message, unsigned field, cli_message *inner);

void cli_message_free(cli_message *message);

#endif
