#include "plot/script.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "plot/common_characters.h"
#include "plot/text_room.h"

/* Room for `size` more bytes, and for a NUL that printf writes. */
static bool make_room(smi_script *const script, const size_t size)
{
    size_t needed = 0;
    size_t doubled = 0;
    if (script->failed || !smi_add_size(script->length, size, &needed) ||
        !smi_add_size(needed, 1, &needed) || !smi_multiply_size(script->room, 2, &doubled)) {
        script->failed = true;
        return false;
    }
    if (needed <= script->room) {
        return true;
    }
    const size_t room = smi_max_size(smi_max_size(needed, doubled), 4096);
    char *const larger = smi_bytes(room);
    if (larger == NULL) {
        script->failed = true;
        return false;
    }
    if (script->length > 0) {
        memcpy(larger, script->text, script->length);
    }
    smi_free(script->text);
    script->text = larger;
    script->room = room;
    return true;
}

void smi_script_add(smi_script *const script, const char *const format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !make_room(script, (size_t)length)) {
        script->failed = true;
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(script->text + script->length, script->room - script->length, format,
                    arguments);
    va_end(arguments);
    script->length += (size_t)length;
}

static void add_bytes(smi_script *const script, const char *const bytes, const size_t size)
{
    if (make_room(script, size)) {
        memcpy(script->text + script->length, bytes, size);
        script->length += size;
    }
}

/* What a text is written for. */
typedef enum purpose { FOR_PEOPLE, FOR_A_STRING, FOR_A_TIC } purpose;

/* gnuplot takes two quotes for one that stands for itself, but not where a string begins: there
 * they are an empty string, and the text is none. So a string ends before each quote, and goes on
 * behind a string of our own. */
static const char QUOTE[] = "'.\"\\047\".'";

static void add_character(smi_script *const script, const char *const at, const size_t length,
                          const purpose what)
{
    if (length == 0) {
        add_bytes(script, "?", 1);
    } else if (script->common && !smi_is_common(at, length)) {
        add_bytes(script, "□", sizeof "□" - 1);
        script->lost = true;
    } else if (smi_is_control(at, length)) {
        add_bytes(script, " ", 1);
    } else if (*at == '\'' && what != FOR_PEOPLE) {
        add_bytes(script, QUOTE, sizeof QUOTE - 1);
    } else if (*at == '%' && what == FOR_A_TIC) {
        add_bytes(script, "%%", 2);
    } else {
        add_bytes(script, at, length);
    }
}

static size_t add_text(smi_script *const script, const char *const text, const size_t most,
                       const purpose what)
{
    const smi_text_part part = smi_fit_text(text, most);
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); at < part.end;
         at = smi_next_seen(at, &length)) {
        add_character(script, at, length, what);
        at += smi_max_size(length, 1);
    }
    if (part.cut) {
        add_bytes(script, "…", sizeof "…" - 1);
    }
    return part.columns;
}

static void add_string(smi_script *const script, const char *const text, const size_t most,
                       const purpose what)
{
    add_bytes(script, "'", 1);
    (void)add_text(script, text, most, what);
    add_bytes(script, "'", 1);
}

void smi_script_quote(smi_script *const script, const char *const text, const size_t most)
{
    add_string(script, text, most, FOR_A_STRING);
}

void smi_script_quote_tic(smi_script *const script, const char *const text, const size_t most)
{
    add_string(script, text, most, FOR_A_TIC);
}

size_t smi_script_plain(smi_script *const script, const char *const text, const size_t most)
{
    return add_text(script, text, most, FOR_PEOPLE);
}

void smi_script_column(smi_script *const script, const char *const text, const size_t width)
{
    const size_t used = add_text(script, text, width, FOR_PEOPLE);
    smi_script_add(script, "%*s", (int)(width - used), "");
}

void smi_script_end_line(smi_script *const script)
{
    while (script->length > 0 && script->text[script->length - 1] == ' ') {
        script->length--;
    }
    smi_script_add(script, "\n");
}

void smi_script_free(smi_script *const script)
{
    smi_free(script->text);
    *script = (smi_script){0};
}
