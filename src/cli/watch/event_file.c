#include "cli/watch/event_file.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "sys/folder.h"

struct cli_event_file {
    FILE *stream;
    char path[PATH_MAX];
    char folder[PATH_MAX];
    size_t existing; /* bytes of folder that name one that was there before */
    bool told;       /* something beside its version */
    bool failed;
};

/* Fields of tensorflow.Event and tensorflow.SessionLog. */
enum { EVENT_WALL_TIME = 1, EVENT_STEP = 2, EVENT_FILE_VERSION = 3, EVENT_SUMMARY = 5 };
enum { EVENT_SESSION_LOG = 7, SESSION_STATUS = 1, SESSION_START = 1 };

/* Half a byte at a time: what is divided away of each value of it. */
uint32_t cli_crc32c(const void *const bytes, const size_t size)
{
    static const uint32_t remainders[16] = {0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
                                            0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
                                            0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
                                            0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75};
    const uint8_t *const at = bytes;
    uint32_t sum = 0xffffffffU;
    for (size_t i = 0; i < size; i++) {
        sum ^= at[i];
        sum = sum >> 4 ^ remainders[sum & 15];
        sum = sum >> 4 ^ remainders[sum & 15];
    }
    return ~sum;
}

/* ---- records ---- */

static void put_little_endian(uint8_t *const bytes, const uint64_t value, const size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(value >> 8 * i & 0xff);
    }
}

/* Sums are masked, so that the sum of bytes with a sum among them is no special case. */
static void put_sum(uint8_t sum[4], const void *const bytes, const size_t size)
{
    const uint32_t plain = cli_crc32c(bytes, size);
    put_little_endian(sum, (uint32_t)((plain >> 15 | plain << 17) + 0xa282ead8U), 4);
}

static void fail(cli_event_file *const file, const char *const why)
{
    if (!file->failed) {
        cli_say("cannot write '%s': %s; training goes on without it", file->path, why);
    }
    file->failed = true;
}

/* u64 length │ u32 sum of the length │ bytes │ u32 sum of the bytes; frees the event. */
static void write_record(cli_event_file *const file, cli_message *const event)
{
    uint8_t head[12];
    uint8_t tail[4];
    if (event->failed) {
        fail(file, "not enough memory");
    }
    if (!file->failed) {
        put_little_endian(head, event->size, 8);
        put_sum(head + 8, head, 8);
        put_sum(tail, event->bytes, event->size);
        errno = EIO;
        if (fwrite(head, 1, sizeof head, file->stream) != sizeof head ||
            fwrite(event->bytes, 1, event->size, file->stream) != event->size ||
            fwrite(tail, 1, sizeof tail, file->stream) != sizeof tail ||
            fflush(file->stream) != 0) {
            fail(file, strerror(errno));
        }
    }
    cli_message_free(event);
}

static cli_message event_at(const uint64_t step)
{
    struct timespec now = {0};
    cli_message event = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    cli_message_double(&event, EVENT_WALL_TIME, (double)now.tv_sec + 1e-9 * (double)now.tv_nsec);
    cli_message_integer(&event, EVENT_STEP, step);
    return event;
}

/* ---- files ---- */

/* Letters, digits, dots and hyphens of this machine's name. */
static void name_host(char *const host, const size_t size)
{
    char name[HOST_NAME_MAX + 1] = "";
    size_t length = 0;
    (void)gethostname(name, sizeof name - 1);
    for (const char *at = name; *at != '\0' && length + 1 < size; at++) {
        if (isalnum((unsigned char)*at) != 0 || *at == '.' || *at == '-') {
            host[length++] = *at;
        }
    }
    host[length] = '\0';
}

/* Names it so that files sort by time and no two are the same. Returns 0, or the error's number. */
static int create(cli_event_file *const file)
{
    enum { MOST_TRIES = 1000 };
    char host[64];
    int descriptor = -1;
    name_host(host, sizeof host);
    for (unsigned i = 0; i < MOST_TRIES && descriptor < 0; i++) {
        const int length =
            snprintf(file->path, sizeof file->path, "%s/events.out.tfevents.%010lld.%s.%ld.%u",
                     file->folder, (long long)time(NULL), host, (long)getpid(), i);
        if (length < 0 || (size_t)length >= sizeof file->path) {
            return ENAMETOOLONG;
        }
        descriptor = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST) {
            return errno;
        }
    }
    file->stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    return file->stream == NULL ? errno : 0;
}

int cli_event_file_open(const char *const folder, const char *const run,
                        cli_event_file **const file)
{
    cli_event_file *const opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        cli_say("not enough memory for --tensorboard");
        return CLI_FAILURE;
    }
    const int length = snprintf(opened->folder, sizeof opened->folder, "%s/%s", folder, run);
    if (length < 0 || (size_t)length >= sizeof opened->folder) {
        cli_say("cannot write '%s': %s", folder, strerror(ENAMETOOLONG));
        free(opened);
        return CLI_FAILURE;
    }
    opened->existing = smi_existing_folder(opened->folder);
    if (smi_make_folders(opened->folder) != SM_OK) {
        smi_remove_folders(opened->folder, opened->existing);
        free(opened);
        return cli_fail();
    }
    const int error_number = create(opened);
    if (error_number != 0) {
        cli_say("cannot write '%s': %s", opened->path, strerror(error_number));
        smi_remove_folders(opened->folder, opened->existing);
        free(opened);
        return CLI_FAILURE;
    }
    cli_message event = event_at(0);
    cli_message_text(&event, EVENT_FILE_VERSION, "brain.Event:2");
    write_record(opened, &event);
    *file = opened;
    return CLI_SUCCESS;
}

void cli_event_file_start(cli_event_file *const file, const uint64_t step)
{
    cli_message event = event_at(step + 1);
    cli_message session = {0};
    file->told = true;
    cli_message_integer(&session, SESSION_STATUS, SESSION_START);
    cli_message_inner(&event, EVENT_SESSION_LOG, &session);
    write_record(file, &event);
}

void cli_event_file_write(cli_event_file *const file, const uint64_t step,
                          cli_message *const summary)
{
    cli_message event = event_at(step);
    file->told = true;
    cli_message_inner(&event, EVENT_SUMMARY, summary);
    write_record(file, &event);
}

int cli_event_file_close(cli_event_file *const file)
{
    if (file == NULL) {
        return CLI_SUCCESS;
    }
    const int status = file->failed ? CLI_FAILURE : CLI_SUCCESS;
    (void)fclose(file->stream); /* every record has been flushed */
    if (!file->told) {
        (void)unlink(file->path);
        smi_remove_folders(file->folder, file->existing);
    }
    free(file);
    return status;
}
