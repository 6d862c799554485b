/* What a request asks for, looked at before anything is done for it. */
#ifndef SMI_SERVE_REQUEST_H
#define SMI_SERVE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "serve/server.h"

/* Whether the header Host (NULL: there is none) names this machine and port. A name of somebody
 * else's that leads to 127.0.0.1 is how other pages would get at ours. */
bool smi_is_own_host(const char *host, uint16_t port);

/* The file at the path, which begins with a slash; NULL: there is none. */
const smi_served_file *smi_find_file(const smi_page *page, const char *path);

/* The media type of a file, by the ending of its name. */
const char *smi_media_type(const char *path);

#endif
