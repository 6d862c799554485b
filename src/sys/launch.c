#include "sys/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/types.h>
#include <unistd.h>

/* Neither our terminal nor our signals, blocked or not, are the program's. */
static bool set_apart(posix_spawn_file_actions_t *const files, posix_spawnattr_t *const attributes)
{
    sigset_t none;
    sigemptyset(&none);
    return posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setflags(attributes,
                                    (short)(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK)) == 0;
}

bool smi_launch(const char *const *const arguments)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    pid_t process = 0;
    if (posix_spawn_file_actions_init(&files) != 0) {
        return false;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return false;
    }
    const bool started =
        set_apart(&files, &attributes) && posix_spawnp(&process, arguments[0], &files, &attributes,
                                                       (char *const *)arguments, environ) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return started;
}
