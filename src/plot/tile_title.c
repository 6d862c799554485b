#include "plot/tile_title.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* LEAST_NAME: with less, a name says less than the note beside it. */
enum { LEAST_NAME = 6 };

static const char BETWEEN[] = " / ";
enum { GAP = sizeof BETWEEN - 1 };

static size_t count_characters(const char *at)
{
    size_t count = 0;
    for (; *at != '\0'; count++) {
        at += smi_max_size(smi_character_length(at), 1);
    }
    return count;
}

/* Returns where the text ends: at its NUL. */
static char *add_cut(char *text, const char *at, const size_t most)
{
    const size_t count = count_characters(at);
    for (size_t i = 0; i + (count > most) < smi_min_size(count, most); i++) {
        const size_t length = smi_max_size(smi_character_length(at), 1);
        memcpy(text, at, length);
        text += length;
        at += length;
    }
    if (count > most && most > 0) {
        memcpy(text, "…", sizeof "…" - 1);
        text += sizeof "…" - 1;
    }
    *text = '\0';
    return text;
}

static size_t note_length(const smi_tile *const tile)
{
    return tile->note == NULL ? 0 : count_characters(tile->note);
}

size_t smi_tile_title_length(const smi_tile *const tile)
{
    const size_t second = tile->second == NULL ? 0 : GAP + count_characters(tile->second);
    return smi_min_size(count_characters(tile->title) + second + note_length(tile),
                        SMI_LONGEST_TILE_TITLE);
}

void smi_tile_title(const smi_tile *const tile, const size_t most, char text[SMI_TILE_TITLE_SIZE])
{
    const size_t names = tile->second == NULL ? 1 : 2;
    const size_t gap = tile->second == NULL ? 0 : GAP;
    const size_t longest = smi_min_size(most, SMI_LONGEST_TILE_TITLE);
    const size_t first = count_characters(tile->title);
    const size_t second = tile->second == NULL ? 0 : count_characters(tile->second);
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
