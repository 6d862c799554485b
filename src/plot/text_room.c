#include "plot/text_room.h"

#include "base/memory.h"
#include "base/utf8.h"

size_t smi_text_columns(const char *const text)
{
    size_t columns = 0;
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); *at != '\0';
         at = smi_next_seen(at, &length)) {
        columns += smi_character_columns(at, length);
        at += smi_max_size(length, 1);
    }
    return columns;
}

smi_text_part smi_fit_text(const char *const text, const size_t most)
{
    const size_t columns = smi_text_columns(text);
    const bool cut = columns > most;
    smi_text_part part = {.end = text, .columns = cut ? 1 : 0, .cut = cut};
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); *at != '\0';
         at = smi_next_seen(at, &length)) {
        const size_t more = smi_character_columns(at, length);
        if (part.columns + more > most) {
            break;
        }
        part.columns += more;
        at += smi_max_size(length, 1);
        part.end = at;
    }
    return part;
}

/* In hundredths of an em. */
static unsigned width_of(const char *const at, const size_t length)
{
    static const unsigned char printable[] = {
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37,  32, 34, 64, 64, 64,
        64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64,
        58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64,  62, 74, 69, 99, 69,
        62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36,  64, 64, 28, 28, 58,
        28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60,  53, 64, 34, 64, 84};
    enum { BLANK = ' ', NARROW = 75, WIDE = 100 };
    if (length == 1 && *at >= BLANK && (size_t)(*at - BLANK) < sizeof printable) {
        return printable[*at - BLANK];
    }
    return smi_character_columns(at, length) == 1 ? NARROW : WIDE;
}

double smi_text_width(const char *const text, const size_t most)
{
    enum { ELLIPSIS = 100 };
    const smi_text_part part = smi_fit_text(text, most);
    unsigned width = part.cut ? ELLIPSIS : 0;
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); at < part.end;
         at = smi_next_seen(at, &length)) {
        width += width_of(at, length);
        at += smi_max_size(length, 1);
    }
    return (double)width / 100.0;
}
