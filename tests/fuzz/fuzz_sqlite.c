/* An SQLite database: the text of its only table or view. What SQLite itself makes of damaged files
 * is its own affair; here it is what comes out. */
#include <string.h>

#include <softmax.h>

#include "base/status.h"
#include "data/table/sqlite.h"
#include "fuzz/fuzz.h"

enum { PIECE = 4096, MOST_PIECES = 256 };

/* What the text so far says. */
typedef struct seen {
    size_t size;
    bool in_quotes;
    char last;
} seen;

static void look(seen *const text, const char *const piece, const size_t size)
{
    fuzz_require(text->size > 0 || size == 0 || piece[0] == '"', "the header is quoted");
    for (size_t i = 0; i < size; i++) {
        text->in_quotes = text->in_quotes != (piece[i] == '"');
        text->last = piece[i];
    }
    text->size += size;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    smi_stream *stream = NULL;
    if (smi_sqlite_over(bytes, size, "input", NULL, &stream) != SM_OK) {
        fuzz_require(stream == NULL, "a failure writes no result");
        return 0;
    }
    seen text = {0};
    char piece[PIECE];
    size_t got = PIECE;
    sm_status status = SM_OK;
    for (size_t i = 0; i < MOST_PIECES && status == SM_OK && got == PIECE; i++) {
        status = smi_stream_read(stream, piece, PIECE, &got);
        if (status == SM_OK) {
            look(&text, piece, got);
        }
    }
    if (status == SM_OK && got < PIECE) {
        fuzz_require(!text.in_quotes && text.last == '\n', "lines are whole");
    }
    smi_stream_close(stream);
    return 0;
}
