#include "sys/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/child_end.h"
#include "sys/os_error.h"

/* Standard input, output and error. */
enum { STREAMS = 3, INPUT = 0, OUTPUT = 1, ERRORS = 2, PIECE = 65536, LOOK_MILLISECONDS = 50 };

typedef struct child {
    const char *name;
    pid_t process;
    bool ended;
    int how;             /* it ended, as waitpid() tells it */
    int ours[STREAMS];   /* our ends; −1: closed */
    int theirs[STREAMS]; /* its ends, until it has them */
    const char *input;
    size_t input_left;
    size_t most;
    char *output;
    size_t size;
    size_t room;
    char *errors;
    size_t errors_size;
    size_t errors_room;
} child;

static void close_ends(child *const c)
{
    for (int i = 0; i < STREAMS; i++) {
        smi_close_end(&c->ours[i]);
        smi_close_end(&c->theirs[i]);
    }
}

static bool open_ends(child *const c)
{
    for (int i = 0; i < STREAMS; i++) {
        c->ours[i] = c->theirs[i] = -1;
    }
    for (int i = 0; i < STREAMS; i++) {
        int pair[2];
        if (!smi_child_ends(pair, i == INPUT)) {
            return false;
        }
        c->ours[i] = pair[0];
        c->theirs[i] = pair[1];
    }
    return true;
}

/* Returns 0, or the number of the error. */
static int start(child *const c, const char *const *const arguments)
{
    posix_spawn_file_actions_t actions;
    int error_number = posix_spawn_file_actions_init(&actions);
    if (error_number != 0) {
        return error_number;
    }
    for (int i = 0; i < STREAMS && error_number == 0; i++) {
        error_number = posix_spawn_file_actions_adddup2(&actions, c->theirs[i], i);
    }
    if (error_number == 0) {
        error_number = posix_spawnp(&c->process, arguments[0], &actions, NULL,
                                    (char *const *)arguments, environ);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    for (int i = 0; i < STREAMS; i++) {
        smi_close_end(&c->theirs[i]);
    }
    return error_number;
}

static void send_some(child *const c)
{
    const ssize_t sent = smi_write_end(c->ours[INPUT], c->input, c->input_left);
    if (sent > 0) {
        c->input += sent;
        c->input_left -= (size_t)sent;
    }
    const bool refused = sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
    if (refused || c->input_left == 0) {
        smi_close_end(&c->ours[INPUT]);
    }
}

static sm_status make_room(child *const c)
{
    if (c->room - c->size >= PIECE) {
        return SM_OK;
    }
    const size_t room = smi_max_size(2 * c->room, (size_t)PIECE * 2);
    char *const larger = smi_bytes(room);
    if (larger == NULL) {
        return smi_fail_memory(c->name);
    }
    if (c->size > 0) {
        memcpy(larger, c->output, c->size);
    }
    smi_free(c->output);
    c->output = larger;
    c->room = room;
    return SM_OK;
}

static sm_status receive_output(child *const c)
{
    const sm_status status = make_room(c);
    if (status != SM_OK) {
        return status;
    }
    const ssize_t got = read(c->ours[OUTPUT], c->output + c->size, PIECE);
    if (got > 0) {
        c->size += (size_t)got;
    } else if (got == 0 || errno != EINTR) {
        smi_close_end(&c->ours[OUTPUT]);
    }
    return c->size > c->most
               ? smi_fail(SM_ERROR_DATA, "%s writes more than %zu bytes", c->name, c->most)
               : SM_OK;
}

/* All of it is read, so that the child does not wait; only the beginning is kept. */
static void receive_errors(child *const c)
{
    char piece[4096];
    const ssize_t got = read(c->ours[ERRORS], piece, sizeof piece);
    if (got > 0) {
        const size_t kept = smi_min_size((size_t)got, c->errors_room - c->errors_size);
        memcpy(c->errors + c->errors_size, piece, kept);
        c->errors_size += kept;
    } else if (got == 0 || errno != EINTR) {
        smi_close_end(&c->ours[ERRORS]);
    }
}

/* Whether the child has ended, without waiting for it. */
static bool has_ended(child *const c)
{
    c->ended = c->ended || waitpid(c->process, &c->how, WNOHANG) == c->process;
    return c->ended;
}

/* Until the child has closed both of its outputs, or has ended and all that it wrote is read: they
 * may be open in a child of its own that lives on. */
static sm_status converse(child *const c)
{
    sm_status status = SM_OK;
    while (status == SM_OK && (c->ours[OUTPUT] >= 0 || c->ours[ERRORS] >= 0)) {
        struct pollfd ends[STREAMS];
        for (int i = 0; i < STREAMS; i++) { /* those below 0 are passed over */
            ends[i] = (struct pollfd){.fd = c->ours[i], .events = i == INPUT ? POLLOUT : POLLIN};
        }
        const bool ended = has_ended(c); /* what it wrote before is there now */
        const int ready = poll(ends, STREAMS, ended ? 0 : LOOK_MILLISECONDS);
        if (ready < 0 && errno != EINTR) {
            status = smi_fail_os("talk to", c->name, errno);
        }
        if (ready == 0 && ended) {
            break;
        }
        if (ready <= 0) {
            continue;
        }
        if (ends[INPUT].revents != 0) {
            send_some(c);
        }
        if (ends[OUTPUT].revents != 0) {
            status = receive_output(c);
        }
        if (ends[ERRORS].revents != 0) {
            receive_errors(c);
        }
    }
    return status;
}

static int await(child *const c)
{
    while (!c->ended && waitpid(c->process, &c->how, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(c->how) ? WEXITSTATUS(c->how) : -1;
}

static void end_errors(child *const c)
{
    while (c->errors_size > 0 && c->errors[c->errors_size - 1] == '\n') {
        c->errors_size--;
    }
    c->errors[c->errors_size] = '\0';
}

sm_status smi_child_run(const char *const *const arguments, const void *const input,
                        const size_t input_size, const size_t most, bool *const missing,
                        smi_child_end *const end)
{
    smi_child_end ended = {0};
    child c = {.name = arguments[0],
               .input = input,
               .input_left = input_size,
               .most = most,
               .errors = ended.errors,
               .errors_room = sizeof ended.errors - 1};
    *missing = false;
    const int error_number = open_ends(&c) ? start(&c, arguments) : errno;
    if (error_number != 0) {
        close_ends(&c);
        *missing = error_number == ENOENT;
        return smi_fail_os("start", c.name, error_number);
    }
    if (c.input_left == 0) {
        smi_close_end(&c.ours[INPUT]);
    }
    const sm_status status = converse(&c);
    close_ends(&c);
    if (status != SM_OK) {
        (void)kill(c.process, SIGKILL);
    }
    ended.exit_status = await(&c);
    if (status != SM_OK) {
        smi_free(c.output);
        return status;
    }
    end_errors(&c);
    ended.output = c.output;
    ended.size = c.size;
    *end = ended;
    return SM_OK;
}
