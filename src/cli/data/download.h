/* One file over http or https, checked against its SHA-256 before it gets its name. */
#ifndef CLI_DATA_DOWNLOAD_H
#define CLI_DATA_DOWNLOAD_H

#include <softmax.h>

#include "cli/data/catalogue.h"

/* Called now and then with the bytes received so far. Returning false gives up. */
typedef bool cli_download_progress(void *user, uint64_t received);

/* Downloads <base>/<file name> to `path`, which appears only when every byte is right. What was
 * there stays on any failure. Fails with a message that names the address. */
sm_status cli_download(const char *base, const cli_remote_file *file, const char *path,
                       cli_download_progress *progress, void *user);

/* Whether the file at `path` is there, and is the right one. */
bool cli_is_downloaded(const cli_remote_file *file, const char *path);

#endif
