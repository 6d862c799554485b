#include "serve/request.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

bool smi_is_own_host(const char *const host, const uint16_t port)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[32];
    for (size_t i = 0; host != NULL && i < sizeof names / sizeof *names; i++) {
        (void)snprintf(own, sizeof own, "%s:%u", names[i], (unsigned)port);
        if (strcasecmp(host, own) == 0 || (port == 80 && strcasecmp(host, names[i]) == 0)) {
            return true;
        }
    }
    return false;
}

const smi_served_file *smi_find_file(const smi_page *const page, const char *const path)
{
    const char *const name = strcmp(path, "/") == 0 ? "index.html" : path + 1;
    for (size_t i = 0; i < page->count && path[0] == '/'; i++) {
        if (strcmp(page->files[i].path, name) == 0) {
            return &page->files[i];
        }
    }
    return NULL;
}

const char *smi_media_type(const char *const path)
{
    static const struct {
        const char *ending;
        const char *type;
    } known[] = {{".html", "text/html; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".wasm", "application/wasm"},
                 {".json", "application/json"}};
    const char *const ending = strrchr(path, '.');
    for (size_t i = 0; ending != NULL && i < sizeof known / sizeof *known; i++) {
        if (strcmp(ending, known[i].ending) == 0) {
            return known[i].type;
        }
    }
    return "text/plain; charset=utf-8";
}
