#include "sys/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/child_end.h"
#include "sys/clock.h"
#include "sys/os_error.h"

struct smi_feed {
    pid_t process;
    int end;    /* ours; −1: it is gone */
    char *text; /* what it is told */
    size_t size;
    size_t sent;
};

/* Returns 0, or the number of the error. */
static int start(smi_feed *const feed, const char *const *const arguments, const int its_end)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error_number = posix_spawn_file_actions_init(&actions);
    if (error_number != 0) {
        return error_number;
    }
    error_number = posix_spawnattr_init(&attributes);
    if (error_number == 0) {
        const bool prepared =
            posix_spawn_file_actions_adddup2(&actions, its_end, STDIN_FILENO) == 0 &&
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ==
                0 &&
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0 &&
            posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP) == 0;
        error_number = prepared ? posix_spawnp(&feed->process, arguments[0], &actions, &attributes,
                                               (char *const *)arguments, environ)
                                : ENOMEM;
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return error_number;
}

sm_status smi_feed_open(const char *const *const arguments, smi_feed **const feed)
{
    int ends[2] = {-1, -1};
    smi_feed *const opened = smi_array(1, sizeof *opened);
    if (opened == NULL) {
        return smi_fail_memory(arguments[0]);
    }
    const int error_number = smi_child_ends(ends, true) ? start(opened, arguments, ends[1]) : errno;
    smi_close_end(&ends[1]);
    opened->end = ends[0];
    if (error_number != 0) {
        smi_close_end(&opened->end);
        smi_free(opened);
        return smi_fail_os("start", arguments[0], error_number);
    }
    *feed = opened;
    return SM_OK;
}

bool smi_feed_is_idle(smi_feed *const feed)
{
    while (feed->end >= 0 && feed->sent < feed->size) {
        const ssize_t sent = write(feed->end, feed->text + feed->sent, feed->size - feed->sent);
        if (sent > 0) {
            feed->sent += (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return false;
        } else if (errno != EINTR) {
            smi_close_end(&feed->end);
        }
    }
    return true;
}

sm_status smi_feed_tell(smi_feed *const feed, const char *const text, const size_t size)
{
    char *const copy = smi_bytes(size);
    if (copy == NULL) {
        return smi_fail_memory("what another program is told");
    }
    memcpy(copy, text, size);
    smi_free(feed->text);
    feed->text = copy;
    feed->size = size;
    feed->sent = 0;
    (void)smi_feed_is_idle(feed);
    return SM_OK;
}

bool smi_feed_is_gone(const smi_feed *const feed)
{
    return feed->end < 0;
}

void smi_feed_wait(smi_feed *const feed, const double seconds)
{
    const double end = smi_clock_seconds() + seconds;
    for (double left = seconds; !smi_feed_is_idle(feed) && left > 0.0;
         left = end - smi_clock_seconds()) {
        struct pollfd room = {.fd = feed->end, .events = POLLOUT};
        (void)poll(&room, 1, (int)(left * 1e3) + 1);
    }
}

void smi_feed_close(smi_feed *const feed)
{
    if (feed != NULL) {
        smi_close_end(&feed->end);
        (void)waitpid(feed->process, NULL, WNOHANG);
        smi_free(feed->text);
        smi_free(feed);
    }
}
