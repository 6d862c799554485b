#include "plot/tile_title.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "plot/text_room.h"

/* LEAST_NAME: with less, a name says less than the note beside it. */
enum { LEAST_NAME = 6 };

static const char BETWEEN[] = " / ";
enum { GAP = sizeof BETWEEN - 1 };

/* What is seen of the text alone, so that as many columns are as many characters at the most.
 * Returns where it ends: at its NUL. */
static char *add_cut(char *title, const char *const text, const size_t most)
{
    const smi_text_part part = smi_fit_text(text, most);
    size_t length = 0;
    for (const char *at = smi_next_seen(text, &length); at < part.end;
         at = smi_next_seen(at, &length)) {
        const size_t size = smi_max_size(length, 1);
        memcpy(title, at, size);
        title += size;
        at += size;
    }
    if (part.cut && most > 0) {
        memcpy(title, "…", sizeof "…" - 1);
        title += sizeof "…" - 1;
    }
    *title = '\0';
    return title;
}

static size_t note_length(const smi_tile *const tile)
{
    return tile->note == NULL ? 0 : smi_text_columns(tile->note);
}

void smi_tile_title(const smi_tile *const tile, const size_t most, char text[SMI_TILE_TITLE_SIZE])
{
    const size_t names = tile->second == NULL ? 1 : 2;
    const size_t gap = tile->second == NULL ? 0 : GAP;
    const size_t longest = smi_min_size(most, SMI_LONGEST_TILE_TITLE);
    const size_t first = smi_text_columns(tile->title);
    const size_t second = tile->second == NULL ? 0 : smi_text_columns(tile->second);
    const size_t least = gap + smi_min_size(first + second, names * LEAST_NAME);
    const size_t note = least + note_length(tile) <= longest ? note_length(tile) : 0;
    const size_t room = longest - smi_min_size(longest, gap + note);
    /* Half of the room each, and what the other does not need. */
    const size_t for_first = smi_max_size(room / names, room - smi_min_size(room, second));
    char *at = add_cut(text, tile->title, for_first);
    if (tile->second != NULL) {
        at = add_cut(at, BETWEEN, GAP);
        at = add_cut(at, tile->second, room - smi_min_size(first, for_first));
    }
    if (note > 0) {
        (void)add_cut(at, tile->note, note);
    }
}
