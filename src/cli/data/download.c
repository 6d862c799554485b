#include "cli/data/download.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/folder.h"
#include "sys/input.h"
#include "sys/output.h"

enum { HASH_BYTES = 32, HASH_TEXT = 2 * HASH_BYTES + 1, ADDRESS_SIZE = 2048 };

/* A transfer under way. */
typedef struct transfer {
    const cli_remote_file *file;
    smi_output *output;
    EVP_MD_CTX *hash;
    uint64_t received;
    bool too_long;
    bool write_failed; /* the library's message says how */
    cli_download_progress *progress;
    void *user;
} transfer;

static bool hash_matches(EVP_MD_CTX *const hash, const char *const wanted)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    char text[HASH_TEXT] = "";
    if (EVP_DigestFinal_ex(hash, digest, &length) != 1 || length != HASH_BYTES) {
        return false;
    }
    for (size_t i = 0; i < HASH_BYTES; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", (unsigned)digest[i]);
    }
    return strcmp(text, wanted) == 0;
}

static size_t on_data(char *const bytes, const size_t size, const size_t count, void *const user)
{
    transfer *const t = user;
    const size_t length = size * count;
    if (length > t->file->size - t->received) {
        t->too_long = true;
        return 0;
    }
    if (smi_output_write(t->output, bytes, length) != SM_OK ||
        EVP_DigestUpdate(t->hash, bytes, length) != 1) {
        t->write_failed = true;
        return 0;
    }
    t->received += length;
    return length;
}

static int on_progress(void *const user, const curl_off_t total, const curl_off_t now,
                       const curl_off_t upload_total, const curl_off_t upload_now)
{
    transfer *const t = user;
    (void)total;
    (void)now;
    (void)upload_total;
    (void)upload_now;
    return t->progress(t->user, t->received) ? 0 : 1;
}

/* What libcurl may do: http and https, few redirects, no waiting forever. */
static void set_up(CURL *const curl, const char *const address, transfer *const t,
                   char *const error)
{
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 20L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 30L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "softmax/" SM_VERSION_STRING);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

/* From what libcurl says, and what was seen, to a status. */
static sm_status judge(const char *const address, const CURLcode code, const char *const error,
                       const transfer *const t)
{
    const unsigned long long size = (unsigned long long)t->file->size;
    if (t->write_failed) {
        return SM_ERROR_IO;
    }
    if (t->too_long) {
        return smi_fail(SM_ERROR_FORMAT, "%s: longer than the %llu bytes it should have", address,
                        size);
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        return smi_fail(SM_ERROR_IO, "%s: interrupted", address);
    }
    if (code != CURLE_OK) {
        return smi_fail(SM_ERROR_IO, "%s: %s", address,
                        error[0] != '\0' ? error : curl_easy_strerror(code));
    }
    if (t->received != t->file->size) {
        return smi_fail(SM_ERROR_FORMAT, "%s: %llu bytes instead of %llu", address,
                        (unsigned long long)t->received, size);
    }
    if (!hash_matches(t->hash, t->file->sha256)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the checksum is wrong: this is not the published file", address);
    }
    return SM_OK;
}

static sm_status run(const char *const address, transfer *const t)
{
    char error[CURL_ERROR_SIZE] = "";
    CURL *const curl = curl_easy_init();
    if (curl == NULL || EVP_DigestInit_ex(t->hash, EVP_sha256(), NULL) != 1) {
        curl_easy_cleanup(curl);
        return smi_fail_memory("a download");
    }
    set_up(curl, address, t, error);
    const CURLcode code = curl_easy_perform(curl);
    const sm_status status = judge(address, code, error, t);
    curl_easy_cleanup(curl);
    return status;
}

sm_status cli_download(const char *const base, const cli_remote_file *const file,
                       const char *const path, cli_download_progress *const progress,
                       void *const user)
{
    char address[ADDRESS_SIZE];
    const size_t length = strlen(base);
    const bool slash = length > 0 && base[length - 1] == '/';
    if (snprintf(address, sizeof address, "%s%s%s", base, slash ? "" : "/", file->name) >=
        (int)sizeof address) {
        return smi_fail(SM_ERROR_ARGUMENT, "the mirror's address is too long");
    }
    transfer t = {.file = file, .hash = EVP_MD_CTX_new(), .progress = progress, .user = user};
    sm_status status = t.hash == NULL ? smi_fail_memory("a download") : SM_OK;
    if (status == SM_OK) {
        status = smi_output_open(path, &t.output);
    }
    if (status == SM_OK) {
        status = smi_output_finish(t.output, run(address, &t));
    }
    EVP_MD_CTX_free(t.hash);
    return status;
}

bool cli_is_downloaded(const cli_remote_file *const file, const char *const path)
{
    smi_input *input = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    EVP_MD_CTX *const hash = EVP_MD_CTX_new();
    bool right = false;
    if (smi_is_file(path) && smi_input_open(path, &input) == SM_OK &&
        smi_input_read_all(input, file->size, &bytes, &size) == SM_OK && hash != NULL) {
        right = size == file->size && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1 &&
                EVP_DigestUpdate(hash, bytes, size) == 1 && hash_matches(hash, file->sha256);
    }
    smi_input_close(input);
    smi_free(bytes);
    EVP_MD_CTX_free(hash);
    return right;
}
