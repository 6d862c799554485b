/* Event files, as TensorBoard reads them: records of a length, bytes and their sums. */
#ifndef CLI_WATCH_EVENT_FILE_H
#define CLI_WATCH_EVENT_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/watch/protobuf.h"

typedef struct cli_event_file cli_event_file;

/* CRC-32C (Castagnoli) of the bytes. */
uint32_t cli_crc32c(const void *bytes, size_t size);

/* Makes a new file in DIR/RUN, a folder that is made where it is missing. Returns an exit status,
 * having said what is wrong. */
int cli_event_file_open(const char *folder, const char *run, cli_event_file **file);

/* Says that training begins after this step: what earlier files tell of later steps is void. */
void cli_event_file_start(cli_event_file *file, uint64_t step);

/* Writes the values of a step, a Summary, and frees them. Every record is flushed whole. The first
 * failure is said at once; then nothing more is written. */
void cli_event_file_write(cli_event_file *file, uint64_t step, cli_message *summary);

/* Frees it, and leaves no file where nothing was written; NULL is accepted. Returns an exit status:
 * whether all was written. */
int cli_event_file_close(cli_event_file *file);

#endif
