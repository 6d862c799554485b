#include "data/text.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

/* Large enough for the calls not to count, and small enough to stay in the L2 cache. */
static const size_t first_capacity = (size_t)256 << 10;

/* Brings what is left to the front of a buffer with room behind it. */
static sm_status make_room(smi_text *const text)
{
    const size_t left = text->end - text->begin;
    if (left < text->capacity) {
        memmove(text->buffer, text->buffer + text->begin, left);
    } else { /* a line longer than the buffer, or no buffer yet */
        const size_t capacity = text->capacity == 0 ? first_capacity : 2 * text->capacity;
        char *const larger = capacity < text->capacity ? NULL : smi_bytes(capacity);
        if (larger == NULL) {
            return smi_fail_memory(smi_stream_name(text->stream));
        }
        if (left > 0) {
            memcpy(larger, text->buffer + text->begin, left);
        }
        smi_free(text->buffer);
        text->buffer = larger;
        text->capacity = capacity;
    }
    text->begin = 0;
    text->end = left;
    return SM_OK;
}

/* One past the last newline among the bytes from `from` to the end; 0 when there is none. */
static size_t behind_last_newline(const smi_text *const text, const size_t from)
{
    for (size_t i = text->end; i > from; i--) {
        if (text->buffer[i - 1] == '\n') {
            return i;
        }
    }
    return 0;
}

sm_status smi_text_next(smi_text *const text, smi_text_piece *const piece)
{
    size_t behind = 0;
    while (behind == 0 && !text->ended) {
        size_t got = 0;
        sm_status status = make_room(text);
        if (status == SM_OK) {
            status = smi_stream_read(text->stream, text->buffer + text->end,
                                     text->capacity - text->end, &got);
        }
        if (status != SM_OK) {
            return status;
        }
        const size_t from = text->end;
        text->end += got;
        text->ended = text->end < text->capacity;
        behind = behind_last_newline(text, from);
    }
    if (text->ended) {
        behind = text->end;
    }
    *piece = (smi_text_piece){text->buffer + text->begin, text->buffer + behind};
    text->begin = behind;
    return SM_OK;
}

void smi_text_free(smi_text *const text)
{
    smi_free(text->buffer);
    *text = (smi_text){.stream = text->stream};
}
