#include "report/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"
#include "sys/text_output.h"

enum { LONGEST_MARKUP = 16384 };

struct smi_html {
    smi_text_output *file;
    sm_status status;
};

sm_status smi_html_open(const char *const path, smi_html **const html)
{
    smi_html *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(path);
    }
    const sm_status status = smi_text_output_open(path, &created->file);
    if (status != SM_OK) {
        smi_free(created);
        return status;
    }
    *html = created;
    return SM_OK;
}

sm_status smi_html_finish(smi_html *const html, sm_status status)
{
    if (html == NULL) {
        return status;
    }
    status = smi_text_output_finish(html->file, status == SM_OK ? html->status : status);
    smi_free(html);
    return status;
}

void smi_html_bytes(smi_html *const html, const char *const bytes, const size_t size)
{
    smi_put_text(html->file, bytes, size);
}

void smi_html_markup(smi_html *const html, const char *const format, ...)
{
    char markup[LONGEST_MARKUP];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(markup, sizeof markup, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof markup) {
        html->status = smi_fail(SM_ERROR_ARGUMENT, "markup is too long");
        return;
    }
    smi_html_bytes(html, markup, (size_t)length);
}

static void put(smi_html *const html, const char *const text)
{
    smi_html_bytes(html, text, strlen(text));
}

void smi_html_character(smi_html *const html, const char *const at, const size_t length)
{
    if (length == 0) {
        put(html, "\xef\xbf\xbd");
        return;
    }
    if (smi_is_control(at, length)) {
        put(html, " ");
        return;
    }
    switch (*at) {
    case '&':
        put(html, "&amp;");
        break;
    case '<':
        put(html, "&lt;");
        break;
    case '>':
        put(html, "&gt;");
        break;
    case '"':
        put(html, "&quot;");
        break;
    case '\'':
        put(html, "&#39;");
        break;
    default:
        smi_html_bytes(html, at, length);
    }
}

static void put_cut(smi_html *const html, const char *at, const size_t most)
{
    const size_t count = smi_count_seen(at);
    const size_t kept = count > most ? most - 1 : count;
    for (size_t i = 0; i < kept; i++) {
        size_t length = 0;
        at = smi_next_seen(at, &length);
        smi_html_character(html, at, length);
        at += smi_max_size(length, 1);
    }
    if (kept < count) {
        put(html, "…");
    }
}

void smi_html_name(smi_html *const html, const char *const text, const size_t most)
{
    put(html, "<bdi>");
    put_cut(html, text, most);
    put(html, "</bdi>");
}

void smi_html_plain(smi_html *const html, const char *const text, const size_t most)
{
    put(html, "\xe2\x81\xa8"); /* U+2068, first strong isolate */
    put_cut(html, text, most);
    put(html, "\xe2\x81\xa9"); /* U+2069, its end */
}

void smi_html_count(smi_html *const html, const uint64_t number)
{
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            put(html, ",");
        }
        smi_html_bytes(html, digits + i, 1);
    }
}

void smi_html_base64(smi_html *const html, const uint8_t *const bytes, const size_t size)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    enum { NONE = 64 };
    for (size_t i = 0; i < size; i += 3) {
        const size_t left = smi_min_size(size - i, 3);
        const uint32_t three = (uint32_t)bytes[i] << 16 |
                               (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                               (left > 2 ? bytes[i + 2] : 0U);
        const char four[] = {digits[three >> 18], digits[three >> 12 & 63],
                             digits[left > 1 ? three >> 6 & 63 : NONE],
                             digits[left > 2 ? three & 63 : NONE]};
        smi_html_bytes(html, four, sizeof four);
    }
}
