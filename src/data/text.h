/* The text of a stream, piece by piece, each piece ending where a line does. */
#ifndef SMI_DATA_TEXT_H
#define SMI_DATA_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "data/stream.h"

/* Begins as {.stream = …}; the stream is borrowed. */
typedef struct smi_text {
    smi_stream *stream;
    char *buffer;
    size_t capacity;
    size_t begin; /* what has been read and not handed out */
    size_t end;
    bool ended; /* the stream has */
} smi_text;

/* A piece: at … end − 1. Empty only at the end of the text. */
typedef struct smi_text_piece {
    const char *at;
    const char *end;
} smi_text_piece;

/* The next whole lines, as many as fit the buffer, at least one; the last line of the text need not
 * end in a newline. The piece is valid until the next call. */
sm_status smi_text_next(smi_text *text, smi_text_piece *piece);

void smi_text_free(smi_text *text); /* not the stream */

#endif
