#include "report/shell.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

typedef enum quoting { BARE, SINGLE, ESCAPED } quoting;

/* Whether it is a character that people can read, and copy. */
static bool is_legible(const char *const at, const size_t length)
{
    return length > 0 && !smi_is_control(at, length) && !smi_is_unseen(at, length);
}

static quoting quoting_of(const char *at)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+@%=";
    quoting needed = *at == '\0' ? SINGLE : BARE;
    while (*at != '\0') {
        const size_t length = smi_character_length(at);
        if (!is_legible(at, length)) {
            return ESCAPED;
        }
        if (length > 1 || strchr(plain, *at) == NULL) {
            needed = SINGLE;
        }
        at += length;
    }
    return needed;
}

/* A quote ends the quoted part, stands for itself, and begins another. */
static void put_single(smi_html *const html, const char *at)
{
    smi_html_markup(html, "&#39;");
    while (*at != '\0') {
        const size_t length = smi_character_length(at);
        if (*at == '\'') {
            smi_html_markup(html, "&#39;\\&#39;&#39;");
        } else {
            smi_html_character(html, at, length);
        }
        at += length;
    }
    smi_html_markup(html, "&#39;");
}

/* Bytes that have no place in text, or are not seen there, as three octal digits. */
static void put_escaped(smi_html *const html, const char *at)
{
    smi_html_markup(html, "$&#39;");
    while (*at != '\0') {
        const size_t length = smi_character_length(at);
        const size_t bytes = smi_max_size(length, 1);
        if (*at == '\n') {
            smi_html_markup(html, "\\n");
        } else if (!is_legible(at, length)) {
            for (size_t i = 0; i < bytes; i++) {
                smi_html_markup(html, "\\%03o", (unsigned)(unsigned char)at[i]);
            }
        } else {
            smi_html_markup(html, "%s", *at == '\'' || *at == '\\' ? "\\" : "");
            smi_html_character(html, at, length);
        }
        at += bytes;
    }
    smi_html_markup(html, "&#39;");
}

void smi_html_shell_word(smi_html *const html, const char *const word)
{
    switch (quoting_of(word)) {
    case BARE:
        smi_html_bytes(html, word, strlen(word));
        break;
    case SINGLE:
        put_single(html, word);
        break;
    case ESCAPED:
        put_escaped(html, word);
    }
}
