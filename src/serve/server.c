#include "serve/server.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <microhttpd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/status.h"
#include "serve/request.h"
#include "sys/loopback.h"

enum {
    MOST_CONNECTIONS = 64,
    MOST_HEADER_BYTES = 16384, /* of a request */
    MOST_IDLE_SECONDS = 30
};

struct smi_server {
    const smi_page *page;
    uint16_t port;
    struct MHD_Daemon *daemon;
};

/* With every answer. A page runs nothing but its own files, and no other page may look into it. */
static const char *const headers[][2] = {
    {MHD_HTTP_HEADER_CONTENT_SECURITY_POLICY,
     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
     "data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'"},
    {MHD_HTTP_HEADER_X_CONTENT_TYPE_OPTIONS, "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

/* ---- answers ---- */

static bool add_headers(struct MHD_Response *const response)
{
    bool all = true;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        all = all && MHD_add_response_header(response, headers[i][0], headers[i][1]) == MHD_YES;
    }
    return all;
}

/* Sends the response, which is given up; without one, or without all of its headers, the connection
 * ends. */
static enum MHD_Result send_away(struct MHD_Connection *const connection, const unsigned status,
                                 struct MHD_Response *const response, const bool complete)
{
    enum MHD_Result result = MHD_NO;
    if (response != NULL) {
        if (complete && add_headers(response)) {
            result = MHD_queue_response(connection, status, response);
        }
        MHD_destroy_response(response);
    }
    return result;
}

static struct MHD_Response *response_of(const void *const bytes, const size_t size)
{
    return MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result refuse(struct MHD_Connection *const connection, const unsigned status,
                              const char *const text)
{
    struct MHD_Response *const response = response_of(text, strlen(text));
    bool complete =
        response != NULL && MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                                    "text/plain; charset=utf-8") == MHD_YES;
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) {
        complete = complete &&
                   MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD") == MHD_YES;
    }
    return send_away(connection, status, response, complete);
}

/* A browser may keep the file, and asks each time whether it is still this one: the next version of
 * the program, on the same port, has another. */
static enum MHD_Result send_file(struct MHD_Connection *const connection,
                                 const smi_served_file *const file)
{
    char tag[24];
    const char *const known =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    (void)snprintf(tag, sizeof tag, "\"%016" PRIx64 "\"",
                   smi_hash_bytes(SMI_HASH_START, file->bytes, file->size));
    const bool same = known != NULL && strcmp(known, tag) == 0;
    struct MHD_Response *const response = response_of(file->bytes, same ? 0 : file->size);
    const bool complete =
        response != NULL &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                smi_media_type(file->path)) == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, tag) == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache") == MHD_YES;
    return send_away(connection, same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response, complete);
}

/* Called when a request's headers are there, for each piece of what follows them, which is not
 * read, and at its end. Answered before that, as what is refused is, a connection is not used
 * again. */
static enum MHD_Result answer(void *const context, struct MHD_Connection *const connection,
                              const char *const url, const char *const method,
                              const char *const version, const char *const upload,
                              size_t *const upload_size, void **const seen)
{
    static char accepted; /* its address says so */
    const smi_server *const server = context;
    (void)version, (void)upload;
    if (*seen == NULL) {
        const char *const host =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
        if (!smi_is_own_host(host, server->port)) {
            return refuse(connection, MHD_HTTP_FORBIDDEN,
                          "This is served to 127.0.0.1 and localhost alone.\n");
        }
        if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0) {
            return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "Files can be read, no more.\n");
        }
        *seen = &accepted;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    const smi_served_file *const file = smi_find_file(server->page, url);
    return file == NULL ? refuse(connection, MHD_HTTP_NOT_FOUND, "There is no such file.\n")
                        : send_file(connection, file);
}

/* ---- beginning and end ---- */

sm_status smi_server_start(const smi_page *const page, const uint16_t port,
                           smi_server **const server, bool *const taken)
{
    int descriptor = -1;
    smi_server *const made = smi_array(1, sizeof *made);
    if (made == NULL) {
        return smi_fail_memory("the server");
    }
    *made = (smi_server){.page = page, .port = port};
    const sm_status status = smi_listen_on_loopback(&made->port, &descriptor, taken);
    if (status != SM_OK) {
        smi_free(made);
        return status;
    }
    made->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer, made, MHD_OPTION_LISTEN_SOCKET,
        descriptor, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MOST_HEADER_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)MOST_IDLE_SECONDS, MHD_OPTION_END);
    if (made->daemon == NULL) {
        smi_close_socket(descriptor);
        smi_free(made);
        return smi_fail(SM_ERROR_IO, "the server's thread cannot be started");
    }
    *server = made;
    return SM_OK;
}

uint16_t smi_server_port(const smi_server *const server)
{
    return server->port;
}

void smi_server_stop(smi_server *const server)
{
    if (server == NULL) {
        return;
    }
    MHD_stop_daemon(server->daemon); /* and with it the socket */
    smi_free(server);
}
